import {
  APP,
  allow,
  type Conditions,
  delegation,
  deny,
  from,
  grant,
  key,
  OTHER_APP,
  otherRole,
  policy,
  role,
  rootUser,
  secret,
  session,
  teamIs,
  teamIsMissing,
  teamIsPresent,
  to,
} from './build.ts'
import { loses, mayLose } from './outcome.ts'
import { source } from './sources.ts'
import { absent, either, inside, is, not, when } from './witness.ts'

const read = 'secretsmanager:GetSecretValue'
const mfa: Conditions = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
const endpoint: Conditions = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }
const withMfa = when({ 'aws:MultiFactorAuthPresent': is('true') })
const withoutMfa = when({ 'aws:MultiFactorAuthPresent': not(is('true')) })
const aroundEndpoint = when({ 'aws:SourceVpce': not(is('vpce-1')) })
const blue = key({ team: 'blue' })

/** Free context in the layers beside identity policies. */
export const openCaps = from(source.openContext, {
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
})
