import type { Service } from '../action-mask.ts'
import type { CasePolicy, CaseResource } from '../case.ts'
import { accountOf } from '../compile.ts'
import type { PolicyLevels } from '../layers.ts'
import { prepare, tagKeysRead } from '../prepare.ts'

/** What stands on the resource's side, as far as it is the same for many resources. */
export interface ResourceSide extends Pick<CaseResource, 'type' | 'policy' | 'grants'> {
  readonly rcps: PolicyLevels
  readonly account: string
  /** Whether a statement of it reads one of the removed tag keys, or one that was not read may. */
  readonly readsRemoved: boolean
}

type Attached = CaseResource & { readonly rcps?: PolicyLevels }

/** Gives each resource the side that it has in common with others: equal policies, grants, RCPs and account. */
export function groupSides(resources: readonly Attached[], service: Service, removed: ReadonlySet<string>) {
  const sides = new Map<string, ResourceSide>()
  return resources.map((resource): ResourceSide => {
    const { type, policy, grants = [], rcps = [] } = resource
    const account = accountOf(resource.arn)
    const text = [account, textOf(policy), grants.length === 0 ? '' : textOf(grants), textOf(rcps)].join('\n')
    const known = sides.get(text)
    if (known) return known
    const readsRemoved = readAny([...(policy ? [policy] : []), ...rcps.flat()], service, removed)
    const side = { type, grants, rcps, account, readsRemoved, ...(policy && { policy }) }
    sides.set(text, side)
    return side
  })
}

/**
 * Whether a statement of these policies reads one of the tag keys (lower-case), on either side of a comparison; a policy
 * that was not read may.
 */
export function readAny(policies: readonly CasePolicy[], service: Service, tagKeys: ReadonlySet<string>): boolean {
  const isRead = (tagKey: string) => tagKeys.has(tagKey)
  return policies.some(
    (policy) =>
      policy === 'unread' || prepare(policy, service).some((statement) => tagKeysRead(statement, service).some(isRead)),
  )
}

const texts = new WeakMap<object, string>()

/** Equal text, equal value. Made once for each policy, however many resources have it. */
function textOf(value: object | 'unread' | undefined): string {
  if (typeof value !== 'object') return value ?? ''
  const text = texts.get(value) ?? JSON.stringify(value, (_, each) => (each instanceof Map ? [...each] : each))
  texts.set(value, text)
  return text
}
