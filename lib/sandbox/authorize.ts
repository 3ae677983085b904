import { factsOf, type ResourceFacts, resourceFacts } from './authorization/facts.ts'
import { narrowToAction } from './authorization/narrow.ts'
import { refusalText } from './authorization/refusal-text.ts'
import { globalContext, tagContext } from './authorization/request-context.ts'
import { evaluate } from './evaluation/evaluate.ts'
import type { Judgement } from './evaluation/facts.ts'
import { mayAssume } from './evaluation/may-assume.ts'
import type { Call, Operation, RequestContext, Subject } from './operation.ts'
import type { Denial } from './settings.ts'
import { namedTagKeys } from './wire/wire.ts'

/** `action`: where another one was missing than the one asked for. */
type Refusal = Pick<Judgement, 'decision' | 'layer'> & { action?: string }

/** The layers that a setting can make refuse, whatever the policies say. */
const refusals: Record<Denial['layer'], Refusal> = {
  identityPolicy: { decision: 'implicitDeny', layer: 'identityPolicy' },
  resourcePolicy: { decision: 'implicitDeny', layer: 'resourcePolicy' },
  explicitIdentityDeny: { decision: 'explicitDeny', layer: 'identityPolicy' },
  explicitResourceDeny: { decision: 'explicitDeny', layer: 'resourcePolicy' },
  serviceControlPolicy: { decision: 'explicitDeny', layer: 'scp' },
}

// An AWS managed key's policy lets the account look at it and nobody change it; ListResourceTags is not in it
// (GH prowler-cloud/prowler#2467, rebuy-de/aws-nuke#550).
const allowedOnAwsManagedKeys: readonly string[] = [
  'kms:DescribeKey',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListAliases',
  'kms:ListGrants',
]

/** The one step that decides whether a request may go on: undefined is yes, a text is AWS's "not authorized". */
export function authorize(call: Call, operation: Operation, input: object, subject: Subject): string | undefined {
  // GetCallerIdentity needs no permission and works even under an explicit deny (STS API reference).
  if (call.action === 'sts:GetCallerIdentity') return undefined
  const refusal = refusalOf(call, operation, input, subject)
  return refusal && denialText(call, subject.arn, refusal)
}

/** Whether the policies let the caller do this, were the resource as described. */
export function isAllowed(call: Call, resource: ResourceFacts, action: string, context: RequestContext = {}): boolean {
  return judge({ ...call, action }, resource, context).decision === 'allowed'
}

/** AWS's sentence for a request that is refused. */
export function denialText(
  { principal, action }: Pick<Call, 'principal' | 'action'>,
  resourceArn: string,
  refusal: Refusal,
): string {
  return refusalText({ principalArn: principal.arn, action: refusal.action ?? action, resourceArn }, refusal)
}

function refusalOf(call: Call, operation: Operation, input: object, subject: Subject): Refusal | undefined {
  const resource = resourceFacts(subject)
  if (isForeign(call, subject) && !(operation.isCrossAccount && subject.resource)) return refusals.resourcePolicy
  if (resource.isAwsManaged && !allowedOnAwsManagedKeys.includes(call.action)) return refusals.resourcePolicy
  const denial = call.world.settings.denied.find((candidate) => denies(candidate, call.action, subject.arn, input))
  if (denial) return refusals[denial.layer]
  const judgement = judge(call, resource, { ...tagContext({ ...input }), ...operation.context(input) })
  return judgement.decision === 'allowed' ? undefined : judgement
}

/** Assuming a role may need more than the one action. */

function judge(call: Call, resource: ResourceFacts, context: RequestContext): Judgement & { action?: string } {
  const facts = factsOf(call, resource, { ...globalContext(call, resource.arn), ...context })
  return resource.type === 'role' ? mayAssume(facts) : evaluate(narrowToAction(facts))
}

/** IAM's own ARNs of AWS's policies belong to nobody. */
function isForeign({ principal }: Call, { arn }: Subject): boolean {
  const owner = arn.split(':')[4]
  return owner !== undefined && owner !== 'aws' && owner !== principal.accountId
}

function denies({ action, resource, tagKeys }: Denial, asked: string, resourceArn: string, input: object): boolean {
  return (
    action === asked &&
    (resource === undefined || resource === resourceArn) &&
    (tagKeys === undefined || namedTagKeys({ ...input }).some((tagKey) => tagKeys.includes(tagKey)))
  )
}
