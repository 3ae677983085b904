import { allow, type Conditions, deny, from, key, on, role, secret, teamIs, teamIsMissing, teamIsNot } from './build.ts'
import { gains, loses, mayGain, mayLose, swaps, unaffected } from './outcome.ts'
import { source } from './sources.ts'
import { absent, is, not, when } from './witness.ts'

const read = 'secretsmanager:GetSecretValue'
const mfa: Conditions = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
const endpoint: Conditions = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }
const otherEndpoint: Conditions = { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }
const withMfa = when({ 'aws:MultiFactorAuthPresent': is('true') })
const throughEndpoint = when({ 'aws:SourceVpce': is('vpce-1') })
const aroundEndpoint = when({ 'aws:SourceVpce': not(is('vpce-1')) })
const blue = key({ team: 'blue' })
const and = (left: Conditions, right: Conditions): Conditions => ({
  ...left,
  ...right,
  StringEquals: { ...left.StringEquals, ...right.StringEquals },
})

/** Free context in identity policies: where it decides and where it cannot. */
const EKS = 'oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE:sub'

export const openIdentity = from(source.openContext, {
  'the Allow by tag asks for MFA as well: lost wherever it was': {
    principal: role(allow('kms:*', and(teamIs('blue'), mfa))),
    resource: blue,
    closed: 'denied',
    open: loses('depends', withMfa),
  },
  'a Deny without MFA spares only who has it: lost for them': {
    principal: role(
      allow('kms:*', teamIs('blue')),
      deny('kms:*', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }),
    ),
    resource: blue,
    open: loses('depends', when({ 'aws:MultiFactorAuthPresent': is('true') })),
  },
  'a Deny whose Null wants MFA': {
    principal: role(allow('kms:*', teamIs('blue')), deny('kms:*', { Null: { 'aws:MultiFactorAuthPresent': 'true' } })),
    resource: blue,
    closed: 'denied',
    open: loses('depends', when({ 'aws:MultiFactorAuthPresent': not(absent) })),
  },
  'a Deny for the missing tag outside the endpoint': {
    principal: role(allow('kms:*'), deny('kms:*', and(teamIsMissing, otherEndpoint))),
    resource: blue,
    closed: 'loss',
    open: mayLose('allow', aroundEndpoint),
  },
  'a Deny by tag through the endpoint is lifted there': {
    principal: role(allow('kms:*'), deny('kms:*', and(teamIs('blue'), endpoint))),
    resource: blue,
    closed: 'allowed',
    open: gains('depends', throughEndpoint),
  },
  'a Deny by tag is lifted, another one stays for requests without MFA': {
    principal: role(
      allow('kms:*'),
      deny('kms:*', teamIs('blue')),
      deny('kms:*', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }),
    ),
    resource: blue,
    open: mayGain('deny', when({ 'aws:MultiFactorAuthPresent': not(is('false')) })),
  },
  'an Allow for untagged keys with MFA opens': {
    principal: role(allow('kms:*', and(teamIsMissing, mfa))),
    resource: blue,
    closed: 'denied',
    open: mayGain('deny', withMfa),
  },
  'an Allow for untagged keys opens beside one through the endpoint': {
    principal: role(allow('kms:*', teamIsNot('blue')), allow('kms:*', endpoint)),
    resource: blue,
    closed: 'gain',
    open: gains('depends', aroundEndpoint),
  },
  'lost through the endpoint, gained around it': {
    principal: role(
      allow('kms:*', and(teamIs('blue'), endpoint)),
      allow('kms:*', { ...teamIsMissing, ...otherEndpoint }),
    ),
    resource: blue,
    closed: 'gain',
    open: swaps('loss', 'gain'),
  },
  'lost with MFA alone, gained around the endpoint alone': {
    principal: role(allow('kms:*', and(teamIs('blue'), mfa)), allow('kms:*', { ...teamIsMissing, ...otherEndpoint })),
    resource: blue,
    closed: 'gain',
    open: swaps('may-lose', 'may-gain'),
  },
  'a Deny that always strikes leaves nothing to free context': {
    principal: role(allow('kms:*', and(teamIs('blue'), mfa)), deny('kms:*')),
    resource: blue,
    open: unaffected('deny'),
  },
  'free context decides, but the tag does not': {
    principal: role(allow('kms:*', mfa), allow('kms:Encrypt', teamIs('blue'))),
    resource: blue,
    closed: 'denied',
    open: unaffected('depends'),
  },
  'another statement asks for less than the one that goes': {
    principal: role(allow('kms:*', and(teamIs('blue'), { ...mfa, ...endpoint })), allow('kms:*', mfa)),
    resource: blue,
    open: unaffected('depends'),
  },
  'a Deny in the way of every context of the Allow': {
    principal: role(
      allow('kms:*', and(teamIs('blue'), endpoint)),
      deny('kms:*', { StringLike: { 'aws:SourceVpce': 'vpce-*' } }),
    ),
    resource: blue,
    open: unaffected('deny'),
  },
  'a known request key is not free': {
    principal: role(allow('kms:*', teamIs('blue')), allow('kms:*', mfa)),
    resource: blue,
    context: { 'aws:MultiFactorAuthPresent': 'true' },
    closed: 'allowed',
    open: unaffected('allow'),
  },
  'a request key known to fail is not free either': {
    principal: role(allow('kms:*', teamIs('blue')), allow('kms:*', mfa)),
    resource: blue,
    context: { 'aws:MultiFactorAuthPresent': 'false' },
    closed: 'loss',
    open: loses('allow'),
  },
  'a key of another service is missing, not free': {
    principal: role(allow('kms:*', teamIs('blue')), allow('kms:*', { StringEquals: { 's3:prefix': 'x' } })),
    resource: blue,
    closed: 'loss',
    open: loses('allow'),
  },
  'a key of an identity provider whose address has a path': {
    principal: role(allow('kms:*', and(teamIs('blue'), { StringEquals: { [EKS]: 'system:serviceaccount:a:b' } }))),
    resource: blue,
    closed: 'denied',
    open: loses('depends', when({ [EKS]: is('system:serviceaccount:a:b') })),
  },
  'a free key in Resource': {
    principal: role(
      on(`arn:aws:secretsmanager:us-east-1:111122223333:secret:\${aws:SourceVpce}/*`, allow(read, teamIs('blue'))),
    ),
    resource: secret({ team: 'blue' }),
    closed: 'denied',
    open: loses('depends', when({ 'aws:SourceVpce': is('blue') })),
  },
})
