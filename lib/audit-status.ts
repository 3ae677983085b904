import type { Problem } from './errors.ts'

/** What a verification found wrong: a sentence for people, and the event that it is about where one can be named. */
export interface AuditFinding {
  chain: string | null
  seq: number | null
  message: string
}

/** A verification of the whole log against its signed checkpoints; `done` and `total` count events. */
export type AuditVerification =
  | { state: 'never' }
  | { state: 'running'; done: number; total: number }
  | { state: 'failed'; problem: Problem }
  | { state: 'done'; at: string; events: number; chains: number; checkpoints: number; findings: AuditFinding[] }

/** How the log of this console stands. */
export interface AuditStatus {
  /** Of the whole log, not only of what the reader may see. */
  events: number
  chains: number
  /** The newest that this console has signed. */
  checkpoint: { number: number; at: string; hash: string } | null
  /** Events since that checkpoint. */
  unsigned: number
  /** Of the key that signs: 64 hexadecimal digits. */
  publicKey: string
  /** Why the last checkpoint could not be written; null when it was. */
  problem: string | null
  /** What was not as signed when the console started; empty when everything was. */
  foundAtStart: AuditFinding[]
  /** The last one since the console was started. */
  verification: AuditVerification
}
