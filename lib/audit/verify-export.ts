import { createHash } from 'node:crypto'
import type { AuditFinding } from '../audit-status.ts'
import { chainName } from './chain-name.ts'
import { ChainCheck } from './check-chain.ts'
import { CheckpointsCheck } from './check-checkpoints.ts'
import { hashLine } from './checkpoint.ts'
import { exportNotes } from './export-notes.ts'
import { Findings } from './findings.ts'
import type { FileLine } from './lines.ts'
import {
  type EventLine,
  type ExportEnd,
  type ExportHeader,
  endShape,
  eventShape,
  headerShape,
  readLine,
  type WithheldLine,
  withheldShape,
} from './log-line.ts'
import { OutsideCopies, type OutsideCopy } from './outside-copies.ts'
import { SignedHeads } from './signed-heads.ts'
import { signatureHolds } from './signed-line.ts'

export interface ExportVerdict {
  header: ExportHeader
  checkpoints: number
  chains: number
  events: number
  /** What shows that the export is not as it was written. Empty: nothing does. */
  findings: AuditFinding[]
  /** What a verification with these means cannot know. */
  notes: string[]
}

/**
 * Verifies an export line by line, in little memory, against copies of checkpoints and public keys that whoever verifies
 * trusts. Undefined when it is none: its first line is not that of an export.
 */
export async function verifyExport(
  lines: AsyncIterable<FileLine>,
  copies: readonly OutsideCopy[] = [],
  keys: readonly string[] = [],
): Promise<ExportVerdict | undefined> {
  let verification: ExportVerification | undefined
  for await (const line of lines) {
    if (verification) {
      verification.add(line)
      continue
    }
    const header = readLine(headerShape, line.text)
    if (!header) return undefined
    verification = new ExportVerification(header, keys)
    await verification.begin(line, copies)
  }
  return verification?.end({ keys: keys.length, copies: copies.length })
}

class ExportVerification {
  readonly #header: ExportHeader
  readonly #keys: readonly string[]
  readonly #findings = new Findings()
  readonly #signed = new SignedHeads()
  readonly #copies: OutsideCopies
  readonly #checkpoints = new CheckpointsCheck({ from: 'of the export', findings: this.#findings })
  readonly #chains = new Map<string, ChainCheck>()
  readonly #digest = createHash('sha256')
  readonly #counted = { checkpoints: 0, chains: 0, events: 0 }
  #lines = 0
  #chain = ''
  #withheld = 0
  #isClosed = false

  constructor(header: ExportHeader, keys: readonly string[]) {
    this.#header = header
    this.#keys = keys
    const { publicKey, exportedAt } = header
    const requireTrusted = this.#requireTrusted.bind(this)
    this.#copies = new OutsideCopies({ publicKey, exportedAt, findings: this.#findings, requireTrusted })
  }

  async begin(line: FileLine, copies: readonly OutsideCopy[]): Promise<void> {
    this.#take(line)
    this.#requireTrusted(this.#header.publicKey, 'the export')
    for (const copy of copies) await this.#copies.add(copy, this.#signed)
  }

  add(line: FileLine): void {
    const event = readLine(eventShape, line.text) ?? readLine(withheldShape, line.text)
    const end = event ? undefined : readLine(endShape, line.text)
    if (this.#isClosed) this.#findings.say(`line ${this.#lines + 1} stands after the closing line`)
    else if (event) this.#addEvent(event)
    else if (end) this.#close(end)
    else if (this.#counted.events === 0) this.#addCheckpoint(line.text)
    else this.#findings.say(`line ${this.#lines + 1} is damaged: it is not as an export is written`)
    this.#take(line)
  }

  end(given: { keys: number; copies: number }): ExportVerdict {
    if (!this.#isClosed) this.#findings.say('the closing line is missing: the file is not whole')
    for (const check of this.#chains.values()) check.end()
    this.#endMissingChains()
    this.#copies.end()
    const notes = exportNotes(this.#header, { ...given, later: this.#copies.later, withheld: this.#withheld })
    return { header: this.#header, ...this.#counted, findings: this.#findings.list(), notes }
  }

  /** Every line goes into the digest, but the closing one that tells it. */
  #take({ bytes, isWhole }: FileLine): void {
    this.#lines += 1
    if (!isWhole) this.#findings.say(`line ${this.#lines} has no end`)
    if (!this.#isClosed) this.#digest.update(bytes).update('\n')
  }

  #addCheckpoint(line: string): void {
    this.#counted.checkpoints += 1
    const checkpoint = this.#checkpoints.add(line)
    if (!checkpoint) return
    const { number, publicKey } = checkpoint
    if (publicKey !== this.#header.publicKey)
      this.#findings.say(`checkpoint ${number} is signed with another key than the export`)
    this.#copies.compare(checkpoint, hashLine(line))
    this.#signed.add(checkpoint)
  }

  #addEvent(event: EventLine | WithheldLine): void {
    const { chain, seq } = event
    this.#counted.events += 1
    if (chain < this.#chain)
      this.#findings.add({
        chain,
        seq,
        message: `event ${seq} stands behind those of another chain (${chainName(chain)})`,
      })
    this.#chain = chain
    const check = this.#checkOf(chain)
    if (event.kind === 'event') check.add(event)
    else check.addWithheld(event)
    if (event.kind === 'withheld') this.#withheld += 1
  }

  #checkOf(chain: string): ChainCheck {
    const known = this.#chains.get(chain)
    if (known) return known
    this.#counted.chains += 1
    const check = new ChainCheck(chain, this.#signed.of(chain), this.#findings)
    this.#chains.set(chain, check)
    return check
  }

  #close(end: ExportEnd): void {
    this.#isClosed = true
    if (end.digest !== this.#digest.digest('hex'))
      this.#findings.say('the file is not the one that its closing line is of')
    if (!signatureHolds(this.#header.publicKey, end)) this.#findings.say('the signature of the closing line is wrong')
    for (const what of ['checkpoints', 'chains', 'events'] as const)
      if (end[what] !== this.#counted[what])
        this.#findings.say(`the closing line tells of ${end[what]} ${what}, the file has ${this.#counted[what]}`)
  }

  #endMissingChains(): void {
    const withoutChains = new Set(this.#header.withoutChains)
    for (const chain of this.#signed.chains())
      if (!this.#chains.has(chain) && !withoutChains.has(chain))
        new ChainCheck(chain, this.#signed.of(chain), this.#findings).end()
  }

  #requireTrusted(publicKey: string, name: string): void {
    if (this.#keys.length > 0 && !this.#keys.includes(publicKey))
      this.#findings.say(`${name} is signed with another key than the one given: ${publicKey}`)
  }
}
