import { allow, type Case, from, key, role, teamIs } from './build.ts'
import { mayLose } from './outcome.ts'
import { source } from './sources.ts'
import { absent, either, inside, instant, is, like, not, number, when } from './witness.ts'

type Test = ReturnType<typeof is>

const noonMs = Date.parse('2026-06-01T12:00:00Z')
const noon = '2026-06-01T12:00:00Z'
const topic = 'arn:aws:sns:us-east-1:111122223333:orders'
const untag = /^untag$/i
const cli = /^aws-.li\//s

/** Operator, free key, pattern, and the values of the key for which the operator fails. */
const rows: readonly (readonly [operator: string, contextKey: string, pattern: string, fails: Test])[] = [
  ['StringEquals', 'aws:SourceVpce', 'vpce-1', not(is('vpce-1'))],
  ['StringNotEquals', 'aws:SourceVpce', 'vpce-1', is('vpce-1')],
  ['StringEqualsIgnoreCase', 'aws:UserAgent', 'Untag', not(like(untag))],
  ['StringNotEqualsIgnoreCase', 'aws:UserAgent', 'Untag', like(untag)],
  ['StringLike', 'aws:UserAgent', 'aws-?li/*', not(like(cli))],
  ['StringNotLike', 'aws:UserAgent', 'aws-?li/*', like(cli)],
  ['StringEqualsIfExists', 'aws:SourceVpce', 'vpce-1', not(either(absent, is('vpce-1')))],
  ['StringNotEqualsIfExists', 'aws:SourceVpce', 'vpce-1', is('vpce-1')],
  ['NumericEquals', 'aws:MultiFactorAuthAge', '300', not(is('300'))],
  ['NumericNotEquals', 'aws:MultiFactorAuthAge', '300', number((age) => age === 300)],
  [
    'NumericLessThan',
    'aws:MultiFactorAuthAge',
    '300',
    either(
      absent,
      number((age) => age >= 300),
    ),
  ],
  [
    'NumericLessThanEquals',
    'aws:MultiFactorAuthAge',
    '300',
    either(
      absent,
      number((age) => age > 300),
    ),
  ],
  [
    'NumericGreaterThan',
    'aws:MultiFactorAuthAge',
    '300',
    either(
      absent,
      number((age) => age <= 300),
    ),
  ],
  ['NumericGreaterThanEqualsIfExists', 'aws:MultiFactorAuthAge', '300', number((age) => age < 300)],
  ['DateEquals', 'aws:CurrentTime', noon, not(instant((at) => at === noonMs))],
  ['DateNotEquals', 'aws:CurrentTime', noon, instant((at) => at === noonMs)],
  ['DateLessThan', 'aws:CurrentTime', noon, instant((at) => at >= noonMs)],
  ['DateLessThanEquals', 'aws:CurrentTime', noon, instant((at) => at > noonMs)],
  ['DateGreaterThan', 'aws:CurrentTime', noon, instant((at) => at <= noonMs)],
  ['DateGreaterThanEquals', 'aws:CurrentTime', noon, instant((at) => at < noonMs)],
  ['Bool', 'aws:MultiFactorAuthPresent', 'true', not(is('true'))],
  ['BoolIfExists', 'aws:MultiFactorAuthPresent', 'true', is('false')],
  ['IpAddress', 'aws:SourceIp', '203.0.113.0/24', not(inside('203.0.113.0/24'))],
  ['NotIpAddress', 'aws:SourceIp', '203.0.113.0/24', inside('203.0.113.0/24')],
  ['ArnEquals', 'aws:SourceArn', 'arn:aws:sns:*:111122223333:ord*', not(like(/^arn:aws:sns:[^:]*:111122223333:ord/))],
  ['ArnLike', 'aws:SourceArn', 'arn:aws:s?s:us-east-1:*:orders', not(like(/^arn:aws:s[^:]s:us-east-1:[^:]*:orders$/))],
  ['ArnNotEquals', 'aws:SourceArn', topic, is(topic)],
  ['ArnNotLike', 'aws:SourceArn', 'arn:aws:sns:*:*:orders', like(/^arn:aws:sns:[^:]*:[^:]*:orders$/)],
  ['Null', 'aws:SourceVpce', 'true', not(absent)],
  ['Null', 'aws:SourceVpce', 'false', absent],
]

const opens = ([operator, contextKey, pattern, fails]: (typeof rows)[number]): readonly Case[] =>
  from(source.openContext, {
    [`the tag is one way in, ${operator} ${pattern} of ${contextKey} another: lost where that fails`]: {
      principal: role(allow('kms:Decrypt', teamIs('blue')), allow('kms:*', { [operator]: { [contextKey]: pattern } })),
      resource: key({ team: 'blue' }),
      open: mayLose('allow', when({ [contextKey]: fails })),
    },
  })

/** One case per operator: the witness stands on the other side of it. */
export const openOperators = rows.flatMap(opens)
