import type { CasePolicy } from '../access/case.ts'
import { parsePolicyText } from '../access/parse-policy.ts'
import type { PolicyKind } from '../access/policy.ts'
import type { Problem as PolicyProblem } from '../access/problem.ts'

/** A policy for the engine; `unread` when its document has problems, each with its path in the document. */
export interface ShelvedPolicy {
  readonly policy: CasePolicy
  readonly problems: readonly PolicyProblem[]
}

/** Parses each document once, so that equal ones are one object: the engine reads one object once. */
export class PolicyShelf {
  readonly #parsed = new Map<string, ShelvedPolicy>()

  /** The policy of this document, for the layer of its kind. */
  read(text: string, kind: PolicyKind): ShelvedPolicy {
    const name = `${kind} ${text}`
    const known = this.#parsed.get(name)
    if (known) return known
    const { policy, problems } = parsePolicyText(text, '', kind)
    // Half a policy would be another policy: a document with a problem counts as unread.
    const shelved = { policy: policy ?? ('unread' as const), problems }
    this.#parsed.set(name, shelved)
    return shelved
  }
}
