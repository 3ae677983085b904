import type { Constraint, Members } from '../constraints.ts'
import type { Call } from '../operation.ts'
import { page } from '../paging.ts'
import type { Output } from '../wire/wire.ts'

/** A name as IAM allows it. */
export const nameOf = (max: number) =>
  ({ type: 'string', required: true, min: 1, max, pattern: '[\\w+=,.@-]+' }) as const satisfies Constraint

export const arn = { type: 'string', required: true, min: 20, max: 2048 } as const satisfies Constraint

/** MaxItems and Marker as every listing of IAM has them. */
export const listMembers: Members = {
  MaxItems: { type: 'integer', min: 1, max: 1000 },
  Marker: { type: 'string', min: 1 },
}

interface PageInput {
  MaxItems?: number | undefined
  Marker?: string | undefined
}

/** Items of one listing, or of several that are paged as one: the member that shows each, and how it is shown. */
export type Listed = readonly (readonly [member: string, show: () => unknown])[]

/** A page of an IAM listing; members without items are shown empty. `about` binds the marker to what is listed. */
export function pageOf(
  { account, action }: Call,
  members: readonly string[],
  listed: Listed,
  { MaxItems, Marker }: PageInput,
  about = '',
): Output {
  const listId = [action, account.id, about].join(' ')
  const badMarker = { code: 'ValidationError', message: 'Invalid Marker.' }
  // The query protocol sends numbers as text.
  const { items, next } = page(listed, Number(MaxItems ?? 100), Marker, listId, badMarker)
  const shown = members.map((member) => [member, items.filter(([of]) => of === member).map(([, show]) => show())])
  return { ...Object.fromEntries(shown), IsTruncated: next !== undefined, ...(next && { Marker: next }) }
}

/** The same for a listing of one member. */
export function listOf(
  call: Call,
  member: string,
  items: readonly unknown[],
  input: PageInput,
  about?: string,
): Output {
  return pageOf(
    call,
    [member],
    items.map((item) => [member, () => item] as const),
    input,
    about,
  )
}
