import type { AuditFinding } from '../audit-status.ts'

/** More of them say nothing new, and a file that is all wrong must not fill the memory. */
const FINDINGS_MAX = 1000

/** What a verification has found, each finding once. */
export class Findings {
  readonly #byMessage = new Map<string, AuditFinding>()
  #more = 0

  /** Bound, so that it can be handed on. */
  readonly add = (finding: AuditFinding): void => {
    if (this.#byMessage.has(finding.message)) return
    if (this.#byMessage.size < FINDINGS_MAX) this.#byMessage.set(finding.message, finding)
    else this.#more += 1
  }

  /** About the log or the file as a whole. */
  readonly say = (message: string): void => this.add({ chain: null, seq: null, message })

  list(): AuditFinding[] {
    const more = { chain: null, seq: null, message: `and ${this.#more} more findings` }
    return [...this.#byMessage.values(), ...(this.#more > 0 ? [more] : [])]
  }
}
