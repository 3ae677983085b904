import { type Checkpoint, hashLine } from './checkpoint.ts'
import type { Findings } from './findings.ts'
import { FIRST_PREVIOUS } from './hash-event.ts'
import { checkpointShape, readLine } from './log-line.ts'
import { signatureHolds } from './signed-line.ts'

interface Options {
  /** Names the file, for a sentence: `of the export`. */
  from: string
  /** A copy that was taken away in parts may begin with any checkpoint. */
  beginsAnywhere?: boolean
  /** Looks at the last signature only, in {@link CheckpointsCheck.end}: by its links that one vouches for all before it. */
  lastSignatureOnly?: boolean
  /** Of the console; otherwise the key of the first checkpoint is that of all. */
  publicKey?: string
  findings: Findings
}

/** Checks the checkpoints of one console as they come: each is whole, signed by one key, and follows on the one before. */
export class CheckpointsCheck {
  readonly #options: Options
  #last: { number: number; hash: string } | undefined
  #lastCheckpoint: Checkpoint | undefined
  #publicKey: string | undefined

  constructor(options: Options) {
    this.#options = options
    this.#publicKey = options.publicKey
    if (!options.beginsAnywhere) this.#last = { number: 0, hash: FIRST_PREVIOUS }
  }

  /** Of all checkpoints; undefined before the first. */
  get publicKey(): string | undefined {
    return this.#publicKey
  }

  /** Takes the next line; answers with the checkpoint, unless the line is none. */
  add(line: string): Checkpoint | undefined {
    const checkpoint = readLine(checkpointShape, line)
    if (!checkpoint) {
      this.#say(`the line after checkpoint ${this.#last?.number ?? 0} is damaged`)
      return undefined
    }
    const { number, publicKey, previous } = checkpoint
    this.#publicKey ??= publicKey
    const last = this.#last
    if (last && number !== last.number + 1)
      this.#say(`checkpoint ${number} stands after checkpoint ${last.number}: one is missing, or out of its place`)
    else if (last && previous !== last.hash)
      this.#say(`checkpoint ${number} does not follow on checkpoint ${last.number}: one of the two was replaced`)
    if (publicKey !== this.#publicKey) this.#say(`checkpoint ${number} is signed with another key`)
    if (!this.#options.lastSignatureOnly) this.#checkSignature(checkpoint)
    this.#last = { number, hash: hashLine(line) }
    this.#lastCheckpoint = checkpoint
    return checkpoint
  }

  /** To be called after the last line. */
  end(): void {
    if (this.#options.lastSignatureOnly && this.#lastCheckpoint) this.#checkSignature(this.#lastCheckpoint)
  }

  #checkSignature(checkpoint: Checkpoint): void {
    if (!signatureHolds(checkpoint.publicKey, checkpoint))
      this.#say(`the signature of checkpoint ${checkpoint.number} is wrong: it was changed`)
  }

  #say(message: string): void {
    this.#options.findings.say(`${message} (checkpoints ${this.#options.from})`)
  }
}
