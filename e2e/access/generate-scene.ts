import { actions as allActions } from '#lib/access/actions.ts'
import {
  account,
  otherAccount,
  type PrincipalKind,
  principals,
  type Service,
  services,
  tagKeys,
  tagValues,
} from './alphabet.ts'
import { type ContextKey, requestKeys } from './alphabet-context.ts'
import type { CaseFile, Layer } from './case-file.ts'
import type { Dice } from './dice.ts'
import type { Plot } from './generate-layers.ts'
import type { Scene } from './generate-policy.ts'
import { operatorNames } from './operators.ts'

export interface CaseKind {
  service: Service
  /** Closed: what conditions ask for stands in the case or is missing. Open: up to four request keys stay free. */
  context: 'closed' | 'open'
}

/** Which policies let the request through. */
export interface Way {
  identity: boolean
  resource: boolean
  delegation: boolean
  grant: boolean
}

export const isRole = (kind: PrincipalKind) => kind === 'role' || kind === 'session'

export function generateScene(dice: Dice, service: Service, context: CaseKind['context']): Scene {
  const principalKind = dice.weighted<PrincipalKind>({ role: 9, session: 5, user: 6, root: 1, serviceLinked: 1 })
  const principalAccount =
    (isRole(principalKind) || principalKind === 'user') && dice.chance(0.1) ? otherAccount : account
  const action = generateAction(dice, service)
  const tags = generateTags(dice, 0.85)
  const removable = Object.keys(tags)
  const removeTags =
    removable.length === 0 || dice.chance(0.03) ? ['TEAM'] : dice.some(removable, 1, dice.chance(0.2) ? 2 : 1)
  const isUntag = action.endsWith(':UntagResource')
  const hasUnknownTags = context === 'open' && isRole(principalKind) && dice.chance(0.08)
  const askable = requestKeys.filter((key) => key.service === undefined || key.service === service)
  const free = context === 'closed' ? askable : dice.some(askable, 1, hasUnknownTags ? 1 : 3)
  return {
    service,
    action,
    principalKind,
    principalAccount,
    principal: {
      arn: principals[principalKind].arn.replace('%', principalAccount),
      tags: hasUnknownTags ? { team: dice.one(tagValues), env: dice.one(tagValues) } : generateTags(dice, 0.5),
    },
    ...(hasUnknownTags && { sessionTags: 'unknown' }),
    resource: {
      tags,
      ...(service === 'kms' && dice.chance(0.5) && { aliases: dice.some(['alias/app', 'alias/two'], 1, 2) }),
    },
    removeTags,
    requestKeys: isUntag ? [...free, untagKeys] : free,
    context: context === 'closed' ? {} : undefined,
    fixed: isUntag ? { [untagKeys.name]: removeTags } : {},
  }
}
/** The keys of the tags that an untag names are known, also in an open context. */
const untagKeys: ContextKey = {
  name: 'aws:TagKeys',
  type: 'string',
  isMultivalued: true,
  values: tagKeys,
  patterns: ['*e*'],
}

/** The few that have rules of their own, at times any other. */
function generateAction(dice: Dice, service: Service): string {
  const { actions, resourceless } = services[service]
  const kind = dice.weighted({ usual: 85, any: 13, resourceless: 2 })
  return kind === 'usual'
    ? dice.one(actions)
    : kind === 'resourceless'
      ? resourceless
      : (dice.one(others[service]) ?? resourceless)
}
const others: Record<Service, readonly string[]> = { kms: actionsOn('key'), secretsmanager: actionsOn('secret') }

function actionsOn(type: 'key' | 'secret'): string[] {
  return allActions.filter(({ resourceTypes }) => resourceTypes.includes(type)).map(({ name }) => name)
}

function generateTags(dice: Dice, share: number): Record<string, string> {
  const tags = Object.fromEntries(tagKeys.filter(() => dice.chance(share)).map((key) => [key, dice.one(tagValues)]))
  // Two tags that differ only by case: what a condition reads then is not documented.
  return dice.chance(0.01) ? { ...tags, Team: dice.one(tagValues) } : tags
}

export function generatePlot(dice: Dice, { service, principalKind: kind }: Scene): Plot {
  const layer = dice.weighted<Layer>({
    identity: kind === 'root' ? 0 : 5,
    group: kind === 'user' ? 12 : 0,
    boundary: isRole(kind) || kind === 'user' ? 3 : 0,
    session: isRole(kind) ? 4 : 0,
    scp: kind === 'serviceLinked' ? 0.5 : 4,
    rcp: kind === 'serviceLinked' ? 0.5 : 4,
    resource: service === 'kms' ? 1 : 6,
  })
  const effect = layer === 'rcp' || dice.chance(0.45) ? 'Deny' : 'Allow'
  return { layer, effect, operator: dice.one(operatorNames) ?? 'Null' }
}

export function generateWay(dice: Dice, { service, principalKind, principalAccount }: Scene, { layer }: Plot): Way {
  const ways: Record<string, Way> = {
    identity: { identity: true, resource: false, delegation: true, grant: false },
    resource: { identity: false, resource: true, delegation: false, grant: false },
    both: { identity: true, resource: true, delegation: true, grant: false },
    grant: { identity: layer === 'identity', resource: false, delegation: layer === 'identity', grant: true },
    undelegated: { identity: true, resource: false, delegation: false, grant: false },
  }
  const isCross = principalAccount === otherAccount
  const isByIdentity = ['identity', 'group', 'boundary', 'session'].includes(layer)
  const name = dice.weighted({
    identity: 6,
    resource: isCross || isByIdentity ? 0.3 : 3,
    both: isCross ? 30 : 1,
    grant: service === 'kms' ? 2 : 0,
    undelegated: service === 'kms' ? 0.2 : 0,
  })
  const way = ways[principalKind === 'root' ? 'identity' : name] ?? ways.identity
  const { identity = true, resource = false, delegation = true, grant = false } = way ?? {}
  return {
    identity: identity && principalKind !== 'root',
    resource,
    delegation: delegation && service === 'kms',
    grant,
  }
}

/** Keys that are one fact under several names agree, as in any request that AWS would see. */
export function linkedContext({ context, fixed, resource }: Scene): NonNullable<CaseFile['context']> {
  const linked = { ...context, ...fixed }
  const encryption = linked['kms:EncryptionContext:app']
  const names = linked['kms:EncryptionContextKeys']
  if (encryption !== undefined)
    linked['kms:EncryptionContextKeys'] = ['app', ...(names?.includes('zone') ? ['zone'] : [])]
  else if (names?.includes('app')) linked['kms:EncryptionContext:app'] = 'x'
  if (linked['kms:EncryptionContextKeys']?.includes('zone')) linked['kms:EncryptionContext:zone'] = 'z'
  const now = linked['aws:CurrentTime'] ?? linked['aws:EpochTime']
  if (typeof now === 'string') Object.assign(linked, instantsOf(now))
  if (linked['aws:MultiFactorAuthAge'] !== undefined) linked['aws:MultiFactorAuthPresent'] = 'true'
  const alias = linked['kms:RequestAlias']
  if (typeof alias === 'string' && !resource.aliases?.includes(alias)) delete linked['kms:RequestAlias']
  return linked
}

function instantsOf(instant: string): Record<string, string> {
  const ms = /^\d+$/.test(instant) ? Number(instant) * 1000 : Date.parse(instant)
  return { 'aws:CurrentTime': new Date(ms).toISOString().replace('.000', ''), 'aws:EpochTime': String(ms / 1000) }
}
