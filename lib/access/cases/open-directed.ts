import { allow, type Conditions, deny, from, key, policyOf2008, role, TEAM, teamIs } from './build.ts'
import { gains, loses, mayLose, unaffected, unknown } from './outcome.ts'
import { source } from './sources.ts'
import { absent, anyOf, has, instant, is, like, not, when, where } from './witness.ts'

const blue = key({ team: 'blue' })
const VPC = 'aws:SourceVpc'
const VPCE = 'aws:SourceVpce'
const AGENT = 'aws:UserAgent'
const inCell = { [VPC]: 'vpc-*', [VPCE]: 'vpc-*', [AGENT]: 'vpc-*' }
const cell = /^vpc-/
const and = (condition: Conditions): Conditions => ({
  ...condition,
  StringEquals: { ...condition.StringEquals, [TEAM]: 'blue' },
})
const byTag = (condition: Conditions) => ({ principal: role(allow('kms:*', and(condition))), resource: blue })
const mfa = 'aws:MultiFactorAuthPresent'

/** What an evaluator of free context gets wrong first. */
export const directed = from(source.openContext, {
  'like a*, unlike a?*, not a: no such value': {
    ...byTag({ StringLike: { [VPC]: 'a*' }, StringNotLike: { [VPC]: 'a?*' }, StringNotEquals: { [VPC]: 'a' } }),
    open: unaffected('deny'),
  },
  'like a*, unlike a?*: a itself': {
    ...byTag({ StringLike: { [VPC]: 'a*' }, StringNotLike: { [VPC]: 'a?*' } }),
    open: loses('depends', when({ [VPC]: is('a') })),
  },
  'like ??, unlike ?b and a?: neither': {
    ...byTag({ StringLike: { [VPC]: '??' }, StringNotLike: { [VPC]: ['?b', 'a?'] } }),
    open: loses('depends', when({ [VPC]: like(/^[^a][^b]$/su) })),
  },
  'two patterns that cross': {
    ...byTag({ StringLike: { [VPC]: '*ab*' }, StringNotLike: { [VPC]: ['ab*', '*ab'] } }),
    open: loses('depends', when({ [VPC]: like(/^(?!ab).*ab.*(?<!ab)$/s) })),
  },
  'like and equal that exclude each other': {
    ...byTag({ StringLike: { [VPC]: 'b*' }, StringEquals: { [VPC]: 'a' } }),
    open: unaffected('deny'),
  },
  'the same text, but for case': {
    ...byTag({ StringEqualsIgnoreCase: { [VPC]: 'a' }, StringNotEquals: { [VPC]: 'a' } }),
    open: loses('depends', when({ [VPC]: is('A') })),
  },
  'two free keys that must be equal': {
    ...byTag({ StringEquals: { [VPC]: `\${${VPCE}}` } }),
    open: loses(
      'depends',
      where([VPC, VPCE], (vpc, vpce) => vpc !== undefined && vpc === vpce),
    ),
  },
  'two free keys that must differ within one pattern': {
    principal: role(
      allow('kms:*', teamIs('blue')),
      allow('kms:*', { StringEquals: { [VPC]: `\${${VPCE}}` } }),
      deny('kms:*', { StringNotLike: { [VPC]: 'vpc-*' } }),
      deny('kms:*', { StringNotLike: { [VPCE]: 'vpc-*' } }),
    ),
    resource: blue,
    open: mayLose(
      'depends',
      where([VPC, VPCE], (vpc, vpce) => cell.test(vpc ?? '') && cell.test(vpce ?? '') && vpc !== vpce),
    ),
  },
  'three free keys, each different from each, within one pattern': {
    ...byTag({
      StringLike: inCell,
      StringNotEquals: { [VPC]: [`\${${VPCE}}`, `\${${AGENT}}`], [VPCE]: `\${${AGENT}}` },
    }),
    open: loses(
      'depends',
      where(
        [VPC, VPCE, AGENT],
        (...values) => new Set(values).size === 3 && values.every((value) => cell.test(value ?? '')),
      ),
    ),
  },
  'three free keys, each equal to the next, the last unequal to the first': {
    ...byTag({
      StringLike: inCell,
      StringEquals: { [VPC]: `\${${VPCE}}`, [VPCE]: `\${${AGENT}}` },
      StringNotEquals: { [AGENT]: `\${${VPC}}` },
    }),
    open: unaffected('deny'),
  },
  'MFA true and MFA false are denied, missing is not': {
    principal: role(allow('kms:*', teamIs('blue')), deny('kms:*', { Bool: { [mfa]: ['true', 'false'] } })),
    resource: blue,
    closed: 'loss',
    open: loses('depends', when({ [mfa]: absent })),
  },
  'MFA true, false and missing are denied': {
    principal: role(
      allow('kms:*', teamIs('blue')),
      deny('kms:*', { Bool: { [mfa]: 'true' } }),
      deny('kms:*', { BoolIfExists: { [mfa]: 'false' } }),
    ),
    resource: blue,
    open: unaffected('deny'),
  },
  'the Allow by tag is made up for by three Allows over MFA': {
    principal: role(
      allow('kms:*', teamIs('blue')),
      allow('kms:*', { Bool: { [mfa]: 'true' } }),
      allow('kms:*', { Bool: { [mfa]: 'false' } }),
      allow('kms:*', { Null: { [mfa]: 'true' } }),
    ),
    resource: blue,
    closed: 'allowed',
    open: unaffected('allow'),
  },
  'made up for by two of three Allows over MFA: missing is left': {
    principal: role(
      allow('kms:*', teamIs('blue')),
      allow('kms:*', { Bool: { [mfa]: 'true' } }),
      allow('kms:*', { Bool: { [mfa]: 'false' } }),
    ),
    resource: blue,
    closed: 'loss',
    open: mayLose('allow', when({ [mfa]: absent })),
  },
  'a missing tag against a free variable': {
    principal: role(allow('kms:*', teamIs(`\${${VPCE}}`))),
    resource: blue,
    closed: 'denied',
    open: loses('depends', when({ [VPCE]: is('blue') })),
  },
  'a missing tag against a free variable, negated': {
    principal: role(allow('kms:*', { StringNotEquals: { [TEAM]: `\${${VPCE}}` } })),
    resource: blue,
    closed: 'allowed',
    open: gains('depends', when({ [VPCE]: is('blue') })),
  },
  'a free variable within a pattern': {
    principal: role(allow('kms:*', { StringLike: { [TEAM]: `b\${${VPCE}}?` } })),
    resource: blue,
    closed: 'denied',
    open: loses('depends', when({ [VPCE]: is('lu') })),
  },
  'a free variable between wildcards': {
    principal: role(
      allow('kms:*', { StringLike: { [TEAM]: `*\${${VPCE}}?` } }),
      deny('kms:*', { StringEquals: { [VPCE]: ['', 'u', 'lu'] } }),
    ),
    resource: blue,
    closed: 'denied',
    open: loses('depends', when({ [VPCE]: is('blu') })),
  },
  'a free variable with a default': {
    principal: role(allow('kms:*', teamIs(`\${${VPCE}, 'blue'}`))),
    resource: blue,
    closed: 'loss',
    open: loses('depends', when({ [VPCE]: (values) => values === undefined || values[0] === 'blue' })),
  },
  'a wildcard in the known value of a variable is not documented': {
    principal: {
      ...role(allow('kms:*', { StringLike: { [TEAM]: `\${aws:PrincipalTag/team}` } })),
      tags: { team: 'b*e' },
    },
    resource: blue,
    open: unknown,
  },
  'the text of a variable in Version 2008-10-17': {
    principal: { ...role(), identityPolicies: [policyOf2008(allow('kms:*', teamIs(`\${${VPCE}}`)))] },
    resource: blue,
    closed: 'denied',
    open: unaffected('deny'),
  },
  'both sides of a CIDR edge: the last address within': {
    ...byTag({
      IpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
      NotIpAddress: {
        'aws:SourceIp': [
          '203.0.113.0/25',
          '203.0.113.128/26',
          '203.0.113.192/27',
          '203.0.113.224/28',
          '203.0.113.240/29',
          '203.0.113.248/30',
          '203.0.113.252/31',
          '203.0.113.254/32',
        ],
      },
    }),
    open: loses('depends', when({ 'aws:SourceIp': is('203.0.113.255') })),
  },
  'both sides of a CIDR edge: the first address beyond': {
    principal: role(
      allow('kms:*', teamIs('blue')),
      allow('kms:*', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
      deny('kms:*', { NotIpAddress: { 'aws:SourceIp': ['203.0.113.255/32', '203.0.114.0/32'] } }),
    ),
    resource: blue,
    open: mayLose('depends', when({ 'aws:SourceIp': is('203.0.114.0') })),
  },
  'a block within a block that is taken out': {
    ...byTag({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' }, NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }),
    open: unaffected('deny'),
  },
  'an IPv6 block beside an IPv4 one': {
    ...byTag({
      IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '2001:db8::/32'] },
      NotIpAddress: { 'aws:SourceIp': '0.0.0.0/0' },
    }),
    open: loses('depends', when({ 'aws:SourceIp': like(/^2001:0?db8:/i) })),
  },
  'between two numbers': {
    principal: role(
      allow('kms:*', {
        ...teamIs('blue'),
        NumericGreaterThan: { 'aws:MultiFactorAuthAge': '10' },
        NumericLessThan: { 'aws:MultiFactorAuthAge': '12' },
      }),
    ),
    resource: blue,
    open: loses(
      'depends',
      when({
        'aws:MultiFactorAuthAge': (values) => Number(values?.[0]) > 10 && Number(values?.[0]) < 12,
        [mfa]: () => true,
      }),
    ),
  },
  'an ARN whose account is free, but no more': {
    ...byTag({
      ArnLike: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:*:orders' },
      ArnNotLike: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:1*:orders' },
    }),
    open: loses('depends', when({ 'aws:SourceArn': like(/^arn:aws:sns:us-east-1:(?!1)[^:]*:orders$/) })),
  },
  'an empty window of time': {
    ...byTag({
      DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' },
      DateLessThan: { 'aws:CurrentTime': '2025-01-01T00:00:00Z' },
    }),
    open: unaffected('deny'),
  },
  'a window of time': {
    ...byTag({
      DateGreaterThan: { 'aws:CurrentTime': '2025-01-01T00:00:00Z' },
      DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' },
    }),
    open: loses(
      'depends',
      when({ 'aws:CurrentTime': instant((at) => at > Date.parse('2025-01-01') && at < Date.parse('2026-01-01')) }),
    ),
  },
  'an expired window: the clock is not asked': {
    principal: role(
      allow('kms:*', teamIs('blue')),
      allow('kms:*', { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }),
    ),
    resource: blue,
    open: mayLose('allow', when({ 'aws:CurrentTime': instant((at) => at >= Date.parse('2020-01-01')) })),
  },
  'two conditions on two keys, of which one must fail': {
    principal: role(
      allow('kms:*', teamIs('blue')),
      allow('kms:*', { StringEquals: { [VPC]: 'a' }, Bool: { [mfa]: 'true' } }),
    ),
    resource: blue,
    open: mayLose(
      'allow',
      anyOf(when({ [VPC]: not(is('a')), [mfa]: () => true }), when({ [VPC]: () => true, [mfa]: not(is('true')) })),
    ),
  },
})

const tagging = (condition: Conditions) => ({ ...byTag(condition), action: 'kms:TagResource' })
const TAG_KEYS = 'aws:TagKeys'

/** Sets: which elements are there, not in which order. */
export const openSets = from(source.sets, {
  'all are a, all are b, and the set is not empty: impossible': {
    ...tagging({
      'ForAllValues:StringEquals': { [TAG_KEYS]: 'a' },
      'ForAllValues:StringLike': { [TAG_KEYS]: 'b' },
      Null: { [TAG_KEYS]: 'false' },
    }),
    open: unaffected('deny'),
  },
  'all are a, all are b: the empty set': {
    ...tagging({ 'ForAllValues:StringEquals': { [TAG_KEYS]: 'a' }, 'ForAllValues:StringLike': { [TAG_KEYS]: 'b' } }),
    closed: 'loss',
    open: loses('depends', when({ [TAG_KEYS]: absent })),
  },
  'one is a, one is like b*: two elements': {
    ...tagging({ 'ForAnyValue:StringEquals': { [TAG_KEYS]: 'a' }, 'ForAnyValue:StringLike': { [TAG_KEYS]: 'b*' } }),
    closed: 'denied',
    open: loses(
      'depends',
      when({ [TAG_KEYS]: (values) => has('a')(values) && values?.some((value) => value.startsWith('b')) === true }),
    ),
  },
  'one is a, all are like b*: impossible': {
    ...tagging({ 'ForAnyValue:StringEquals': { [TAG_KEYS]: 'a' }, 'ForAllValues:StringLike': { [TAG_KEYS]: 'b*' } }),
    open: unaffected('deny'),
  },
  'one is not a, one is a: two elements': {
    ...tagging({ 'ForAnyValue:StringEquals': { [TAG_KEYS]: 'a' }, 'ForAnyValue:StringNotEquals': { [TAG_KEYS]: 'a' } }),
    open: loses('depends', when({ [TAG_KEYS]: (values) => has('a')(values) && (values?.length ?? 0) > 1 })),
  },
  'ForAllValues makes up for the tag: lost where one element is not named': {
    principal: role(
      allow('kms:TagResource', teamIs('blue')),
      allow('kms:TagResource', { 'ForAllValues:StringEquals': { [TAG_KEYS]: ['a', 'b'] } }),
    ),
    resource: blue,
    action: 'kms:TagResource',
    closed: 'allowed',
    open: mayLose(
      'allow',
      when({ [TAG_KEYS]: (values) => values?.some((value) => value !== 'a' && value !== 'b') === true }),
    ),
  },
  'ForAnyValue makes up for the tag: lost where no element is named': {
    principal: role(
      allow('kms:TagResource', teamIs('blue')),
      allow('kms:TagResource', { 'ForAnyValue:StringEquals': { [TAG_KEYS]: ['a', 'b'] } }),
    ),
    resource: blue,
    action: 'kms:TagResource',
    closed: 'loss',
    open: mayLose('allow', when({ [TAG_KEYS]: (values) => !values?.some((value) => value === 'a' || value === 'b') })),
  },
  'services in the chain of the call': {
    principal: role(
      allow('kms:*', teamIs('blue')),
      allow('kms:*', { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } }),
    ),
    resource: blue,
    closed: 'loss',
    open: mayLose('allow', when({ 'aws:CalledVia': not(has('athena.amazonaws.com')) })),
  },
  'a multivalued key without a set operator is not documented': {
    ...tagging({ StringEquals: { [TAG_KEYS]: 'a' } }),
    open: unknown,
  },
})
