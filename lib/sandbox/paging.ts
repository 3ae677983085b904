import { AwsError } from './errors.ts'

export interface Page<Item> {
  readonly items: readonly Item[]
  /** Present when there is more. */
  readonly next?: string
}

/**
 * A page of the list. Markers are opaque and bound to their list (operation, account, Region, filters): one from
 * elsewhere is as bad as an invented one.
 *
 * @throws AwsError with the given code for a marker that this list did not hand out
 */
export function page<Item>(
  list: readonly Item[],
  limit: number,
  marker: string | undefined,
  listId: string,
  badMarker: { code: string; message: string },
): Page<Item> {
  const from = marker === undefined ? 0 : readMarker(marker, listId)
  if (from === undefined) throw new AwsError(badMarker.code, badMarker.message)
  const to = from + limit
  return { items: list.slice(from, to), ...(to < list.length && { next: writeMarker(to, listId) }) }
}

function writeMarker(from: number, listId: string): string {
  return Buffer.from(JSON.stringify([from, listId])).toString('base64')
}

function readMarker(marker: string, listId: string): number | undefined {
  try {
    const [from, id]: unknown[] = JSON.parse(Buffer.from(marker, 'base64').toString())
    return typeof from === 'number' && id === listId ? from : undefined
  } catch {
    return undefined
  }
}
