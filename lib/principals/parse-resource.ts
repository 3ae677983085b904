import type { CaseGrant, CasePolicy, Unread } from '../access/case.ts'
import type { Problem as PolicyProblem } from '../access/problem.ts'
import { type Arn, isKeyArn } from '../arn.ts'
import type { Problem } from '../errors.ts'
import type { StoredGrant } from '../impact-facts.ts'
import type { PolicyShelf } from './policy-shelf.ts'

/** The policy of one key or secret. */
export interface ResourcePolicy {
  /** For the engine; undefined: the secret has none. */
  readonly policy: CasePolicy | undefined
  /** As AWS gave it; null when there is none or it could not be read. */
  readonly text: string | null
  /** Why it could not be read. */
  readonly problem: Problem | null
  /** What of it could not be parsed; the engine then takes it for unread. */
  readonly policyProblems: readonly PolicyProblem[]
}

/** The policy of one key or secret, unparsed: null when there is none, or, with the problem, could not be read. */
export type PolicyText = Pick<ResourcePolicy, 'text' | 'problem'>

/** The policy of a resource for the engine. */
export function parseResourcePolicy(arn: Arn, { text, problem }: PolicyText, shelf: PolicyShelf): ResourcePolicy {
  if (problem !== null) return { policy: 'unread', text, problem, policyProblems: [] }
  if (text === null) return { policy: undefined, text, problem, policyProblems: [] }
  const { policy, problems } = shelf.read(text, isKeyArn(arn) ? 'key' : 'secret')
  return { policy, text, problem, policyProblems: problems }
}

/** A grant for the engine. */
export function caseGrant(grant: StoredGrant | Unread): CaseGrant | Unread {
  if (grant === 'unread') return grant
  const { grantId, granteePrincipal, retiringPrincipal, operations, sourceArn } = grant
  const [equals, subset] = [grant.encryptionContextEquals, grant.encryptionContextSubset]
  const constraints = {
    ...(equals && { encryptionContextEquals: new Map(Object.entries(equals)) }),
    ...(subset && { encryptionContextSubset: new Map(Object.entries(subset)) }),
    ...(sourceArn !== null && { sourceArn }),
  }
  return {
    grantId,
    granteePrincipal,
    ...(retiringPrincipal !== null && { retiringPrincipal }),
    operations,
    ...(Object.keys(constraints).length > 0 && { constraints }),
  }
}
