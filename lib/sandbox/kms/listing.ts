import type { Constraint, Members } from '../constraints.ts'
import type { Call } from '../operation.ts'
import { page } from '../paging.ts'
import type { Output } from '../wire/wire.ts'

export const keyId = { type: 'string', required: true, min: 1, max: 2048 } as const satisfies Constraint

/** Limit and Marker as every listing of KMS has them. */
export function listMembers(limitMax: number): Members {
  // The documented maximum of each operation; what AWS answers between it and the model's 1,000 is unconfirmed.
  return { Limit: { type: 'integer', min: 1, max: limitMax }, Marker: { type: 'string', min: 1, max: 1024 } }
}

interface PageInput {
  Limit?: number | undefined
  Marker?: string | undefined
}

/** A page of a KMS listing. `about` binds the marker to the key or filter that the listing is for. */
export function pageOf(
  { account, region, action }: Call,
  member: string,
  items: readonly object[],
  { Limit, Marker }: PageInput,
  { default: limitDefault, about = '' }: { default: number; about?: string },
): Output {
  const listId = [action, account.id, region, about].join(' ')
  const badMarker = { code: 'InvalidMarkerException', message: 'The marker is not valid.' }
  const { items: shown, next } = page(items, Limit ?? limitDefault, Marker, listId, badMarker)
  return { [member]: shown, Truncated: next !== undefined, ...(next && { NextMarker: next }) }
}
