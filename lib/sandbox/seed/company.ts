import { addHours } from 'date-fns/addHours'
import { pickUuid, type Random } from '../random.ts'
import type { Account } from '../state.ts'
import { createKey, createSecret } from './create.ts'
import { type KeyArchetype, keyArchetypes } from './key-archetypes.ts'
import {
  closedKeyPolicy,
  defaultKeyPolicy,
  projectSecretPolicy,
  sharedSecretPolicy,
  teamKeyPolicy,
} from './policies.ts'
import { type SecretArchetype, secretArchetypes } from './secret-archetypes.ts'
import { tagsOf } from './tagging.ts'

/** Where in the growing company a resource stands: its number among the archetypes, and the Regions in use. */
interface Place {
  readonly index: number
  readonly round: number
  readonly regions: readonly string[]
  /** How many more rows may be made; a replica needs one of its own. */
  readonly room: number
}

// The company began then, and has made a resource every few hours since.
const founded = new Date('2021-04-06T07:00:00Z')
const hoursBetween = 5.5

/** Fills the account with `count` keys, replicas included. */
export function createKeys(account: Account, random: Random, count: number, regions: readonly string[]): void {
  for (let made = 0, index = 0; made < count; index++) {
    const archetype = keyArchetypes[index % keyArchetypes.length]
    if (!archetype) return
    const round = Math.floor(index / keyArchetypes.length)
    made += createArchetypeKey(account, random, archetype, { index, round, regions, room: count - made }).length
  }
}

/** Fills the account with `count` secrets, replicas included. */
export function createSecrets(account: Account, random: Random, count: number, regions: readonly string[]): void {
  for (let made = 0, index = 0; made < count; index++) {
    const archetype = secretArchetypes[index % secretArchetypes.length]
    if (!archetype) return
    const round = Math.floor(index / secretArchetypes.length)
    made += createArchetypeSecret(account, random, archetype, { index, round, regions, room: count - made }).length
  }
}

function createArchetypeKey(account: Account, random: Random, archetype: KeyArchetype, place: Place): string[] {
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

function createArchetypeSecret(account: Account, random: Random, archetype: SecretArchetype, place: Place): string[] {
  const { team, app, env, name, tagging, odd, owningService, policy } = archetype
  const [region, nextRegion] = regionsAt(place)
  const number = numberOf(place)
  const made = createdAt(place)
  const tags = new Map(tagsOf({ team, app: app + number, env }, tagging, odd))
  if (owningService) tags.set('aws:secretsmanager:owningService', owningService)
  if (owningService === 'rds') {
    tags.set('aws:rds:primaryDBInstanceArn', `arn:aws:rds:${region}:${account.id}:db:${team}-${app}${number}`)
  }
  return createSecret(account, random, {
    region,
    // Ids of services get the number in their last digits, names of people at their front.
    name: name.includes('#')
      ? name.replace(/0*#/, (zeros) => String(place.round).padStart(zeros.length, '0'))
      : withNumber(name, number),
    tags,
    description: owningService ? `Secret managed by ${owningService}` : `${app}${number} (${env})`,
    createdAt: made,
    isDeleted: archetype.isDeleted ?? false,
    ...(!archetype.isUnused && { accessedAt: addHours(made, 1_000) }),
    ...(owningService && { owningService }),
    ...(policy && { resourcePolicy: policy === 'project' ? projectSecretPolicy() : sharedSecretPolicy() }),
    ...(archetype.isRotated && { rotationLambdaArn: `arn:aws:lambda:${region}:${account.id}:function:rotate-${team}` }),
    ...(archetype.hasReplica && nextRegion && place.room > 1 && { replicaRegions: [nextRegion] }),
  })
}

const policies = { closed: closedKeyPolicy, default: defaultKeyPolicy, team: teamKeyPolicy }

function regionsAt({ index, regions }: Place): [string, string | undefined] {
  const region = regions[index % regions.length] ?? 'eu-central-1'
  return [region, regions.length > 1 ? regions[(index + 1) % regions.length] : undefined]
}

function numberOf({ round }: Place): string {
  return round === 0 ? '' : `-${round + 1}`
}

/** `payments/prod/x` → `payments-2/prod/x`: the end of the name, which may matter, stays. */
function withNumber(name: string, number: string): string {
  return name.replace(/^[a-z]+/, (team) => team + number)
}

function createdAt({ index }: Place): Date {
  // Stays in the past for any number of resources.
  return addHours(founded, (index * hoursBetween) % 40_000)
}

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
