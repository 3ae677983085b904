import type { Facts } from './facts.ts'
import { accountOf, type Identity, identityOf } from './identity.ts'
import type { Ask } from './readings.ts'
import { type RequestContext, requestContextOf } from './request-context.ts'

/** One request before the judge: the facts, what follows from them, and whom to ask where the documents are silent. */
export interface Case {
  readonly facts: Facts
  readonly identity: Identity
  /** The principal and the resource belong to different accounts. */
  readonly isCrossAccount: boolean
  readonly context: RequestContext
  readonly ask: Ask
}

/** Opens the case. */
export function caseOf(facts: Facts, ask: Ask): Case {
  const identity = identityOf(facts.principal)
  return {
    facts,
    identity,
    isCrossAccount: accountOf(facts.resource.arn, identity) !== identity.account,
    context: requestContextOf(facts, identity),
    ask,
  }
}
