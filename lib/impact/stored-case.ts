import { type AccountPrincipal, caseOf } from '../access/account.ts'
import type { AccessCase, CasePolicy, CasePrincipal } from '../access/case.ts'
import type { PolicyLevels } from '../access/layers.ts'
import type { PolicyKind } from '../access/policy.ts'
import type { ImpactPicture, StoredLevels, StoredPrincipal } from '../impact-facts.ts'
import { PolicyShelf } from '../principals/policy-shelf.ts'
import type { Direction, Grants, ResourceInput } from './thread/messages.ts'
import { type BothStates, bothStatesOf, plannedResources } from './thread/planned-resource.ts'

/** A resource as an analysis took it, with its texts, and the tags that the plan takes off or puts back. */
export interface StoredResource extends ResourceInput {
  /** Null: they were taken for unread, because they cannot matter. */
  readonly grants: Grants | null
}

export interface StoredCase {
  readonly direction: Direction
  readonly principal: StoredPrincipal
  readonly resource: StoredResource
  readonly picture: Pick<ImpactPicture, 'scps' | 'rcps'>
  readonly action: string
}

/**
 * Makes the engine's case from what an analysis stored, so that one decision of it can be made again. Putting tags back
 * is asked about as the removal that it reverses: of the resource as it will be.
 */
export function storedCase(stored: StoredCase): AccessCase {
  const { principal, states } = storedParts(stored)
  return caseOf(principal, states.removal, stored.action)
}

/** The principal and the resource of a case, before and after, from what an analysis stored. */
export function storedParts({ direction, principal, resource, picture }: Omit<StoredCase, 'action'>): {
  principal: AccountPrincipal
  states: BothStates
} {
  const shelf = new PolicyShelf()
  const [planned] = plannedResources([resource])
  if (planned === undefined) throw new Error('one resource makes one')
  const scps = levelsOf(picture.scps, 'scp', shelf)
  const rcps = levelsOf(picture.rcps, 'rcp', shelf)
  const states = bothStatesOf(planned, resource.grants ?? ['unread'], direction, rcps)
  return { principal: { ...principalOf(principal, shelf), ...(scps && { scps }) }, states }
}

function principalOf({ documents, ...stored }: StoredPrincipal, shelf: PolicyShelf): CasePrincipal {
  const policiesAt = (layer: string, kind: PolicyKind): CasePolicy[] => {
    const held = documents.filter(({ pointer }) => pointer.replace(/\[\d+\]$/, '') === layer)
    return held.map(({ text }) => (text === null ? 'unread' : shelf.read(text, kind).policy))
  }
  const [boundary] = policiesAt('boundary', 'boundary')
  const [sessionPolicy] = policiesAt('sessionPolicy', 'session')
  const groups = stored.groupNames.map((name, index) => {
    return { name, policies: policiesAt(`groups[${index}].policies`, 'identity') }
  })
  return {
    arn: stored.arn,
    ...(stored.roleArn !== null && { roleArn: stored.roleArn }),
    ...(stored.userId !== null && { userId: stored.userId }),
    tags: new Map(stored.tags.map(({ key, value }) => [key, value])),
    ...(stored.sessionTagsUnknown && { sessionTags: 'unknown' as const }),
    identityPolicies: policiesAt('identityPolicies', 'identity'),
    ...(groups.length > 0 && { groups }),
    ...(boundary && { boundary }),
    ...(sessionPolicy && { sessionPolicy }),
  }
}

function levelsOf(levels: StoredLevels, kind: 'scp' | 'rcp', shelf: PolicyShelf): PolicyLevels | undefined {
  return levels?.map(({ policies }) => policies.map(({ text }) => shelf.read(text, kind).policy))
}
