import type { LoggedEvent } from '../audit-event.ts'
import { chainName } from './chain-name.ts'
import type { Findings } from './findings.ts'
import { Gaps } from './gaps.ts'
import { FIRST_PREVIOUS, hashEvent } from './hash-event.ts'
import type { ChainLink } from './log-line.ts'
import { cutOff, notTheSigned, type SignedHead } from './signed-heads.ts'

/** Checks the events of one chain as they come: that each is as it was written, that none is missing, that their order is right. */
export class ChainCheck {
  readonly #chain: string
  readonly #signed: Map<number, SignedHead[]>
  readonly #findings: Findings
  readonly #gaps = new Gaps()
  #before = { seq: 0, hash: FIRST_PREVIOUS }
  #lastSeq = 0

  constructor(chain: string, signed: readonly SignedHead[], findings: Findings) {
    this.#chain = chain
    this.#signed = Map.groupBy(signed, ({ seq }) => seq)
    this.#findings = findings
  }

  /** Takes the next event of the chain. */
  add(event: LoggedEvent): void {
    this.addWithheld(event)
    const { seq, hash } = event
    if (hashEvent(event) !== hash) this.#say(seq, `event ${seq} was changed: its hash is not that of what it says`)
  }

  /** Takes the next event, of which only the place in the chain is known. */
  addWithheld({ seq, hash, previous }: ChainLink): void {
    const before = this.#before
    if (seq <= this.#lastSeq) this.#addLate(seq)
    else if (seq > this.#lastSeq + 1) this.#passOver({ from: this.#lastSeq + 1, to: seq - 1 })
    if (seq === before.seq + 1 && previous !== before.hash)
      this.#say(seq, `event ${seq} does not follow on event ${before.seq}: one of the two was replaced`)
    for (const signed of this.#signed.get(seq) ?? []) if (signed.hash !== hash) this.#findings.add(notTheSigned(signed))
    this.#before = { seq, hash }
    this.#lastSeq = Math.max(this.#lastSeq, seq)
  }

  /** To be called after the last event: what never came, and that the chain goes as far as it was signed. */
  end(): void {
    for (const gap of this.#gaps.left()) this.#sayMissing(gap)
    const heads = [...this.#signed.values()].flat()
    const furthest = heads.reduce<SignedHead | undefined>(
      (far, head) => (far && far.seq >= head.seq ? far : head),
      undefined,
    )
    if (furthest && furthest.seq > this.#lastSeq) this.#findings.add(cutOff(furthest, this.#lastSeq))
  }

  #addLate(seq: number): void {
    const before = this.#before.seq
    if (!this.#gaps.fill(seq)) this.#say(seq, `event ${seq} stands there twice: one of the two was put in`)
    else if (seq !== before + 1) this.#say(seq, `event ${seq} stands after event ${before}: one of the two was moved`)
  }

  #passOver(gap: { from: number; to: number }): void {
    if (!this.#gaps.open(gap)) this.#sayMissing(gap)
  }

  #sayMissing({ from, to }: { from: number; to: number }): void {
    this.#say(from, from === to ? `event ${from} is missing` : `events ${from} to ${to} are missing`)
  }

  #say(seq: number, message: string): void {
    this.#findings.add({ chain: this.#chain, seq, message: `${message} (${chainName(this.#chain)})` })
  }
}
