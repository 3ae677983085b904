import { pickUuid, type Random } from '../random.ts'
import type { Account } from '../state.ts'
import { createKey } from './create.ts'
import { type KeyArchetype, keyArchetypes } from './key-archetypes.ts'
import { createdAt, forEachPlace, numberOf, type Place, regionsAt } from './place.ts'
import { closedKeyPolicy, defaultKeyPolicy, sharedKeyPolicy, teamKeyPolicy } from './policies.ts'
import { tagsOf } from './tagging.ts'

/** Fills the account with `count` keys, replicas included. */
export function createKeys(account: Account, random: Random, count: number, regions: readonly string[]): void {
  forEachPlace(keyArchetypes, count, regions, (archetype, place) => createOne(account, random, archetype, place).length)
}

function createOne(account: Account, random: Random, archetype: KeyArchetype, place: Place): string[] {
  const { team, app, env, tagging, odd, replica } = archetype
  const [region, nextRegion] = regionsAt(place)
  const numbered = app + numberOf(place)
  const subject = { team, app: numbered, env }
  const isReplicated = replica && nextRegion && place.room > 1
  return createKey(account, random, {
    ...archetype.is,
    region,
    tags: tagsOf(subject, tagging, odd),
    aliases: aliasesOf(archetype, numbered),
    description: archetype.isUndescribed ? '' : `${team}: encrypts ${numbered} (${env})`,
    policy: policies[archetype.policy ?? 'team'](account.id, team),
    createdAt: createdAt(place),
    ...(isReplicated && { replicas: new Map([[nextRegion, tagsOf(subject, replica)]]) }),
    ...(archetype.isGranted && { grants: grantsOf(account, random, createdAt(place)) }),
  })
}

const policies = { closed: closedKeyPolicy, default: defaultKeyPolicy, shared: sharedKeyPolicy, team: teamKeyPolicy }

function aliasesOf({ aliases, team, env }: KeyArchetype, app: string): string[] {
  const alias = `alias/${team}/${env}/${app}`
  switch (aliases) {
    case 'none':
      return []
    case 'two':
      return [alias, `alias/${app}`]
    case 'long':
      return [`${alias}/${'owned-by-the-team-that-was-formerly-called-insights-'.repeat(5)}`.slice(0, 256)]
    default:
      return [alias]
  }
}

function grantsOf(account: Account, random: Random, createdAt: Date) {
  const role = (path: string) => `arn:aws:iam::${account.id}:role/${path}`
  return [
    {
      GrantId: pickUuid(random).replaceAll('-', '').repeat(2),
      Name: 'autoscaling-volumes',
      CreationDate: createdAt,
      GranteePrincipal: role('aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling'),
      IssuingAccount: `arn:aws:iam::${account.id}:root`,
      Operations: ['Decrypt' as const, 'GenerateDataKeyWithoutPlaintext' as const, 'CreateGrant' as const],
    },
    {
      GrantId: pickUuid(random).replaceAll('-', '').repeat(2),
      CreationDate: createdAt,
      GranteePrincipal: role('backup-restore'),
      RetiringPrincipal: role('platform-admin'),
      IssuingAccount: `arn:aws:iam::${account.id}:root`,
      Operations: ['Decrypt' as const, 'DescribeKey' as const],
      Constraints: { EncryptionContextSubset: { 'aws:backup:vault': 'main' } },
    },
  ]
}
