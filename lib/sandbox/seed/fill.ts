import type { Random } from '../random.ts'
import { regionsByUse } from '../regions.ts'
import type { ResourceSpec } from '../settings.ts'
import type { Account } from '../state.ts'
import { createAwsManagedKeys } from './aws-managed.ts'
import { createKeys } from './company-keys.ts'
import { createSecrets } from './company-secrets.ts'
import { createKey, createSecret } from './create.ts'

interface Fill {
  readonly random: Random
  readonly resources: number
  readonly regions: number
  readonly exactly: readonly ResourceSpec[] | undefined
}

/**
 * Fills the account: with the demo's company, half keys, half secrets, or with exactly the listed resources and
 * nothing else. The ARNs of an exact list come back in its order, replicas behind their primary.
 */
export function fillAccount(account: Account, { random, resources, regions, exactly }: Fill): string[] {
  if (exactly) return exactly.flatMap((spec) => createSpecified(account, random, spec))
  const used = regionsByUse.slice(0, regions)
  for (const region of used) createAwsManagedKeys(account, random, region)
  createKeys(account, random, Math.ceil(resources / 2), used)
  createSecrets(account, random, Math.floor(resources / 2), used)
  return []
}

function createSpecified(account: Account, random: Random, spec: ResourceSpec): string[] {
  const tags = new Map(Object.entries(spec.tags))
  if (spec.type === 'key') {
    const { alias, replicaRegions, region, description, state, manager } = spec
    const replicas = new Map(replicaRegions.map((replicaRegion) => [replicaRegion, tags]))
    const aliases = alias ? [alias] : []
    return createKey(account, random, { region, description, state, manager, tags, replicas, aliases })
  }
  const { type: _, owningService, ...plan } = spec
  return createSecret(account, random, { ...plan, tags, ...(owningService && { owningService }) })
}
