import {
  APP,
  APP_SESSION,
  allow,
  type Conditions,
  delegation,
  deny,
  from,
  grant,
  key,
  OTHER_APP,
  on,
  otherRole,
  policy,
  role,
  rootUser,
  secret,
  session,
  TEAM,
  tagged,
  teamIs,
  teamIsMissing,
  teamIsNot,
  teamIsPresent,
  to,
} from './build.ts'
import { gains, loses, mayGain, mayLose, swaps, unaffected } from './outcome.ts'
import { source } from './sources.ts'
import { absent, either, inside, is, not, when } from './witness.ts'

const read = 'secretsmanager:GetSecretValue'
const mfa: Conditions = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
const endpoint: Conditions = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }
const otherEndpoint: Conditions = { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }
const withMfa = when({ 'aws:MultiFactorAuthPresent': is('true') })
const withoutMfa = when({ 'aws:MultiFactorAuthPresent': not(is('true')) })
const throughEndpoint = when({ 'aws:SourceVpce': is('vpce-1') })
const aroundEndpoint = when({ 'aws:SourceVpce': not(is('vpce-1')) })
const blue = key({ team: 'blue' })
const and = (left: Conditions, right: Conditions): Conditions => ({
  ...left,
  ...right,
  StringEquals: { ...left.StringEquals, ...right.StringEquals },
})

/** Free context in each layer: where it decides and where it cannot. */
export const openLayers = from(source.openContext, {
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
  'the boundary asks for MFA': {
    principal: { ...role(allow('kms:*', teamIs('blue'))), boundary: policy(allow('*', mfa)) },
    resource: blue,
    closed: 'denied',
    open: loses('depends', withMfa),
  },
  'the boundary allows the tagged, or with MFA': {
    principal: { ...role(allow('kms:*')), boundary: policy(allow('*', teamIsPresent), allow('*', mfa)) },
    resource: blue,
    closed: 'loss',
    open: mayLose('allow', withoutMfa),
  },
  'the session policy allows the tagged, or through the endpoint': {
    principal: { ...session(allow('kms:*')), sessionPolicy: policy(allow('*', teamIsPresent), allow('*', endpoint)) },
    resource: blue,
    closed: 'loss',
    open: mayLose('allow', aroundEndpoint),
  },
  'an SCP that denies the untagged outside the network': {
    principal: role(allow('kms:*')),
    resource: blue,
    scps: [[policy(allow('*'), deny('*', { ...teamIsMissing, NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }))]],
    closed: 'loss',
    open: mayLose('allow', when({ 'aws:SourceIp': not(inside('10.0.0.0/8')) })),
  },
  'two SCP levels, one by tag and one by network': {
    principal: role(allow('kms:*')),
    resource: blue,
    scps: [[policy(allow('*', teamIs('blue')))], [policy(allow('*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }))]],
    closed: 'denied',
    open: loses('depends', when({ 'aws:SourceIp': inside('10.0.0.0/8') })),
  },
  'the root user under an SCP that allows the tagged, or with MFA': {
    principal: rootUser(),
    resource: blue,
    scps: [[policy(allow('*', teamIs('blue')), allow('*', mfa))]],
    closed: 'loss',
    open: mayLose('allow', withoutMfa),
  },
  'an RCP that denies the untagged to all but services': {
    principal: role(allow('kms:*')),
    resource: blue,
    rcps: [[policy(to('*', deny('*', { ...teamIsMissing, BoolIfExists: { 'aws:ViaAWSService': 'false' } })))]],
    closed: 'loss',
    open: mayLose('allow', when({ 'aws:ViaAWSService': either(absent, is('false')) })),
  },
  'the key policy delegates through S3 only': {
    principal: role(allow('kms:*', teamIs('blue'))),
    resource: key(
      { team: 'blue' },
      {
        policy: policy(
          to(rootUser().arn, allow('kms:*', { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } })),
        ),
      },
    ),
    closed: 'denied',
    open: loses('depends', when({ 'kms:ViaService': is('s3.us-east-1.amazonaws.com') })),
  },
  'the key policy grants directly through S3': {
    principal: role(allow('kms:*', teamIs('blue'))),
    resource: key(
      { team: 'blue' },
      {
        policy: policy(
          delegation,
          to(APP, allow('kms:*', { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } })),
        ),
      },
    ),
    closed: 'loss',
    open: mayLose('allow', when({ 'kms:ViaService': not(is('s3.us-east-1.amazonaws.com')) })),
  },
  'kms:ViaService by pattern': {
    principal: role(
      allow('kms:*', { ...teamIs('blue'), StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' } }),
      allow('kms:*', { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } }),
    ),
    resource: blue,
    closed: 'denied',
    open: mayLose(
      'depends',
      when({
        'kms:ViaService': (values) =>
          /^s3\..*\.amazonaws\.com$/s.test(values?.[0] ?? '') && values?.[0] !== 's3.us-east-1.amazonaws.com',
      }),
    ),
  },
  'the resource policy allows the tagged, or with MFA': {
    principal: role(),
    resource: secret({ team: 'blue' }, to(APP, allow(read, teamIs('blue'))), to(APP, allow(read, mfa))),
    closed: 'loss',
    open: mayLose('allow', withoutMfa),
  },
  'the resource policy lets in with MFA what the identity policy loses': {
    principal: role(allow(read, teamIs('blue'))),
    resource: secret({ team: 'blue' }, to(APP, allow(read, mfa))),
    closed: 'loss',
    open: mayLose('allow', withoutMfa),
  },
  'across accounts both sides must let in': {
    principal: otherRole(allow(read, mfa)),
    resource: secret({ team: 'blue' }, to(OTHER_APP, allow(read, teamIs('blue')))),
    closed: 'denied',
    open: loses('depends', withMfa),
  },
  'a grant with a constraint keeps access where the encryption context fits': {
    principal: role(allow('kms:*', teamIs('blue'))),
    resource: key({ team: 'blue' }, { grants: [grant(APP, ['Decrypt'], { encryptionContextSubset: { app: 'x' } })] }),
    closed: 'loss',
    open: mayLose(
      'allow',
      when({ 'kms:EncryptionContext:app': not(is('x')), 'kms:EncryptionContextKeys': () => true }),
    ),
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
  'a free key in Resource': {
    principal: role(
      on(`arn:aws:secretsmanager:us-east-1:111122223333:secret:\${aws:SourceVpce}/*`, allow(read, teamIs('blue'))),
    ),
    resource: secret({ team: 'blue' }),
    closed: 'denied',
    open: loses('depends', when({ 'aws:SourceVpce': is('blue') })),
  },
})

/** Tags of other people's sessions. */
const paired = allow('kms:*', { StringEquals: { [TEAM]: `\${aws:PrincipalTag/team}` } })
const guest = (statement: typeof paired, tags: Record<string, string> = {}) => ({
  ...tagged(tags, session(statement)),
  sessionTags: 'unknown' as const,
})

export const sessionTags = from(source.openContext, {
  'a session that may carry unknown tags: lost by those that carry the value': {
    principal: guest(paired),
    resource: blue,
    closed: 'denied',
    open: loses('depends', when({ 'aws:PrincipalTag/team': is('blue') })),
  },
  'a session without unknown tags carries none': {
    principal: session(paired),
    resource: blue,
    closed: 'denied',
    open: unaffected('deny'),
  },
  'a tag that the session is known to carry is not free': {
    principal: guest(paired, { team: 'blue' }),
    resource: blue,
    open: loses('allow'),
  },
  'a tag that the session is known to carry with another value': {
    principal: guest(paired, { team: 'red' }),
    resource: blue,
    open: unaffected('deny'),
  },
  'an unknown session tag as condition of its own': {
    principal: guest(allow('kms:*', { StringEquals: { [TEAM]: 'blue', 'aws:PrincipalTag/admin': 'yes' } })),
    resource: blue,
    open: loses('depends', when({ 'aws:PrincipalTag/admin': is('yes') })),
  },
  'a Deny unless tags agree: every session but the unequal ones loses': {
    principal: {
      ...session(allow('kms:*'), deny('kms:*', { StringNotEquals: { [TEAM]: `\${aws:PrincipalTag/team}` } })),
      sessionTags: 'unknown' as const,
    },
    resource: blue,
    closed: 'denied',
    open: loses('depends', when({ 'aws:PrincipalTag/team': is('blue') })),
  },
})

/** The session's name is free where only the role is known. */
export const sessionNames = from(source.openContext, {
  'a resource policy by tag for one session of the role': {
    principal: role(),
    resource: secret({ team: 'blue' }, to(APP_SESSION, allow(read, teamIs('blue')))),
    open: loses('depends'),
  },
  'another session of an exact session is not meant': {
    principal: { ...session(), arn: `${APP_SESSION}x` },
    resource: secret({ team: 'blue' }, to(APP_SESSION, allow(read, teamIs('blue')))),
    open: unaffected('deny'),
  },
  'one session keeps what the role loses': {
    principal: role(allow(read, teamIs('blue'))),
    resource: secret({ team: 'blue' }, to(APP_SESSION, allow(read))),
    open: { before: 'allow', after: 'depends', effect: ['may-lose'] },
  },
  'the session name stands in aws:userid too: another name is denied': {
    principal: role(deny(read, { StringNotLike: { 'aws:userid': '*:bob' } })),
    resource: secret({ team: 'blue' }, to(APP_SESSION, allow(read, teamIs('blue')))),
    open: unaffected('deny'),
  },
})
