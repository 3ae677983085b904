import { createHash } from 'node:crypto'

/** The newest event of a chain; `seq` 0: the chain, known to an earlier checkpoint, had none any more. */
export interface ChainHead {
  chain: string
  seq: number
  hash: string
}

/** What a console vouches for at one instant: up to where each chain went, and the checkpoint before. */
export interface Checkpoint {
  kind: 'checkpoint'
  /** Counts from 1 for each console, without gaps. */
  number: number
  /** By the clock of the database; ISO 8601 in UTC with milliseconds. */
  at: string
  /** Of the key that signed: 64 hexadecimal digits. */
  publicKey: string
  /** Chains and events of the whole log. */
  chains: number
  events: number
  /** Of every chain that changed since the checkpoint before, in the order of their names. */
  heads: ChainHead[]
  /** {@link hashLine} of the checkpoint before; 64 zeros for the first. */
  previous: string
  /** See lib/audit/signed-line.ts. */
  signature: string
}

/** SHA-256, hex, of a checkpoint as it was written, without the end of its line. */
export function hashLine(line: string): string {
  return createHash('sha256').update(line).digest('hex')
}
