import type { CasePolicy, CaseResource } from '../access/case.ts'
import type { ResourceFacts, StoredGrant } from '../impact-facts.ts'
import { caseGrant } from '../principals/parse-resource.ts'
import type { ResourceType } from '../resource.ts'

/** A key or secret as it was read: what a plan keeps of it, and what stands on its side. */
export interface KnownResource {
  readonly arn: string
  readonly type: ResourceType
  readonly region: string
  /** Of a secret that is a replica. */
  readonly primaryRegion: string | null
  readonly facts: ResourceFacts
  readonly policy: CasePolicy | undefined
  /** Null: not read. */
  readonly aliases: readonly string[] | null
  /** Null: they cannot matter. */
  readonly grants: readonly (StoredGrant | 'unread')[] | null
}

/** A resource for the access engine, with the tags that it has. */
export function caseResourceOf({ arn, type, policy, facts, ...known }: KnownResource): CaseResource {
  const common = { arn, tags: new Map(facts.tags.map(({ key, value }) => [key, value])), ...(policy && { policy }) }
  if (type === 'secret') return { ...common, type, primaryRegion: known.primaryRegion ?? known.region }
  const { keySpec, keyUsage, keyOrigin, multiRegion, multiRegionKeyType } = facts
  return {
    ...common,
    type: 'kms-key',
    aliases: known.aliases ?? [],
    grants: (known.grants ?? []).map(caseGrant),
    ...(keySpec !== null && { keySpec }),
    ...(keyUsage !== null && { keyUsage }),
    ...(keyOrigin !== null && { keyOrigin }),
    ...(multiRegion !== null && { multiRegion }),
    ...(multiRegionKeyType !== null && { multiRegionKeyType }),
  }
}
