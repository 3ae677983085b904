import { CheckpointsCheck } from './check-checkpoints.ts'
import { type Checkpoint, hashLine } from './checkpoint.ts'
import type { Findings } from './findings.ts'
import type { FileLine } from './lines.ts'
import { checkpointShape, readLine } from './log-line.ts'
import type { SignedHeads } from './signed-heads.ts'

/** A copy of a console's `checkpoints.jsonl` that was kept elsewhere. */
export interface OutsideCopy {
  /** For a sentence. */
  name: string
  lines: AsyncIterable<FileLine>
}

interface Against {
  /** Of the export. */
  publicKey: string
  exportedAt: string
  findings: Findings
  requireTrusted(publicKey: string, name: string): void
}

/** Holds an export's checkpoints against copies that were kept elsewhere, of the same console and of others. */
export class OutsideCopies {
  readonly #against: Against
  /** Checkpoints of the export's own key that it has not shown yet, by their numbers. */
  readonly #awaited = new Map<number, { hash: string; name: string }>()
  /** Checkpoints that were signed after the export was taken. */
  later = 0

  constructor(against: Against) {
    this.#against = against
  }

  /** Takes in a copy; what it says of the chains at the time of the export counts like the export's own checkpoints. */
  async add({ name, lines }: OutsideCopy, signed: SignedHeads): Promise<void> {
    const { publicKey, exportedAt, findings, requireTrusted } = this.#against
    const check = new CheckpointsCheck({ from: `in ${name}`, beginsAnywhere: true, findings })
    for await (const { text, isWhole } of lines) {
      // Taken while its last line was being written.
      if (!isWhole && !readLine(checkpointShape, text)) break
      const checkpoint = check.add(text)
      if (!checkpoint) continue
      // Times of one database: what was signed before the export was taken must be in it.
      if (checkpoint.at >= exportedAt) this.later += 1
      else signed.add(checkpoint)
      if (checkpoint.at < exportedAt && checkpoint.publicKey === publicKey)
        this.#awaited.set(checkpoint.number, { hash: hashLine(text), name })
    }
    if (check.publicKey === undefined) findings.say(`${name} has no checkpoint`)
    else requireTrusted(check.publicKey, name)
  }

  /** The export shows one of its checkpoints. */
  compare({ number }: Checkpoint, hash: string): void {
    const copied = this.#awaited.get(number)
    if (copied && copied.hash !== hash)
      this.#against.findings.say(`checkpoint ${number} is another than that in ${copied.name}`)
    this.#awaited.delete(number)
  }

  /** The export has shown them all. */
  end(): void {
    for (const [number, { name }] of this.#awaited)
      this.#against.findings.say(`checkpoint ${number}, which ${name} has, is missing in the export`)
  }
}
