import { addHours } from 'date-fns/addHours'
import type { Random } from '../random.ts'
import { type Account, regionState } from '../state.ts'
import { createSecret } from './create.ts'
import { createdAt, forEachPlace, numberOf, type Place, regionsAt } from './place.ts'
import { projectSecretPolicy, sharedSecretPolicy } from './policies.ts'
import { type SecretArchetype, secretArchetypes } from './secret-archetypes.ts'
import { tagsOf } from './tagging.ts'

/** Fills the account with `count` secrets, replicas included. */
export function createSecrets(account: Account, random: Random, count: number, regions: readonly string[]): void {
  forEachPlace(
    secretArchetypes,
    count,
    regions,
    (archetype, place) => createOne(account, random, archetype, place).length,
  )
}

function createOne(account: Account, random: Random, archetype: SecretArchetype, place: Place): string[] {
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
    ...(tagging === 'terraform' && { kmsKeyId: customerKeyIn(account, region) }),
    ...(policy && { resourcePolicy: policies[policy]() }),
    ...(archetype.isRotated && { rotationLambdaArn: `arn:aws:lambda:${region}:${account.id}:function:rotate-${team}` }),
    ...(archetype.hasReplica && nextRegion && place.room > 1 && { replicaRegions: [nextRegion] }),
  })
}

const policies = { project: projectSecretPolicy, shared: sharedSecretPolicy }

/** What the modules of the infrastructure code encrypt with: a key of the company instead of aws/secretsmanager. */
function customerKeyIn(account: Account, region: string): string {
  const { keys } = regionState(account, region)
  const key = [...keys.values()].find(({ manager, usage }) => manager === 'CUSTOMER' && usage === 'ENCRYPT_DECRYPT')
  return key?.arn ?? 'alias/aws/secretsmanager'
}

/** `payments/prod/x` → `payments-2/prod/x`: the end of the name, which may matter, stays. */
function withNumber(name: string, number: string): string {
  return name.replace(/^[a-z]+/, (team) => team + number)
}
