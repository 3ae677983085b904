import pLimit from 'p-limit'
import type { Store } from '../store/store.ts'
import { type ChainHeads, readHeads } from './chain-heads.ts'
import { CheckpointsCheck } from './check-checkpoints.ts'
import { type ChainHead, type Checkpoint, hashLine } from './checkpoint.ts'
import { appendCheckpoint, readCheckpoints } from './checkpoint-file.ts'
import { compareHeads } from './compare-heads.ts'
import { Findings } from './findings.ts'
import { FIRST_PREVIOUS } from './hash-event.ts'
import { type SignedHead, SignedHeads } from './signed-heads.ts'
import { signedLine } from './signed-line.ts'
import type { SigningKey } from './signing-key.ts'

/** Where the checkpoints of a console stand: what the next one follows on. */
export interface Signed {
  last: { number: number; at: string; hash: string } | undefined
  heads: SignedHeads
  /** Of every checkpoint, by its number. */
  hashes: Map<number, string>
}

/** Reads what a console has signed so far, and tells what is wrong with the file; quickly, or every signature. */
export async function readSigned(
  folder: string,
  options: { publicKey: string; findings: Findings; lastSignatureOnly: boolean },
): Promise<Signed> {
  const heads = new SignedHeads()
  const hashes = new Map<number, string>()
  const check = new CheckpointsCheck({ from: `in \`${folder}\``, ...options })
  let last: Signed['last']
  for await (const { text } of readCheckpoints(folder)) {
    const checkpoint = check.add(text)
    if (!checkpoint) continue
    heads.add(checkpoint)
    last = { number: checkpoint.number, at: checkpoint.at, hash: hashLine(text) }
    hashes.set(last.number, last.hash)
  }
  check.end()
  return { last, heads, hashes }
}

/** Signs checkpoints of the log, one after the other, into the folder that holds the key. */
export class CheckpointWriter {
  readonly #store: Store
  readonly #folder: string
  readonly #key: SigningKey
  readonly #heads: Map<string, SignedHead>
  readonly #oneAtATime = pLimit(1)
  #last: Signed['last']
  #hasLooked = false

  constructor(store: Store, folder: string, key: SigningKey, signed: Signed) {
    this.#store = store
    this.#folder = folder
    this.#key = key
    this.#last = signed.last
    this.#heads = new Map(signed.heads.newest().map((head) => [head.chain, head]))
  }

  get last(): NonNullable<Signed['last']> | null {
    return this.#last ?? null
  }

  /** Events of the log that no checkpoint covers. */
  unsigned({ heads }: ChainHeads): number {
    return heads.reduce((sum, { chain, seq }) => sum + Math.max(0, seq - (this.#heads.get(chain)?.seq ?? 0)), 0)
  }

  /**
   * Signs where every chain stands; nothing when it is as it was. It is on the disk when this resolves. Throws where a chain
   * does not go on from what this process has signed: a checkpoint over that would hide it from the next start, which looks
   * at the newest one. What a start has found and told is signed over.
   */
  sign(): Promise<void> {
    return this.#oneAtATime(async () => {
      const { at, heads } = await readHeads(this.#store)
      const changed = this.#changed(heads)
      if (changed.length === 0) return
      if (this.#hasLooked) await this.#requireGoOn(changed)
      this.#hasLooked = true
      const checkpoint: Omit<Checkpoint, 'signature'> = {
        kind: 'checkpoint',
        number: (this.#last?.number ?? 0) + 1,
        at,
        publicKey: this.#key.publicKey,
        chains: heads.length,
        events: heads.reduce((sum, { seq }) => sum + seq, 0),
        heads: changed,
        previous: this.#last?.hash ?? FIRST_PREVIOUS,
      }
      const line = signedLine(this.#key.privateKey, checkpoint)
      appendCheckpoint(this.#folder, line)
      this.#last = { number: checkpoint.number, at, hash: hashLine(line) }
      for (const head of changed) this.#heads.set(head.chain, { ...head, number: checkpoint.number, at })
    })
  }

  /** What was cut may have grown longer than before since: each event that was signed last must be there, and the same. */
  async #requireGoOn(changed: readonly ChainHead[]): Promise<void> {
    const findings = new Findings()
    await compareHeads(
      this.#store,
      changed.flatMap(({ chain }) => this.#heads.get(chain) ?? []),
      findings,
    )
    const [found] = findings.list()
    if (found)
      throw new Error(
        `${found.message}; nothing more is signed until Untag is started again: keep copies of the database and of this folder first, for that start records what it finds and signs from there on`,
      )
  }

  /** Chains that are gone are among them, with no events. */
  #changed(heads: readonly ChainHead[]): ChainHead[] {
    const present = new Set(heads.map(({ chain }) => chain))
    const gone = [...this.#heads.values()].filter(({ chain, seq }) => seq > 0 && !present.has(chain))
    const changed = heads.filter(({ chain, hash }) => this.#heads.get(chain)?.hash !== hash)
    return [...changed, ...gone.map(({ chain }) => ({ chain, seq: 0, hash: FIRST_PREVIOUS }))]
  }
}
