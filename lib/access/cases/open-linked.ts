import {
  APP,
  allow,
  type Conditions,
  deny,
  from,
  grant,
  key,
  policy,
  role,
  TEAM,
  teamIs,
  teamIsMissing,
  to,
} from './build.ts'
import { loses, mayLose, unaffected, unknown } from './outcome.ts'
import { source } from './sources.ts'
import { absent, has, instant, is, not, when } from './witness.ts'

const byTag = (condition: Conditions) => ({
  principal: role(allow('kms:*', { ...condition, StringEquals: { ...condition.StringEquals, [TEAM]: 'blue' } })),
  resource: key({ team: 'blue' }, { aliases: ['alias/app', 'alias/old'] }),
})
const mfa = 'aws:MultiFactorAuthPresent'
const age = 'aws:MultiFactorAuthAge'
const app = 'kms:EncryptionContext:app'
const names = 'kms:EncryptionContextKeys'
const tagging = (condition: Conditions) => ({ ...byTag(condition), action: 'kms:TagResource' })
/** 1 January 2030 in epoch seconds. */
const year2030 = '1893456000'

/** Keys that are one fact under several names: an impossible context is no witness. */
export const linkedTime = from(source.conditionKeys, {
  'aws:CurrentTime and aws:EpochTime are one instant': {
    ...byTag({
      DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' },
      DateGreaterThan: { 'aws:EpochTime': year2030 },
    }),
    open: unaffected('deny'),
  },
  'the current time is never missing': { ...byTag({ Null: { 'aws:CurrentTime': 'true' } }), open: unaffected('deny') },
  'one instant satisfies both names': {
    ...byTag({
      DateGreaterThanEquals: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' },
      NumericLessThanEquals: { 'aws:EpochTime': year2030 },
    }),
    open: loses(
      'depends',
      when({
        'aws:CurrentTime': (values) => values === undefined || instant((at) => at === Number(year2030) * 1000)(values),
        'aws:EpochTime': (values) => values === undefined || is(year2030)(values),
      }),
    ),
  },
  'without MFA there is no age of it': {
    ...byTag({ Bool: { [mfa]: 'false' }, NumericLessThan: { [age]: '3600' } }),
    open: unaffected('deny'),
  },
  'with the age of MFA missing and MFA present: impossible': {
    ...byTag({ Null: { [mfa]: 'true', [age]: 'false' } }),
    open: unaffected('deny'),
  },
  'MFA of some age': {
    ...byTag({ NumericLessThan: { [age]: '3600' } }),
    closed: 'denied',
    open: loses(
      'depends',
      when({
        [age]: (values) => Number(values?.[0]) < 3600,
        [mfa]: (values) => values === undefined || is('true')(values),
      }),
    ),
  },
})

export const linkedEncryptionContext = from(source.kmsConditions, {
  'a pair is there, but its name is not among the names: impossible': {
    ...byTag({ StringEquals: { [app]: 'x' }, 'ForAllValues:StringEquals': { [names]: 'stage' } }),
    open: unaffected('deny'),
  },
  'a name is there, but its pair is not: impossible': {
    ...byTag({ Null: { [app]: 'true' }, 'ForAnyValue:StringEquals': { [names]: 'app' } }),
    open: unaffected('deny'),
  },
  'a name of the pair and its value agree': {
    ...byTag({ StringEquals: { [app]: 'x' }, 'ForAnyValue:StringEquals': { [names]: 'app' } }),
    closed: 'denied',
    open: loses('depends', when({ [app]: is('x'), [names]: (values) => values === undefined || has('app')(values) })),
  },
  'a grant for exactly this encryption context, with a Deny for every pair more': {
    principal: role(
      allow('kms:*', teamIs('blue')),
      deny('kms:*', { StringNotEquals: { [app]: 'x' } }),
      deny('kms:*', { 'ForAnyValue:StringNotEqualsIgnoreCase': { [names]: 'app' } }),
    ),
    resource: key({ team: 'blue' }, { grants: [grant(APP, ['Decrypt'], { encryptionContextEquals: { app: 'x' } })] }),
    open: unaffected('depends'),
  },
  'a grant for exactly this encryption context is lost with one pair more': {
    principal: role(allow('kms:*', teamIs('blue')), deny('kms:*', { StringNotEquals: { [app]: 'x' } })),
    resource: key({ team: 'blue' }, { grants: [grant(APP, ['Decrypt'], { encryptionContextEquals: { app: 'x' } })] }),
    open: { before: 'depends', after: 'depends', effect: ['may-lose'] },
  },
})

export const linkedTags = from(source.conditionKeys, {
  'aws:RequestTag without its key among aws:TagKeys: impossible': {
    ...tagging({ Null: { 'aws:RequestTag/a': 'false' }, 'ForAllValues:StringEquals': { 'aws:TagKeys': 'b' } }),
    open: unaffected('deny'),
  },
  'a key among aws:TagKeys without its aws:RequestTag: impossible': {
    ...tagging({ Null: { 'aws:RequestTag/a': 'true' }, 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } }),
    open: unaffected('deny'),
  },
  'aws:RequestTag and aws:TagKeys agree': {
    ...tagging({ StringEquals: { 'aws:RequestTag/a': 'x' }, 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } }),
    closed: 'denied',
    open: loses(
      'depends',
      when({ 'aws:RequestTag/a': is('x'), 'aws:TagKeys': (values) => values === undefined || is('a')(values) }),
    ),
  },
  'the tag keys of the untag itself are the removed ones': {
    principal: role(
      allow('kms:UntagResource', { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'stage' } }),
      allow('kms:UntagResource', teamIs('blue')),
    ),
    resource: key({ team: 'blue' }),
    action: 'kms:UntagResource',
    open: loses('allow'),
  },
  'kms:RequestAlias is one of the aliases': {
    ...byTag({ StringEquals: { 'kms:RequestAlias': 'alias/other' } }),
    open: unaffected('deny'),
  },
  'kms:RequestAlias is this alias': {
    ...byTag({ StringEquals: { 'kms:RequestAlias': 'alias/app' } }),
    closed: 'denied',
    open: loses('depends', when({ 'kms:RequestAlias': is('alias/app') })),
  },
  'kms:RequestAlias is one of the other aliases': {
    principal: role(
      allow('kms:*', teamIs('blue')),
      allow('kms:*', { StringEquals: { 'kms:RequestAlias': 'alias/app' } }),
      allow('kms:*', { Null: { 'kms:RequestAlias': 'true' } }),
    ),
    resource: key({ team: 'blue' }, { aliases: ['alias/app', 'alias/old'] }),
    open: mayLose('allow', when({ 'kms:RequestAlias': is('alias/old') })),
  },
  'every kms:RequestAlias is made up for': {
    principal: role(
      allow('kms:*', teamIs('blue')),
      allow('kms:*', { StringLike: { 'kms:RequestAlias': ['alias/app', 'alias/o?d'] } }),
      allow('kms:*', { Null: { 'kms:RequestAlias': 'true' } }),
    ),
    resource: key({ team: 'blue' }, { aliases: ['alias/app', 'alias/old'] }),
    open: unaffected('allow'),
  },
  'a key without aliases is used by none': {
    principal: role(allow('kms:*', { ...teamIs('blue'), Null: { 'kms:RequestAlias': 'false' } })),
    resource: key({ team: 'blue' }),
    open: unaffected('deny'),
  },
})

const undocumented = to(APP, allow('kms:Decrypt', teamIs('blue')))
const withPolicy = (...statements: Parameters<typeof policy>) =>
  key({ team: 'blue' }, { policy: policy(...statements) })

/** An undocumented rule answers unknown only where it matters. */
export const openUnknown = from(source.abac, {
  'a wildcard in the value of a variable, held against a key that nobody knows': {
    principal: {
      ...role(
        allow('kms:*', {
          StringEquals: { [TEAM]: 'blue' },
          StringLike: { 'aws:SourceVpc': [`\${aws:PrincipalTag/vpc}`, 'vpc-1'] },
        }),
      ),
      tags: { vpc: 'vpc-*' },
    },
    resource: key({ team: 'blue' }),
    open: unknown,
  },
  'an undocumented Allow beside one with MFA': {
    principal: role(),
    resource: withPolicy(undocumented, to(APP, allow('kms:Decrypt', { Bool: { [mfa]: 'true' } }))),
    open: unknown,
  },
  'an undocumented Allow beside three over MFA does not matter': {
    principal: role(),
    resource: withPolicy(
      undocumented,
      to(APP, allow('kms:Decrypt', { Bool: { [mfa]: ['true', 'false'] } })),
      to(APP, allow('kms:Decrypt', { Null: { [mfa]: 'true' } })),
    ),
    open: unaffected('allow'),
  },
  'an undocumented rule that cannot read the removed tag is the same before and after': {
    principal: role(allow('kms:*')),
    resource: key(
      { team: 'blue', stage: 'dev' },
      {
        policy: policy(
          to('arn:aws:iam::111122223333:root', allow('kms:*')),
          to(APP, deny('kms:Decrypt', { StringEquals: { 'aws:ResourceTag/stage': 'dev' } })),
        ),
      },
    ),
    open: { effect: [] },
  },
  'a loss that needs no undocumented rule stands': {
    principal: role(allow('kms:*'), deny('kms:*', teamIsMissing)),
    resource: withPolicy(to('arn:aws:iam::111122223333:root', allow('kms:*')), undocumented),
    open: loses('allow'),
  },
  'a variable of many values is not documented': {
    principal: role(allow('kms:TagResource', { StringEquals: { [TEAM]: `\${aws:TagKeys}` } })),
    resource: key({ team: 'blue' }),
    action: 'kms:TagResource',
    open: unknown,
  },
  'an operator that AWS does not have is not documented': {
    principal: role(allow('kms:*', { StringMatches: { [TEAM]: 'blue' } })),
    resource: key({ team: 'blue' }),
    closed: 'unknown',
    open: unknown,
  },
  'absent and present of one free key split the answer': {
    ...byTag({ Null: { 'aws:SourceVpce': 'true' } }),
    closed: 'loss',
    open: loses('depends', when({ 'aws:SourceVpce': absent })),
  },
  'two Denies leave one value of a free key': {
    principal: role(
      allow('kms:*', teamIs('blue')),
      deny('kms:*', { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }),
      deny('kms:*', { StringEquals: { 'aws:SourceVpc': 'vpc-1' } }),
    ),
    resource: key({ team: 'blue' }),
    open: loses('depends', when({ 'aws:SourceVpce': is('vpce-1'), 'aws:SourceVpc': not(is('vpc-1')) })),
  },
})
