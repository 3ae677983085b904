import type { AccountResource } from '../../access/account.ts'
import type { CaseResource } from '../../access/case.ts'
import type { PolicyLevels } from '../../access/layers.ts'
import type { Problem } from '../../errors.ts'
import { parseResourcePolicy } from '../../principals/parse-resource.ts'
import { PolicyShelf } from '../../principals/policy-shelf.ts'
import type { Tag } from '../../tag.ts'
import { caseResourceOf, type KnownResource } from '../case-resource.ts'
import type { Direction, Grants, ResourceInput } from './messages.ts'

/** A resource of the plan as it was read, its policy parsed; its grants come later. */
export interface PlannedResource {
  readonly known: Omit<KnownResource, 'grants'>
  readonly policyText: string | null
  /** The tags that go, or come. */
  readonly changed: readonly Tag[]
}

/** All resources of the plan. */
export interface Received {
  readonly resources: readonly PlannedResource[]
  /** Why the aliases of some keys are not known. */
  readonly aliasProblem: Problem | null
}

/** Parses the policies of all resources; equal ones are one object. */
export function plannedResources(inputs: readonly ResourceInput[]): PlannedResource[] {
  const shelf = new PolicyShelf()
  return inputs.map(({ policy, changed, ...facts }) => {
    const known = { ...facts, policy: parseResourcePolicy(facts.arn, policy, shelf).policy }
    return { known, policyText: policy.text, changed }
  })
}

/** A resource as things are now, and after the plan. */
export interface BothStates {
  readonly now: CaseResource
  readonly afterwards: CaseResource
  /** The same for the engine, as a removal of the tags; a put-back is one read backwards. */
  readonly removal: AccountResource
}

/** What the plan makes of a resource. */
export function bothStatesOf(
  { known, changed }: PlannedResource,
  grants: Grants | null,
  direction: Direction,
  rcps: PolicyLevels | undefined,
): BothStates {
  const now = caseResourceOf({ ...known, grants })
  const tags = new Map(now.tags)
  for (const { key, value } of changed) {
    if (direction === 'remove') tags.delete(key)
    else tags.set(key, value)
  }
  const afterwards = { ...now, tags }
  const tagged = direction === 'remove' ? now : afterwards
  return { now, afterwards, removal: { ...tagged, removeTags: changed.map(({ key }) => key), ...(rcps && { rcps }) } }
}
