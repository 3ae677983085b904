import { addDays } from 'date-fns/addDays'
import { z } from 'zod'
import { resourceStates } from '../../resource.ts'
import { accountOf } from '../principals.ts'
import { arnIn } from '../secrets/find-secret.ts'
import { changeTags, type Key, type RegionState, regionState, type Secret } from '../state.ts'
import type { World } from '../world.ts'

/** A resource as tests see it, without AWS in between. */
export interface ResourceView {
  readonly arn: string
  readonly type: 'key' | 'secret'
  readonly region: string
  readonly name: string
  /** A key's KeyState; a secret is Active or PendingDeletion. */
  readonly state: string
  readonly manager: string
  readonly tags: Readonly<Record<string, string>>
}

/** A change that somebody else makes, past all of AWS's checks. */
export const resourceChange = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('putTag'), arn: z.string(), key: z.string().min(1), value: z.string() }),
  z.strictObject({ do: z.literal('deleteTag'), arn: z.string(), key: z.string().min(1) }),
  z.strictObject({ do: z.literal('setState'), arn: z.string(), state: z.enum([...resourceStates, 'Active']) }),
  z.strictObject({ do: z.literal('delete'), arn: z.string() }),
])

export type ResourceChange = z.infer<typeof resourceChange>

/** All resources of all accounts, AWS managed keys and replicas included. */
export function listResources(world: World): ResourceView[] {
  return [...world.accounts.values()].flatMap(({ regions }) =>
    [...regions].flatMap(([region, { keys, aliases, secrets }]) => {
      const aliasOf = new Map([...aliases.values()].map(({ targetKeyId, name }) => [targetKeyId, name]))
      return [
        ...[...keys.values()].map((key) => viewKey(key, aliasOf.get(key.id))),
        ...[...secrets.values()].map((secret) => viewSecret(secret, region)),
      ]
    }),
  )
}

/** The resource, or undefined. */
export function viewResource(world: World, arn: string): ResourceView | undefined {
  const found = find(world, arn)
  if (found?.key) return viewKey(found.key)
  return found?.secret && viewSecret(found.secret, found.region)
}

/** Makes the change; false when there is no such resource. */
export function changeResource(world: World, change: ResourceChange): boolean {
  const found = find(world, change.arn)
  const resource = found?.key ?? found?.secret
  if (!found || !resource) return false
  switch (change.do) {
    case 'putTag':
      changeTags(resource, new Map([...resource.tags, [change.key, change.value]]))
      break
    case 'deleteTag':
      changeTags(resource, new Map([...resource.tags].filter(([tagKey]) => tagKey !== change.key)))
      break
    case 'setState':
      if (found.key && change.state !== 'Active') setKeyState(found.key, change.state)
      if (found.secret) setSecretState(found.secret, change.state)
      break
    case 'delete':
      if (found.key) found.state.keys.delete(found.key.id)
      if (found.secret) found.state.secrets.delete(found.secret.name)
  }
  return true
}

function setKeyState(key: Key, state: Key['state']): void {
  key.state = state
  if (state === 'PendingDeletion') key.deletionAt = addDays(new Date(), 30)
  else delete key.deletionAt
}

function setSecretState(secret: Secret, state: string): void {
  if (state === 'Active') delete secret.deletedAt
  else secret.deletedAt = new Date()
}

function find(
  world: World,
  arn: string,
): { region: string; state: RegionState; key?: Key; secret?: Secret } | undefined {
  const [, , service, region = '', accountId = ''] = arn.split(':')
  if (!world.accounts.has(accountId)) return undefined
  const state = regionState(accountOf(world.accounts, accountId), region)
  if (service === 'kms') {
    const key = state.keys.get(arn.split('key/')[1] ?? '')
    return key && { region, state, key }
  }
  const secret = [...state.secrets.values()].find((candidate) => arnIn(candidate, region) === arn)
  return secret && { region, state, secret }
}

function viewKey(key: Key, alias?: string): ResourceView {
  const { arn, region, state, manager, id, tags } = key
  return { arn, type: 'key', region, name: alias ?? id, state, manager, tags: Object.fromEntries(tags) }
}

function viewSecret(secret: Secret, region: string): ResourceView {
  const { name, deletedAt, owningService, tags } = secret
  return {
    arn: arnIn(secret, region),
    type: 'secret',
    region,
    name,
    state: deletedAt ? 'PendingDeletion' : 'Active',
    manager: owningService ?? 'CUSTOMER',
    tags: Object.fromEntries(tags),
  }
}
