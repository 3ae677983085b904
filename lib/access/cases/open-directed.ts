import { allow, type Conditions, deny, from, key, policyOf2008, role, TEAM, teamIs } from './build.ts'
import { gains, loses, mayLose, unaffected, unknown } from './outcome.ts'
import { source } from './sources.ts'
import { absent, anyOf, is, like, not, when, where } from './witness.ts'

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
