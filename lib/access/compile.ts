import { parseArn } from '../arn.ts'
import { type Service, serviceOf } from './action-mask.ts'
import type { CasePrincipal, CaseResource } from './case.ts'
import { type Know, knowOfRequest, type RequestFacts, type RequestKind } from './context.ts'
import { grantCandidates } from './grants.ts'
import type { Candidate, PolicyLevels } from './layers.ts'
import type { Identity } from './principal.ts'
import { actionNamed } from './reference.ts'
import { isOfResource, knowOfResource, type ResourceFacts } from './resource-facts.ts'
import { policyCandidates, rcpCandidates, retireGrantDelegation } from './resource-side.ts'
import { settle } from './settle.ts'
import type { Atom, LiveStatement, Shape, Sides } from './situation.ts'

/** The layers between a principal and a resource of an account. */
export function shapeOf(
  who: Identity,
  principal: CasePrincipal,
  scpLevels: number,
  service: Service,
  resourceAccount: string,
): Shape {
  const own = { kms: 'key', secretsmanager: 'secret' } as const satisfies Record<Service, Sides>
  return {
    sides: who.account === resourceAccount ? own[service] : 'crossAccount',
    hasBoundary: who.kind !== 'root' && principal.boundary !== undefined,
    ...(who.kind !== 'root' && principal.boundary === 'unread' && { isBoundaryUnread: true }),
    hasSessionPolicy: who.kind !== 'root' && principal.sessionPolicy !== undefined,
    isRootUser: who.kind === 'root',
    scpLevels: who.isServiceLinkedRole ? 0 : scpLevels,
  }
}

/** What on the resource's side names the principal: resource policy, grants, RCPs of its account. */
export function resourceSide(
  resource: Pick<CaseResource, 'type' | 'policy' | 'grants'>,
  rcps: PolicyLevels,
  who: Identity,
  shape: Shape,
): Candidate[] {
  const service = serviceOf(resource)
  return [
    ...(resource.policy === undefined ? [] : policyCandidates(resource.policy, service, who, shape)),
    ...(service === 'kms' ? grantCandidates(resource.grants ?? [], who, shape) : []),
    ...retireGrantDelegation(resource.grants ?? [], shape),
    ...rcpCandidates(rcps, service, who, shape),
  ]
}

/** What is known of a request to a resource, by whoever evaluates it: key policies do not support every context key. */
export function knowing(request: RequestFacts, resource: ResourceFacts): Know {
  return (contextKey) => {
    const told = isOfResource(contextKey, request) ? knowOfResource(contextKey, request.service, resource) : undefined
    return told ?? knowOfRequest(contextKey, request)
  }
}

/** The atoms that are left of a statement; null when it cannot match. */
export function residueOf({ entries, atoms }: Candidate, know: Know): readonly Atom[] | null {
  const left = new Map(atoms.map((atom) => [atom.text, atom]))
  for (const entry of entries) {
    const outcome = settle(entry, know)
    if (outcome === false) return null
    if (outcome !== true) left.set(outcome.text, outcome)
  }
  return [...left.values()]
}

/** A candidate as it counts before and after the removal; undefined when it never matches. */
export function liveStatement(candidate: Candidate, before: Know, after: Know): LiveStatement | undefined {
  const { slot, level, effect, pointer } = candidate
  const live = {
    slot,
    level,
    effect,
    pointer,
    before: residueOf(candidate, before),
    after: residueOf(candidate, after),
  }
  return live.before === null && live.after === null ? undefined : live
}

/** Whether an action is done to a resource at all: those that are not know no tags and no resource policy. */
export function hasResource(action: string): boolean {
  return (actionNamed(action)?.resourceTypes.length ?? 0) > 0
}

/** Whether requests of this action carry tag keys to remove, tags to set, or neither. Reference: their condition keys. */
export function kindOf(action: string): RequestKind {
  if (/:untagresource$/i.test(action)) return 'untag'
  const { conditionKeys = [] } = actionNamed(action) ?? {}
  return conditionKeys.includes('aws:TagKeys') ? 'tag' : 'other'
}

/** The account that owns a resource. */
export function accountOf(arn: string): string {
  return parseArn(arn)?.account ?? ''
}
