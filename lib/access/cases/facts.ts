import {
  ACCOUNT,
  allow,
  type Conditions,
  deny,
  from,
  key,
  policy,
  role,
  secret,
  session,
  TEAM,
  to,
  user,
} from './build.ts'
import { loses, unaffected } from './outcome.ts'
import { source } from './sources.ts'
import { is, when } from './witness.ts'

const byTag = (condition: Conditions): Conditions => ({
  ...condition,
  StringEquals: { ...condition.StringEquals, [TEAM]: 'blue' },
})
const decrypt = (metadata: object, name: string, value: string) => ({
  principal: role(allow('kms:Decrypt', byTag({ StringEquals: { [name]: value } }))),
  resource: key({ team: 'blue' }, metadata),
})
const multiRegion = (metadata: object, value: string) => ({
  principal: role(allow('kms:Decrypt', byTag({ Bool: { 'kms:MultiRegion': value } }))),
  resource: key({ team: 'blue' }, metadata),
})
const MULTI_REGION_KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/mrk-1234abcd12ab34cd56ef1234567890ab`

const isMissing = (name: string) => ({
  principal: role(allow('kms:Decrypt', byTag({ Null: { [name]: 'true' } }))),
  resource: key({ team: 'blue' }),
  open: unaffected('deny'),
})

/** Properties of the key that the request is about, with the values that DescribeKey tells. */
export const keyMetadata = from(source.kmsConditions, {
  'a kms:KeySpec that nobody told is not missing': isMissing('kms:KeySpec'),
  'a kms:KeyUsage that nobody told is not missing': isMissing('kms:KeyUsage'),
  'a kms:KeyOrigin that nobody told is not missing': isMissing('kms:KeyOrigin'),
  'kms:KeySpec': {
    ...decrypt({ keySpec: 'SYMMETRIC_DEFAULT' }, 'kms:KeySpec', 'SYMMETRIC_DEFAULT'),
    closed: 'loss',
    open: 'same',
  },
  'another kms:KeySpec': {
    ...decrypt({ keySpec: 'RSA_2048' }, 'kms:KeySpec', 'SYMMETRIC_DEFAULT'),
    closed: 'denied',
    open: 'same',
  },
  'kms:CustomerMasterKeySpec is the old name of it': {
    ...decrypt({ keySpec: 'RSA_2048' }, 'kms:CustomerMasterKeySpec', 'RSA_2048'),
    open: loses('allow'),
  },
  'a kms:KeySpec that nobody told may be any': {
    ...decrypt({}, 'kms:KeySpec', 'RSA_2048'),
    closed: 'denied',
    open: loses('depends', when({ 'kms:KeySpec': is('RSA_2048') })),
  },
  'kms:KeySpec of CreateKey belongs to the request': {
    principal: role(allow('kms:CreateKey', { StringEquals: { 'kms:KeySpec': 'RSA_2048' } })),
    resource: key({ team: 'blue' }, { keySpec: 'SYMMETRIC_DEFAULT' }),
    action: 'kms:CreateKey',
    open: unaffected('depends'),
  },
  'kms:KeyUsage': {
    ...decrypt({ keyUsage: 'ENCRYPT_DECRYPT' }, 'kms:KeyUsage', 'ENCRYPT_DECRYPT'),
    closed: 'loss',
    open: 'same',
  },
  'kms:CustomerMasterKeyUsage is the old name of it': {
    ...decrypt({ keyUsage: 'ENCRYPT_DECRYPT' }, 'kms:CustomerMasterKeyUsage', 'ENCRYPT_DECRYPT'),
    closed: 'loss',
    open: 'same',
  },
  'kms:KeyOrigin': { ...decrypt({ keyOrigin: 'AWS_KMS' }, 'kms:KeyOrigin', 'AWS_KMS'), closed: 'loss', open: 'same' },
  'kms:MultiRegionKeyType': {
    ...decrypt({ multiRegion: true, multiRegionKeyType: 'REPLICA' }, 'kms:MultiRegionKeyType', 'REPLICA'),
    closed: 'loss',
    open: 'same',
  },
  'kms:MultiRegion': {
    ...multiRegion({ arn: MULTI_REGION_KEY, multiRegion: true }, 'true'),
    closed: 'loss',
    open: 'same',
  },
  'the id of a multi-Region key tells that it is one': {
    ...multiRegion({ arn: MULTI_REGION_KEY }, 'true'),
    open: loses('allow'),
  },
  'the id of a key in one Region tells that it is none': { ...multiRegion({}, 'true'), open: unaffected('deny') },
})

const readFrom = (region: string, metadata: object) => ({
  principal: role(
    allow('secretsmanager:GetSecretValue', byTag({ StringEquals: { 'secretsmanager:SecretPrimaryRegion': region } })),
  ),
  resource: { ...secret({ team: 'blue' }), ...metadata },
})

/** A replica tells of its primary. */
export const ofSecrets = from(source.secretKeys, {
  'secretsmanager:SecretPrimaryRegion of a replica is not its own Region': {
    ...readFrom('eu-west-1', { primaryRegion: 'eu-west-1' }),
    closed: 'loss',
    open: 'same',
  },
  'another secretsmanager:SecretPrimaryRegion': {
    ...readFrom('us-east-1', { primaryRegion: 'eu-west-1' }),
    closed: 'denied',
    open: 'same',
  },
  'a request to Secrets Manager has no kms:MultiRegion': {
    principal: role(allow('secretsmanager:GetSecretValue', byTag({ Bool: { 'kms:MultiRegion': 'false' } }))),
    resource: secret({ team: 'blue' }),
    closed: 'denied',
    open: 'same',
  },
  'a secretsmanager:SecretPrimaryRegion that nobody told may be any': {
    ...readFrom('us-east-1', {}),
    closed: 'denied',
    open: loses('depends', when({ 'secretsmanager:SecretPrimaryRegion': is('us-east-1') })),
  },
})

const userIdLike = (pattern: string) => allow('kms:*', byTag({ StringLike: { 'aws:userid': pattern } }))
const ROLE_WITH_PATH = `arn:aws:iam::${ACCOUNT}:role/apps/app`
const IDENTITY_CENTER = `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com`
const ofPath = (...statements: Parameters<typeof session>) => ({ ...session(...statements), roleArn: ROLE_WITH_PATH })
const blue = key({ team: 'blue' })

/** What an ARN alone does not tell of a principal. */
export const principalIds = from(source.variables, {
  'aws:userid of a user is its unique id': {
    principal: { ...user(userIdLike('AIDAEXAMPLE')), userId: 'AIDAEXAMPLE' },
    resource: blue,
    closed: 'loss',
    open: 'same',
  },
  'aws:userid of a session is the id of its role, a colon and its name': {
    principal: { ...session(userIdLike('AROAEXAMPLE:alice')), userId: 'AROAEXAMPLE' },
    resource: blue,
    closed: 'loss',
    open: 'same',
  },
  'a resource policy names a role by its unique id': {
    principal: { ...role(allow('secretsmanager:*')), userId: 'AROAEXAMPLE' },
    resource: secret(
      { team: 'blue' },
      to('AROAEXAMPLE', deny('secretsmanager:*', { StringEquals: { [TEAM]: 'blue' } })),
    ),
    closed: 'gain',
    open: 'same',
  },
  'a resource policy names another role by its unique id': {
    principal: { ...role(allow('secretsmanager:*')), userId: 'AROAEXAMPLE' },
    resource: secret(
      { team: 'blue' },
      to('AROAANOTHER', deny('secretsmanager:*', { StringEquals: { [TEAM]: 'blue' } })),
    ),
    closed: 'allowed',
    open: 'same',
  },
  'aws:userid of any session begins with the id of its role': {
    principal: { ...role(userIdLike('AROAEXAMPLE:*')), userId: 'AROAEXAMPLE' },
    resource: blue,
    open: loses('allow'),
  },
  'the id of another role': {
    principal: { ...role(userIdLike('AROAANOTHER:*')), userId: 'AROAEXAMPLE' },
    resource: blue,
    open: unaffected('deny'),
  },
  'aws:PrincipalArn of a session has the path of its role': {
    principal: ofPath(allow('kms:*', byTag({ ArnEquals: { 'aws:PrincipalArn': ROLE_WITH_PATH } }))),
    resource: blue,
    closed: 'loss',
    open: 'same',
  },
  'a key policy names the role of a session with its path': {
    principal: ofPath(deny('kms:*', { StringNotEquals: { [TEAM]: 'blue' } })),
    resource: key({ team: 'blue' }, { policy: policy(to(ROLE_WITH_PATH, allow('kms:*'))) }),
    closed: 'loss',
    open: 'same',
  },
  'a role of the same name without the path is no more': {
    principal: ofPath(),
    resource: key(
      { team: 'blue' },
      { policy: policy(to(role().arn, allow('kms:*', { Bool: { 'aws:SecureTransport': 'true' } }))) },
    ),
    closed: 'denied',
  },
  'the path of an Identity Center role tells its Region, which its sessions do not tell': {
    principal: {
      ...session(
        allow('kms:*', byTag({ ArnLike: { 'aws:PrincipalArn': `${IDENTITY_CENTER}/*/AWSReservedSSO_Dba_*` } })),
      ),
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_Dba_1234567890abcdef/bob`,
    },
    resource: blue,
    isRoleUntold: true,
    closed: 'unknown',
    open: 'same',
  },
  'a session does not tell whether its role is service-linked, so that SCPs do not bind it': {
    principal: {
      ...session(allow('kms:*', byTag({}))),
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/AWSServiceRoleForRDS/rds`,
    },
    scps: [[policy(deny('*'))]],
    resource: blue,
    isRoleUntold: true,
    closed: 'unknown',
    open: 'same',
  },
  'an Identity Center role, told with its path': {
    principal: {
      ...session(
        allow('kms:*', byTag({ ArnLike: { 'aws:PrincipalArn': `${IDENTITY_CENTER}/*/AWSReservedSSO_Dba_*` } })),
      ),
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_Dba_1234567890abcdef/bob`,
      roleArn: `${IDENTITY_CENTER}/eu-west-2/AWSReservedSSO_Dba_1234567890abcdef`,
    },
    resource: blue,
    closed: 'loss',
    open: 'same',
  },
  'the path tells a service-linked role, which no SCP binds': {
    principal: {
      ...session(allow('kms:*', { StringEquals: { [TEAM]: 'blue' } })),
      roleArn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/rds.amazonaws.com/app`,
    },
    resource: blue,
    scps: [[policy(deny('*'))]],
    closed: 'loss',
  },
})
