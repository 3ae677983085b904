import type { AuditFinding } from '../audit-status.ts'
import { chainName } from './chain-name.ts'
import type { ChainHead, Checkpoint } from './checkpoint.ts'

/** The head of a chain, and which checkpoint says so. */
export interface SignedHead extends ChainHead {
  number: number
  at: string
}

/** What the checkpoints of one or several consoles say of every chain. */
export class SignedHeads {
  readonly #heads = new Map<string, SignedHead[]>()

  /** Takes in a checkpoint, after those before it of the same console. */
  add({ heads, number, at }: Checkpoint): void {
    for (const head of heads) {
      const ofChain = this.#heads.get(head.chain)
      const signed = { ...head, number, at }
      if (ofChain) ofChain.push(signed)
      else this.#heads.set(head.chain, [signed])
    }
  }

  chains(): string[] {
    return [...this.#heads.keys()]
  }

  /** The newest head of each chain. */
  newest(): SignedHead[] {
    return [...this.#heads.values()].flatMap((heads) => heads.at(-1) ?? [])
  }

  /** All that is said of a chain, as it was taken in. */
  of(chain: string): readonly SignedHead[] {
    return this.#heads.get(chain) ?? []
  }
}

/** What is wrong with an event that a checkpoint has signed with another hash. */
export function notTheSigned({ chain, seq, number, at }: SignedHead): AuditFinding {
  const message = `event ${seq} of ${chainName(chain)} is not the one that checkpoint ${number} signed at ${at}: it was changed or replaced`
  return { chain, seq, message }
}

/** What is wrong with a chain that ends before an event that a checkpoint has signed. */
export function cutOff({ chain, seq, number, at }: SignedHead, lastSeq: number): AuditFinding {
  const gone = lastSeq + 1 === seq ? `event ${seq} is` : `events ${lastSeq + 1} to ${seq} are`
  const message = `${gone} missing at the end of ${chainName(chain)}, although checkpoint ${number} signed them at ${at}`
  return { chain, seq: lastSeq + 1, message }
}
