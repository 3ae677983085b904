import type { Document, Facts, Judgement, OneOrMany, Statement } from './facts.ts'

export const ACCOUNT = '111122223333'
export const OTHER_ACCOUNT = '444455556666'
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/team/app`
export const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/app/kim`
export const USER = `arn:aws:iam::${ACCOUNT}:user/grace`
export const ROOT = `arn:aws:iam::${ACCOUNT}:root`
export const KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`
export const SECRET = `arn:aws:secretsmanager:eu-central-1:${ACCOUNT}:secret:pay/db-AbCdEf`

/** A statement for everything, as far as nothing else is said. */
export function allow(more: Partial<Statement> = {}): Statement {
  return {
    Effect: 'Allow',
    ...(more.NotAction === undefined && { Action: '*' }),
    ...(more.NotResource === undefined && { Resource: '*' }),
    ...more,
  }
}

/** The same, denied. */
export function deny(more: Partial<Statement> = {}): Statement {
  return { ...allow(more), Effect: 'Deny' }
}

/** A document of the current version. */
export function policy(...statements: Statement[]): Document {
  return { Version: '2012-10-17', Statement: statements }
}

/** The Principal element for ARNs and account ids. */
export function aws(...principals: string[]): { AWS: string[] } {
  return { AWS: principals }
}

export const everything = policy(allow())
export const nothing = policy(allow({ Action: 'none:None' }))
export const delegating = policy(allow({ Principal: aws(ROOT) }))

/** What a row of a table says about a case; the rest is a role that may do nothing and a key that trusts its account. */
export interface Situation {
  arn?: string
  roleArn?: string
  principalTags?: Record<string, string>
  identity?: Document[]
  groups?: { name: string; policies: Document[] }[]
  boundary?: Document
  session?: Document[]
  scps?: Document[][]
  rcps?: Document[][]
  type?: Facts['resource']['type']
  resource?: Partial<Facts['resource']>
  userId?: string
  policy?: Document | null
  tags?: Record<string, string>
  action?: string
  context?: Facts['context']
}

const resourceArn = { 'kms-key': KEY, secret: SECRET, role: ROLE, other: '*' } as const
const usualAction = {
  'kms-key': 'kms:Decrypt',
  secret: 'secretsmanager:GetSecretValue',
  role: 'sts:AssumeRole',
  other: 'kms:ListKeys',
} as const

/** The facts of a situation. */
export function factsOf(situation: Situation): Facts {
  const { type = 'kms-key', boundary, session, groups, roleArn, scps, rcps } = situation
  const arn = situation.arn ?? ROLE
  return {
    principal: {
      arn,
      ...(roleArn !== undefined && { roleArn }),
      ...(situation.userId !== undefined && { userId: situation.userId }),
      tags: situation.principalTags ?? {},
      identityPolicies: situation.identity ?? [],
      ...(groups && { groups }),
      ...(boundary && { boundary }),
      ...(session && { sessionPolicies: session }),
    },
    ...(scps && { scps }),
    ...(rcps && { rcps }),
    resource: {
      arn: resourceArn[type],
      type,
      tags: situation.tags ?? {},
      policy: situation.policy === undefined && type === 'kms-key' ? delegating : (situation.policy ?? null),
      ...situation.resource,
    },
    action: situation.action ?? usualAction[type],
    context: situation.context ?? {},
  }
}

/** A role whose only permission hangs on this condition, on a key that trusts its account. */
export function onCondition(
  operator: string,
  contextKey: string,
  values: OneOrMany<string | number | boolean>,
  more: Situation = {},
): Situation {
  return { ...more, identity: [policy(allow({ Condition: { [operator]: { [contextKey]: values } } }))] }
}

/** One row: the rule in words, the page that says so, the situation, what is to come out. */
export type Row = readonly [rule: string, source: string, situation: Situation, outcome: Outcome]
export type Outcome = Judgement['decision'] | `${Judgement['decision']} ${Judgement['layer']}` | 'undocumented'

/** The judgement in the words of the row's outcome. */
export function inWordsOf(outcome: Outcome, { decision, layer, undocumented }: Judgement): Outcome {
  if (undocumented !== undefined) return 'undocumented'
  return outcome.includes(' ') ? `${decision} ${layer}` : decision
}
