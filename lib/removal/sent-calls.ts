import type { LoggedEvent } from '../audit-event.ts'

/** A call to AWS, as the audit log tells of it. */
export interface SentCall {
  /** When it was announced; ISO 8601, UTC. */
  readonly at: string
  readonly resource: string
  readonly accessKeyId: string
  /** Null when no answer came, or none that told it. */
  requestId: string | null
}

/** Takes the events of a chain in their order and makes the calls of them: one call names all its tag keys in a row. */
export class SentCalls {
  readonly calls: SentCall[] = []
  readonly #last = new Map<string, { call: SentCall; tagKeys: Set<string> }>()
  #before: LoggedEvent | undefined

  /** Takes the next event of the chain. */
  take(event: LoggedEvent): void {
    const { action, resource, tagKey, requestId } = event
    if (resource !== null && tagKey !== null) {
      if (action === 'call.sent') this.#announced(event, resource, tagKey)
      else if (requestId !== null) this.#answered(resource, requestId)
    }
    this.#before = event
  }

  #announced({ at, accessKeyId }: LoggedEvent, resource: string, tagKey: string): void {
    const last = this.#last.get(resource)
    const isSameCall =
      this.#before?.action === 'call.sent' && this.#before.resource === resource && !last?.tagKeys.has(tagKey)
    if (isSameCall && last) {
      last.tagKeys.add(tagKey)
      return
    }
    const call = { at, resource, accessKeyId: accessKeyId ?? '', requestId: null }
    this.calls.push(call)
    this.#last.set(resource, { call, tagKeys: new Set([tagKey]) })
  }

  #answered(resource: string, requestId: string): void {
    const last = this.#last.get(resource)
    if (last) last.call.requestId ??= requestId
  }
}
