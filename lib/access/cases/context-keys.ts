import {
  ACCOUNT,
  allow,
  type Conditions,
  deny,
  from,
  KEY,
  key,
  policy,
  role,
  rootUser,
  SECRET,
  secret,
  session,
  TEAM,
  to,
  user,
} from './build.ts'
import { loses } from './outcome.ts'
import { source } from './sources.ts'

const byTag = (condition: Conditions): Conditions => ({
  ...condition,
  StringEquals: { ...condition.StringEquals, [TEAM]: 'blue' },
})
const decrypt = (condition: Conditions) => ({
  principal: role(allow('kms:Decrypt', byTag(condition))),
  resource: key({ team: 'blue' }, { aliases: ['alias/app', 'alias/old'] }),
})
const withoutAliases = (condition: Conditions) => ({ ...decrypt(condition), resource: key({ team: 'blue' }) })
const read = (condition: Conditions) => ({
  principal: role(allow('secretsmanager:GetSecretValue', byTag(condition))),
  resource: secret({ team: 'blue' }),
})

/** What AWS derives from principal and resource, whatever the request says. */
export const derivedKeys = from(source.conditionKeys, {
  'a principal is no AWS service': {
    ...decrypt({ Bool: { 'aws:PrincipalIsAWSService': 'false' } }),
    closed: 'loss',
    open: 'same',
  },
  'a principal that is no AWS service has no name of one': {
    ...decrypt({ Null: { 'aws:PrincipalServiceName': 'true' } }),
    closed: 'loss',
    open: 'same',
  },
  'a principal that is no AWS service has no list of its names': {
    ...decrypt({ Null: { 'aws:PrincipalServiceNamesList': 'true' } }),
    closed: 'loss',
    open: 'same',
  },
  'aws:userid of the root user is the account': {
    principal: rootUser(),
    resource: key({ team: 'blue' }),
    scps: [[policy(allow('*'), deny('kms:*', { Null: { [TEAM]: 'true' }, StringEquals: { 'aws:userid': ACCOUNT } }))]],
    closed: 'loss',
    open: 'same',
  },
  'requests that change no tags have no tag keys': {
    ...decrypt({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' } }),
    closed: 'denied',
    open: 'same',
  },
  'a global key that the reference does not list may be in any request': {
    ...decrypt({ StringEquals: { 'aws:NotListed': 'x' } }),
    closed: 'denied',
    open: loses('depends'),
  },
  'aws:PrincipalArn of a role session is the role ARN': {
    principal: session(
      allow('kms:Decrypt', byTag({ ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/app` } })),
    ),
    resource: key({ team: 'blue' }),
    closed: 'loss',
    open: 'same',
  },
  'aws:PrincipalAccount': {
    ...decrypt({ StringEquals: { 'aws:PrincipalAccount': ACCOUNT } }),
    closed: 'loss',
    open: 'same',
  },
  'aws:PrincipalType of a role session is AssumedRole': {
    ...decrypt({ StringEquals: { 'aws:PrincipalType': 'AssumedRole' } }),
    closed: 'loss',
    open: 'same',
  },
  'aws:PrincipalType of a user is User': {
    principal: user(allow('kms:Decrypt', byTag({ StringEquals: { 'aws:PrincipalType': 'User' } }))),
    resource: key({ team: 'blue' }),
    closed: 'loss',
  },
  'aws:PrincipalType of the root user is Account': {
    principal: rootUser(),
    resource: secret(
      { team: 'blue' },
      to('*', { ...allow('*', byTag({ StringEquals: { 'aws:PrincipalType': 'Account' } })), Effect: 'Deny' }),
    ),
    closed: 'gain',
  },
  'aws:ResourceAccount': {
    ...decrypt({ StringEquals: { 'aws:ResourceAccount': ACCOUNT } }),
    closed: 'loss',
    open: 'same',
  },
  "aws:RequestedRegion is the resource's Region": {
    ...decrypt({ StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }),
    closed: 'loss',
    open: 'same',
  },
  'another aws:RequestedRegion': {
    ...decrypt({ StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }),
    closed: 'denied',
    open: 'same',
  },
  'aws:SecureTransport is true': {
    ...decrypt({ Bool: { 'aws:SecureTransport': 'true' } }),
    closed: 'loss',
    open: 'same',
  },
  'kms:CallerAccount': { ...decrypt({ StringEquals: { 'kms:CallerAccount': ACCOUNT } }), closed: 'loss', open: 'same' },
  'secretsmanager:SecretId is the ARN': {
    ...read({ ArnEquals: { 'secretsmanager:SecretId': SECRET } }),
    closed: 'loss',
    open: 'same',
  },
  'a key of the other service is missing': {
    ...read({ Null: { 'kms:ViaService': 'true' } }),
    closed: 'loss',
    open: 'same',
  },
})

/** kms:ResourceAliases belongs to IAM policies and has many values; kms:RequestAlias is what the request named. */
export const aliases = from(source.kmsConditions, {
  'one of the aliases is named': {
    ...decrypt({ 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/old' } }),
    closed: 'loss',
    open: 'same',
  },
  'none of the aliases is named': {
    ...decrypt({ 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/new' } }),
    closed: 'denied',
    open: 'same',
  },
  'all aliases are like the pattern': {
    ...decrypt({ 'ForAllValues:StringLike': { 'kms:ResourceAliases': 'alias/*' } }),
    closed: 'loss',
    open: 'same',
  },
  'one alias is not named': {
    ...decrypt({ 'ForAllValues:StringEquals': { 'kms:ResourceAliases': 'alias/app' } }),
    closed: 'denied',
  },
  'without aliases ForAnyValue fails': {
    ...withoutAliases({ 'ForAnyValue:StringLike': { 'kms:ResourceAliases': 'alias/*' } }),
    closed: 'denied',
    open: 'same',
  },
  'without aliases ForAllValues holds': {
    ...withoutAliases({ 'ForAllValues:StringEquals': { 'kms:ResourceAliases': 'alias/x' } }),
    closed: 'loss',
    open: 'same',
  },
  'without aliases Null holds': {
    ...withoutAliases({ Null: { 'kms:ResourceAliases': 'true' } }),
    closed: 'loss',
    open: 'same',
  },
  'with aliases Null fails': {
    ...decrypt({ Null: { 'kms:ResourceAliases': 'true' } }),
    closed: 'denied',
    open: 'same',
  },
  'kms:RequestAlias is missing if the request used no alias': {
    ...decrypt({ StringEquals: { 'kms:RequestAlias': 'alias/app' } }),
    closed: 'denied',
  },
  'kms:RequestAlias as the request used it': {
    ...decrypt({ StringEquals: { 'kms:RequestAlias': 'alias/app' } }),
    context: { 'kms:RequestAlias': 'alias/app' },
    closed: 'loss',
  },
  'kms:ResourceAliases in a key policy is not documented': {
    principal: role(),
    resource: key(
      { team: 'blue' },
      {
        aliases: ['alias/app'],
        policy: policy(
          to(
            role().arn,
            allow('kms:Decrypt', byTag({ 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/app' } })),
          ),
        ),
      },
    ),
    closed: 'unknown',
  },
})

/** Encryption context: names ignore case, values follow the operator. */
export const encryptionContext = from(source.kmsConditions, {
  'a pair of the encryption context': {
    ...decrypt({ StringEquals: { 'kms:EncryptionContext:app': 'x' } }),
    context: { 'kms:EncryptionContext:app': 'x' },
    closed: 'loss',
  },
  'the name of a pair ignores case': {
    ...decrypt({ StringEquals: { 'kms:EncryptionContext:APP': 'x' } }),
    context: { 'kms:EncryptionContext:app': 'x' },
    closed: 'loss',
  },
  'the value of a pair does not': {
    ...decrypt({ StringEquals: { 'kms:EncryptionContext:app': 'X' } }),
    context: { 'kms:EncryptionContext:app': 'x' },
    closed: 'denied',
  },
  'kms:EncryptionContextKeys with a set operator': {
    ...decrypt({ 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['app', 'stage'] } }),
    context: { 'kms:EncryptionContextKeys': ['app'] },
    closed: 'loss',
  },
  'kms:EncryptionContextKeys are the names of the pairs': {
    ...decrypt({ 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'app' } }),
    context: { 'kms:EncryptionContext:app': 'x', 'aws:SourceVpc': 'vpc-1' },
    closed: 'loss',
  },
  'names of pairs are the value of no other context key': {
    ...decrypt({ StringEquals: { 'aws:SourceVpc': 'app' } }),
    context: { 'kms:EncryptionContext:app': 'x' },
    closed: 'denied',
  },
  'a key ARN as encryption context value is text': {
    ...decrypt({ StringEquals: { 'kms:EncryptionContext:arn': KEY } }),
    context: { 'kms:EncryptionContext:arn': KEY },
    closed: 'loss',
  },
})
