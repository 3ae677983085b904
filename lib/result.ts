import type { Problem } from './errors.ts'

/** What a server action answers: production builds mask thrown messages, so failures travel as values. */
export type Result<Data> = { ok: true; data: Data } | { ok: false; error: Problem }

/**
 * What a reading server action returns. Actions of one browser tab run one after the other, but the queue is free as
 * soon as the outer promise resolves; the answer itself arrives in the inner one.
 */
export type Deferred<Data> = { result: Promise<Result<Data>> }

/** Turns a failed result into a thrown error, which is what TanStack Query expects. */
export function unwrap<Data>(result: Result<Data>): Data {
  if (result.ok) return result.data
  throw Object.assign(new Error(result.error.message), { code: result.error.code })
}
