import { createHash } from 'node:crypto'
import type { LoggedEvent } from '../audit-event.ts'

/** What precedes the first event of a chain. */
export const FIRST_PREVIOUS = '0'.repeat(64)

/** The fields that are hashed, in their order; the database hashes the same in `append_audit_events`. */
const hashed = [
  'chain',
  'seq',
  'at',
  'actorId',
  'actorName',
  'address',
  'action',
  'resource',
  'tagKey',
  'valueHash',
  'outcome',
  'requestId',
  'accessKeyId',
  'details',
  'previous',
] as const satisfies readonly (keyof LoggedEvent)[]

/**
 * SHA-256, hex, over the event's fields as a JSON array, written as PostgreSQL writes one: a comma and a space between
 * two members, letters outside ASCII as they are, UTF-8.
 */
export function hashEvent(event: Omit<LoggedEvent, 'hash'>): string {
  const members = hashed.map((field) => JSON.stringify(event[field]))
  return createHash('sha256')
    .update(`[${members.join(', ')}]`)
    .digest('hex')
}
