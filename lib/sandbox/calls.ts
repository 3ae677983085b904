/** One request as the sandbox saw it. */
export interface CallRecord {
  /** Of the operation, or of the refusal when it came to none. */
  readonly time: string
  readonly requestId: string
  /** `kms:UntagResource`. */
  readonly operation: string
  readonly region: string
  readonly accountId?: string
  readonly accessKeyId?: string
  /** The id as the request names it. */
  readonly resource?: string
  readonly tagKeys?: readonly string[]
  /** `OK`, AWS's error code, or `connectionReset`, `noAnswer`, `html`. */
  readonly outcome: string
  /** A write took effect, whatever the client was told. */
  readonly isApplied: boolean
}

export type CallFilter = Partial<Pick<CallRecord, 'operation' | 'region' | 'resource' | 'outcome' | 'accountId'>>

// Enough for the largest bench run; bounds the memory of a sandbox that is left running.
const recordsMax = 200_000

/** The log of calls, oldest first. */
export class CallLog {
  #records: CallRecord[] = []

  add(record: CallRecord): void {
    this.#records.push(record)
    if (this.#records.length > recordsMax * 1.1) this.#records = this.#records.slice(-recordsMax)
  }

  find(filter: CallFilter): CallRecord[] {
    const wanted = Object.entries(filter) as [keyof CallFilter, string][]
    return this.#records.filter((record) => wanted.every(([name, value]) => record[name] === value))
  }

  clear(): void {
    this.#records = []
  }
}
