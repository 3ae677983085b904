import type { OpenOutcome, Outcome } from './outcome.ts'

type OneOrMore = string | readonly string[]
type Document = { readonly Version?: string; readonly Statement: readonly Statement[] }
export type Conditions = Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>
export type Statement = Readonly<Record<string, unknown>>

interface Principal {
  readonly arn: string
  readonly roleArn?: string
  readonly userId?: string
  readonly tags: Readonly<Record<string, string>>
  readonly sessionTags?: 'unknown'
  readonly identityPolicies: readonly Document[]
  readonly groups?: readonly { readonly name: string; readonly policies: readonly Document[] }[]
  readonly boundary?: Document
  readonly sessionPolicy?: Document
}

interface Grant {
  readonly grantId: string
  readonly granteePrincipal: string
  readonly retiringPrincipal?: string
  readonly operations: readonly string[]
  readonly constraints?: object
}

interface Resource {
  readonly arn: string
  readonly type: 'kms-key' | 'secret'
  readonly tags: Readonly<Record<string, string>>
  readonly policy: Document | null
  readonly aliases?: readonly string[]
  readonly grants?: readonly Grant[]
  readonly keySpec?: string
  readonly keyUsage?: string
  readonly keyOrigin?: string
  readonly multiRegion?: boolean
  readonly multiRegionKeyType?: string
  readonly primaryRegion?: string
}

/** One request and what is expected of it; `from` completes it to a case. */
interface Rule {
  readonly principal: Principal
  readonly resource: Resource
  /** `kms:Decrypt` of a key, `secretsmanager:GetSecretValue` of a secret, if absent. */
  readonly action?: string
  readonly scps?: readonly (readonly Document[])[]
  readonly rcps?: readonly (readonly Document[])[]
  readonly context?: Readonly<Record<string, OneOrMore>>
  /** What was not read: `scps`, `principal.boundary`, … */
  readonly unread?: readonly string[]
  /** The session's ARN alone does not tell what the answer hangs on: the path of its role. */
  readonly isRoleUntold?: true
  /** The tag `team`, if absent. */
  readonly removeTags?: readonly string[]
  readonly closed?: Outcome
  readonly open?: OpenOutcome
  readonly awsBlocksUntag?: boolean | 'unknown'
}

export interface Case extends Rule {
  readonly rule: string
  readonly source: string
}

export const ACCOUNT = '111122223333'
export const ROOT = `arn:aws:iam::${ACCOUNT}:root`
export const APP = `arn:aws:iam::${ACCOUNT}:role/app`
export const APP_SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/app/alice`
export const ALICE = `arn:aws:iam::${ACCOUNT}:user/alice`
export const OTHER_ACCOUNT = '444455556666'
export const OTHER_ROOT = `arn:aws:iam::${OTHER_ACCOUNT}:root`
export const OTHER_APP = `arn:aws:iam::${OTHER_ACCOUNT}:role/app`
export const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`
export const SECRET = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:blue/api-Zx81Qa`
export const TEAM = 'aws:ResourceTag/team'

/** The cases of one source, in words. */
export function from(page: string, rules: Readonly<Record<string, Rule>>): readonly Case[] {
  return Object.entries(rules).map(([rule, request]) => ({ rule, source: page, ...request }))
}

const statement =
  (Effect: string) =>
  (Action: OneOrMore, Condition?: Conditions): Statement => ({
    Effect,
    Action,
    Resource: '*',
    ...(Condition && { Condition }),
  })
export const allow = statement('Allow')
export const deny = statement('Deny')

/** The tag `team` of the resource has one of the values. */
export const teamIs = (...values: string[]): Conditions => ({ StringEquals: { [TEAM]: values } })
/** It has none of them, or is not there. */
export const teamIsNot = (...values: string[]): Conditions => ({ StringNotEquals: { [TEAM]: values } })
export const teamIsMissing: Conditions = { Null: { [TEAM]: 'true' } }
export const teamIsPresent: Conditions = { Null: { [TEAM]: 'false' } }

/** `to(APP, allow(…))`: the statement of a resource policy. */
export const to = (AWS: OneOrMore, rest: Statement): Statement => ({ ...rest, Principal: AWS === '*' ? '*' : { AWS } })
/** The same with NotPrincipal. */
export const toAllBut = (AWS: OneOrMore, rest: Statement): Statement => ({ ...rest, NotPrincipal: { AWS } })
/** The statement for these resources alone. */
export const on = (Resource: OneOrMore, rest: Statement): Statement => ({ ...rest, Resource })
/** The same with NotResource. */
export const onAllBut = (NotResource: OneOrMore, { Resource, ...rest }: Statement): Statement => ({
  ...rest,
  NotResource,
})
/** The statement for all actions but its own: NotAction. */
export const allButActions = ({ Action, ...rest }: Statement): Statement => ({ ...rest, NotAction: Action })

/** A policy in whose texts variables are read. */
export const policy = (...Statement: Statement[]): Document => ({ Version: '2012-10-17', Statement })
/** A policy in which a variable is text. */
export const policyOf2008 = (...Statement: Statement[]): Document => ({ Version: '2008-10-17', Statement })
/** A policy that means the same as one of 2008. */
export const policyWithoutVersion = (...Statement: Statement[]): Document => ({ Statement })

const principal =
  (arn: string) =>
  (...statements: Statement[]): Principal => ({
    arn,
    tags: {},
    identityPolicies: statements.length > 0 ? [policy(...statements)] : [],
  })
export const role = principal(APP)
export const session = principal(APP_SESSION)
export const user = principal(ALICE)
export const rootUser = principal(ROOT)
export const otherRole = principal(OTHER_APP)
export const serviceLinkedRole = principal(
  `arn:aws:iam::${ACCOUNT}:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS`,
)
/** The principal with effective tags. */
export const tagged = (tags: Readonly<Record<string, string>>, whom: Principal): Principal => ({ ...whom, tags })

/** The statement by which the key's account lets its IAM policies decide. */
export const delegation = to(ROOT, allow('kms:*'))

/** A KMS key; its policy leaves it to the account's IAM policies unless another is given. */
export function key(tags: Readonly<Record<string, string>>, more: Partial<Resource> = {}): Resource {
  return { arn: KEY, type: 'kms-key', tags, policy: policy(delegation), ...more }
}

/** A secret, with a resource policy if there are statements for it. */
export function secret(tags: Readonly<Record<string, string>>, ...statements: Statement[]): Resource {
  return { arn: SECRET, type: 'secret', tags, policy: statements.length > 0 ? policy(...statements) : null }
}

/** A grant on the key of the case. */
export function grant(granteePrincipal: string, operations: readonly string[], constraints?: object): Grant {
  return { grantId: 'g1', granteePrincipal, operations, ...(constraints && { constraints }) }
}

/** The case as the impact command reads it. */
export function impactCase(
  id: string,
  { rule: _, source: __, isRoleUntold, closed, open, awsBlocksUntag, unread = [], ...request }: Case,
): object {
  const action = request.resource.type === 'secret' ? 'secretsmanager:GetSecretValue' : 'kms:Decrypt'
  const read: object = { id, action, removeTags: ['team'], ...request }
  return unread.reduce((document, path) => withoutReading(document, path.split('.')), read)
}

function withoutReading(document: object, [name = '', ...rest]: readonly string[]): object {
  const members = new Map<string, unknown>(Object.entries(document))
  const member = members.get(name)
  const inner = typeof member === 'object' && member !== null ? member : {}
  members.set(name, rest.length === 0 ? 'unread' : withoutReading(inner, rest))
  return Array.isArray(document) ? [...members.values()] : Object.fromEntries(members)
}
