import { parseArn } from '#lib/arn.ts'
import type { PolicyFile } from '../case-file.ts'

export const own = '111122223333'
export const partner = '444455556666'
/** Of the organization that `own` is in and `partner` is not. */
export const management = '999900001111'

export const key = ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey', 'kms:ListResourceTags']
export const secret = ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret', 'secretsmanager:Get*Policy']
export const use = [...key, ...secret]

type Conditions = Readonly<Record<string, Readonly<Record<string, string | string[]>>>>
type Rest = Readonly<Record<string, unknown>>

/** A policy document as AWS takes it; elements may be one value where a case spells lists. */
export function policy(...Statement: object[]): PolicyFile & Record<string, unknown> {
  return { Version: '2012-10-17', Statement: Statement as PolicyFile['Statement'] }
}

export function allow(Action: string | string[], Condition?: Conditions, rest?: Rest): object {
  return { Effect: 'Allow', Action, Resource: '*', ...(Condition && { Condition }), ...rest }
}

export function deny(Action: string | string[], Condition?: Conditions, rest?: Rest): object {
  return { ...allow(Action, Condition, rest), Effect: 'Deny' }
}

/** The ARN of a role, user, session or root user of the account `own`. */
export function iam(what: string): string {
  return what.startsWith('assumed-role/') ? `arn:aws:sts::${own}:${what}` : `arn:aws:iam::${own}:${what}`
}

/** The account of an ARN. */
export function accountOf(arn: string): string {
  return parseArn(arn)?.account ?? ''
}
