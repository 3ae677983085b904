import { pickCharacters, type Random } from '../random.ts'
import type { KeySpec, ResourceSpec, SecretSpec } from '../resource-spec.ts'
import type { Account } from '../state.ts'
import { createKey, createSecret } from './create.ts'

/** Puts one resource of an exact list into its account; the ARNs, the primary's first. */
export function createSpecified(account: Account, random: Random, spec: ResourceSpec): string[] {
  return spec.type === 'key' ? specifiedKey(account, random, spec) : specifiedSecret(account, random, spec)
}

function specifiedKey(account: Account, random: Random, spec: KeySpec): string[] {
  const { region, description, state, manager, alias, aliases, keySpec, keyUsage, origin, policy, replicaRegions } =
    spec
  const tags = new Map(Object.entries(spec.tags))
  return createKey(account, random, {
    region,
    description,
    state,
    manager,
    tags,
    origin,
    spec: keySpec,
    usage: keyUsage,
    aliases: alias ? [alias, ...aliases] : aliases,
    replicas: new Map(replicaRegions.map((replicaRegion) => [replicaRegion, tags])),
    grants: spec.grants.map((grant) => grantOf(account, random, grant)),
    ...(policy && { policy: JSON.stringify(policy) }),
  })
}

function specifiedSecret(account: Account, random: Random, spec: SecretSpec): string[] {
  const { type: _, accountId: __, policy, tags, ...plan } = spec
  return createSecret(account, random, {
    ...plan,
    tags: new Map(Object.entries(tags)),
    ...(policy && { resourcePolicy: JSON.stringify(policy) }),
  })
}

function grantOf(account: Account, random: Random, grant: KeySpec['grants'][number]) {
  const { granteePrincipal, retiringPrincipal, operations, constraints } = grant
  const { encryptionContextEquals, encryptionContextSubset } = constraints ?? {}
  return {
    GrantId: pickCharacters(random, '0123456789abcdef', 64),
    CreationDate: new Date('2024-03-01T08:00:00Z'),
    GranteePrincipal: granteePrincipal,
    IssuingAccount: `arn:aws:iam::${account.id}:root`,
    Operations: operations,
    ...(retiringPrincipal && { RetiringPrincipal: retiringPrincipal }),
    ...(constraints && {
      Constraints: {
        ...(encryptionContextEquals && { EncryptionContextEquals: encryptionContextEquals }),
        ...(encryptionContextSubset && { EncryptionContextSubset: encryptionContextSubset }),
      },
    }),
  }
}
