import { allow, type Case, type Conditions, from, key, role, TEAM } from './build.ts'
import { source } from './sources.ts'

interface Row {
  readonly operator: string
  readonly contextKey: string
  readonly pattern: string
  readonly holds: string
  readonly fails: string
}

const row = (operator: string, contextKey: string, pattern: string, holds: string, fails: string): Row => ({
  operator,
  contextKey,
  pattern,
  holds,
  fails,
})

const noon = '2026-06-01T12:00:00Z'
const before = '2026-06-01T11:59:59Z'
const after = '2026-06-01T12:00:01Z'
const topic = 'arn:aws:sns:us-east-1:111122223333:orders'

/** Every operator, the value it is asked for, one that it takes and one that it does not. */
const rows: readonly Row[] = [
  row(
    'StringEquals',
    'kms:ViaService',
    's3.us-east-1.amazonaws.com',
    's3.us-east-1.amazonaws.com',
    'S3.us-east-1.amazonaws.com',
  ),
  row(
    'StringNotEquals',
    'kms:ViaService',
    's3.us-east-1.amazonaws.com',
    'S3.us-east-1.amazonaws.com',
    's3.us-east-1.amazonaws.com',
  ),
  row('StringEqualsIgnoreCase', 'aws:UserAgent', 'Untag', 'uNTAG', 'untags'),
  row('StringNotEqualsIgnoreCase', 'aws:UserAgent', 'Untag', 'untags', 'uNTAG'),
  row('StringLike', 'aws:UserAgent', 'aws-?li/*', 'aws-cli/2.0 a/b', 'Aws-cli/2.0'),
  row('StringNotLike', 'aws:UserAgent', 'aws-?li/*', 'aws-li/2.0', 'aws-cli/'),
  row('NumericEquals', 'aws:MultiFactorAuthAge', '300', '300.0', '301'),
  row('NumericNotEquals', 'aws:MultiFactorAuthAge', '300', '299', '300'),
  row('NumericLessThan', 'aws:MultiFactorAuthAge', '300', '99', '300'),
  row('NumericLessThanEquals', 'aws:MultiFactorAuthAge', '300', '300', '301'),
  row('NumericGreaterThan', 'aws:MultiFactorAuthAge', '300', '1000', '300'),
  row('NumericGreaterThanEquals', 'aws:MultiFactorAuthAge', '300', '300', '299'),
  row('DateEquals', 'aws:TokenIssueTime', noon, noon, after),
  row('DateNotEquals', 'aws:TokenIssueTime', noon, after, noon),
  row('DateLessThan', 'aws:TokenIssueTime', noon, before, noon),
  row('DateLessThanEquals', 'aws:TokenIssueTime', noon, noon, after),
  row('DateGreaterThan', 'aws:TokenIssueTime', noon, after, noon),
  row('DateGreaterThanEquals', 'aws:TokenIssueTime', noon, noon, before),
  row('Bool', 'aws:MultiFactorAuthPresent', 'true', 'true', 'false'),
  row('BinaryEquals', 'kms:EncryptionContext:blob', 'QmluYXJ5', 'Binary', 'QmluYXJ5'),
  row('IpAddress', 'aws:SourceIp', '203.0.113.0/24', '203.0.113.255', '203.0.114.0'),
  row('NotIpAddress', 'aws:SourceIp', '203.0.113.0/24', '203.0.112.255', '203.0.113.0'),
  row('ArnEquals', 'aws:SourceArn', 'arn:aws:sns:*:111122223333:ord*', topic, topic.replace('sns', 'sqs')),
  row('ArnLike', 'aws:SourceArn', 'arn:aws:s?s:us-east-1:*:orders', topic, topic.toUpperCase()),
  row('ArnNotEquals', 'aws:SourceArn', topic, `${topic}2`, topic),
  row('ArnNotLike', 'aws:SourceArn', 'arn:aws:sns:*:*:orders', topic.replace('sns', 'sqs'), topic),
]

/** Negated operators hold for a missing key, the others do not; with IfExists all hold. */
const holdsWithoutKey = (operator: string): boolean => operator.includes('Not')

function decides({ operator, contextKey, pattern, holds, fails }: Row): readonly Case[] {
  const abac = (suffix: string) => role(allow('kms:Decrypt', both({ [operator + suffix]: { [contextKey]: pattern } })))
  const resource = key({ team: 'blue' })
  return from(source.operators, {
    [`${operator} holds for ${holds} asked for ${pattern}`]: {
      principal: abac(''),
      resource,
      context: { [contextKey]: holds },
      closed: 'loss',
    },
    [`${operator} fails for ${fails} asked for ${pattern}`]: {
      principal: abac(''),
      resource,
      context: { [contextKey]: fails },
      closed: 'denied',
    },
    [`${operator} ${holdsWithoutKey(operator) ? 'holds' : 'fails'} without the key`]: {
      principal: abac(''),
      resource,
      closed: holdsWithoutKey(operator) ? 'loss' : 'denied',
    },
    [`${operator}IfExists holds without the key`]: { principal: abac('IfExists'), resource, closed: 'loss' },
    [`${operator}IfExists fails for ${fails}, which exists`]: {
      principal: abac('IfExists'),
      resource,
      context: { [contextKey]: fails },
      closed: 'denied',
    },
  })
}

const both = (condition: Conditions): Conditions => ({
  ...condition,
  StringEquals: { ...condition.StringEquals, [TEAM]: 'blue' },
})

export const operators = rows.flatMap(decides)
