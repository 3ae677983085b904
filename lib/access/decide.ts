import { actionsOf, holdsBit, type Service, serviceOfAction } from './action-mask.ts'
import type { AccessAnswer, AccessCase, CasePrincipal, CaseResource } from './case.ts'
import { accountOf, hasResource, kindOf, knowing, liveStatement, resourceSide, shapeOf } from './compile.ts'
import { indexTags, type RequestFacts, type RequestKind } from './context.ts'
import { keyFactsFor } from './key-facts.ts'
import { policiesOf, principalSide } from './layers.ts'
import { type Identity, identityOf } from './principal.ts'
import { resolve } from './resolve.ts'
import type { ResourceFacts } from './resource-facts.ts'
import { blocksUntag } from './secrets.ts'
import type { Situation, Verdict } from './situation.ts'
import { onBothSides } from './unread.ts'

export interface DecideOptions {
  /** `open`: a request key that is not listed is a free variable; `closed`: it is missing. */
  readonly context: 'open' | 'closed'
}

/**
 * Decides whether the removal of the case's tags changes whether its principal may do its action: the same request
 * before, and after the removal has reached authorization everywhere (KMS takes up to five minutes).
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/tag-authorization.html
 */
export function decide(accessCase: AccessCase, options: DecideOptions): AccessAnswer {
  const verdictOn = (action: string) => verdictOf(situationOf({ ...accessCase, action }, options))
  const { flipped, ...verdict } = verdictOn(accessCase.action)
  const answer: AccessAnswer = { id: accessCase.id, ...verdict, because: flipped }
  const isSecretUntag = accessCase.action === 'secretsmanager:UntagResource'
  return isSecretUntag ? { ...answer, awsBlocksUntag: blocksUntag(({ name }) => verdictOn(name)) } : answer
}

function verdictOf(situation: Situation | string): Verdict {
  if (typeof situation !== 'string') return resolve(situation)
  return { before: 'unknown', after: 'unknown', effect: ['unknown'], flipped: [], reason: situation }
}

const NOBODY =
  'is not the ARN of a user, a role, its session or a root user, or of a session whose role only `roleArn` would tell'

/** What a case hangs on; a sentence when its principal or its action is none that the documents describe. */
export function situationOf(accessCase: AccessCase, options: DecideOptions): Situation | string {
  const { principal, resource, action, scps = [], rcps = [] } = accessCase
  const who = identityOf(principal)
  const service = serviceOfAction(action)
  if (who === undefined) return `\`${principal.arn}\` ${NOBODY}`
  if (service === undefined) return `\`${action}\` is not an action of KMS or Secrets Manager`
  const bit = actionsOf(service).findIndex(({ name }) => name.toLowerCase() === action.toLowerCase())
  if (bit < 0) return `\`${action}\` is not in the Service Authorization Reference`

  const isOnResource = hasResource(action)
  const shape = shapeOf(who, principal, scps.length, service, accountOf(resource.arn))
  const candidates = [
    ...principalSide(policiesOf(principal, scps, who), service),
    ...(isOnResource ? resourceSide(resource, rcps, who, shape) : []),
  ].filter(({ mask }) => holdsBit(mask, bit))
  const request = requestFacts(principal, who, service, kindOf(action), accessCase.context, options)
  const sides = sidesOf({ ...resource, removeTags: accessCase.removeTags }, isOnResource)
  const [before, after] = [knowing(request, sides.before), knowing(request, sides.after)]
  const told = sides.before === sides.after ? candidates.map(onBothSides) : candidates
  return {
    shape: isOnResource ? shape : { ...shape, sides: 'identityOnly' },
    statements: told.flatMap((candidate) => liveStatement(candidate, before, after) ?? []),
    facts: { keyFacts: keyFactsFor(who), aliases: resource.aliases ?? [] },
  }
}

/** What is known of a principal's requests of one kind. */
export function requestFacts(
  { tags, sessionTags }: CasePrincipal,
  who: Identity,
  service: Service,
  kind: RequestKind,
  context: AccessCase['context'],
  options: DecideOptions,
): RequestFacts {
  const principalTags = indexTags(tags)
  const areSessionTagsKnown = sessionTags !== 'unknown'
  return { who, principalTags, areSessionTagsKnown, service, kind, context, isOpen: options.context === 'open' }
}

/**
 * A resource before and after the removal; one and the same where it has none of the tags. Actions that are done to no
 * resource ask about `*`, which has no tags.
 */
export function sidesOf(
  { removeTags, ...resource }: CaseResource & Pick<AccessCase, 'removeTags'>,
  isOnResource: boolean,
): { before: ResourceFacts; after: ResourceFacts } {
  const { arn, aliases = [] } = resource
  const facts = {
    arn,
    told: isOnResource ? resource : undefined,
    subject: isOnResource ? arn : '*',
    aliases: isOnResource ? aliases : [],
    removedTagKeys: removeTags,
  }
  const tags = isOnResource ? [...resource.tags] : []
  const kept = tags.filter(([tagKey]) => !removeTags.includes(tagKey))
  const before = { ...facts, tags: indexTags(tags) }
  return { before, after: kept.length === tags.length ? before : { ...facts, tags: indexTags(kept) } }
}
