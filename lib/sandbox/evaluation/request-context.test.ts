import { expect, test } from 'vitest'
import { evaluate } from './evaluate.ts'
import {
  ACCOUNT,
  allow,
  factsOf,
  inWordsOf,
  type Outcome,
  onCondition,
  policy,
  ROLE,
  ROOT,
  type Row,
  SECRET,
  SESSION,
  type Situation,
  USER,
} from './testing.ts'

const pay: Situation = { tags: { team: 'pay' } }

const yes: Outcome = 'allowed'

const derived: Row[] = [
  [
    'aws:PrincipalArn of a session is the role’s, with its path',
    'IAM: Global condition keys',
    onCondition('StringEquals', 'aws:PrincipalArn', ROLE, { arn: SESSION, roleArn: ROLE }),
    yes,
  ],
  [
    'aws:PrincipalAccount',
    'IAM: Global condition keys',
    onCondition('StringEquals', 'aws:PrincipalAccount', ACCOUNT),
    yes,
  ],
  [
    'aws:PrincipalType of a role',
    'IAM: Policy variables',
    onCondition('StringEquals', 'aws:PrincipalType', 'AssumedRole'),
    yes,
  ],
  [
    'aws:PrincipalType of a user',
    'IAM: Policy variables',
    onCondition('StringEquals', 'aws:PrincipalType', 'User', { arn: USER }),
    yes,
  ],
  [
    'aws:username of a user',
    'IAM: Policy variables',
    onCondition('StringEquals', 'aws:username', 'grace', { arn: USER }),
    yes,
  ],
  ['aws:username of a role is absent', 'IAM: Policy variables', onCondition('Null', 'aws:username', 'true'), yes],
  [
    'aws:userid',
    'IAM: Policy variables',
    onCondition('StringLike', 'aws:userid', 'AROAX:*', { userId: 'AROAX:kim' }),
    yes,
  ],
  [
    'aws:ResourceAccount',
    'IAM: Global condition keys',
    onCondition('StringEquals', 'aws:ResourceAccount', `\${aws:PrincipalAccount}`),
    yes,
  ],
  [
    'aws:RequestedRegion is the resource’s',
    'IAM: Global condition keys',
    onCondition('StringEquals', 'aws:RequestedRegion', 'eu-central-1'),
    yes,
  ],
  ['aws:SecureTransport', 'IAM: Global condition keys', onCondition('Bool', 'aws:SecureTransport', 'true'), yes],
  ['kms:CallerAccount', 'KMS: Condition keys', onCondition('StringEquals', 'kms:CallerAccount', ACCOUNT), yes],
  [
    'kms:CallerAccount is not known to Secrets Manager',
    'KMS: Condition keys',
    onCondition('Null', 'kms:CallerAccount', 'true', { type: 'secret' }),
    yes,
  ],
  [
    'kms:KeySpec',
    'KMS: Condition keys',
    onCondition('StringEquals', 'kms:KeySpec', 'RSA_2048', { resource: { kmsFacts: { KeySpec: 'RSA_2048' } } }),
    yes,
  ],
  [
    'kms:MultiRegion',
    'KMS: Condition keys',
    onCondition('Bool', 'kms:MultiRegion', 'false', { resource: { kmsFacts: { MultiRegion: false } } }),
    yes,
  ],
  [
    'secretsmanager:SecretId',
    'Service Authorization Reference',
    onCondition('ArnEquals', 'secretsmanager:SecretId', SECRET, { type: 'secret' }),
    yes,
  ],
  [
    'secretsmanager:SecretPrimaryRegion',
    'Service Authorization Reference',
    onCondition('StringEquals', 'secretsmanager:SecretPrimaryRegion', 'us-east-1', {
      type: 'secret',
      resource: { primaryRegion: 'us-east-1' },
    }),
    yes,
  ],
  [
    'secretsmanager:ResourceTag is not known to KMS',
    'Service Authorization Reference',
    onCondition('Null', 'secretsmanager:ResourceTag/team', 'true', pay),
    yes,
  ],
  [
    'the root user’s aws:PrincipalArn',
    'IAM: Global condition keys',
    { arn: ROOT, policy: policy(allow({ Principal: '*', Condition: { ArnEquals: { 'aws:PrincipalArn': ROOT } } })) },
    yes,
  ],
  [
    'aws:CurrentTime is the instant of aws:EpochTime',
    'IAM: Global condition keys',
    onCondition('DateEquals', 'aws:CurrentTime', '1970-01-01T00:01:00Z', { context: { 'aws:EpochTime': '60' } }),
    yes,
  ],
  [
    'both are taken as given',
    'IAM: Global condition keys',
    onCondition('NumericEquals', 'aws:EpochTime', '61', {
      context: { 'aws:CurrentTime': '1970-01-01T00:01:00Z', 'aws:EpochTime': '61' },
    }),
    yes,
  ],
  [
    'the other one as well',
    'IAM: Global condition keys',
    onCondition('DateEquals', 'aws:CurrentTime', '60', {
      context: { 'aws:CurrentTime': '1970-01-01T00:01:00Z', 'aws:EpochTime': '61' },
    }),
    yes,
  ],
  [
    'no instant follows from what is none',
    'IAM: Global condition keys',
    onCondition('Null', 'aws:EpochTime', 'true', { context: { 'aws:CurrentTime': 'now' } }),
    yes,
  ],
  [
    'nor from seconds that are none',
    'IAM: Global condition keys',
    onCondition('Null', 'aws:CurrentTime', 'true', { context: { 'aws:EpochTime': 'now' } }),
    yes,
  ],
  ['nor from nothing', 'IAM: Global condition keys', onCondition('Null', 'aws:CurrentTime', 'true'), yes],
]

test.each(derived)('%s (%s)', (_rule, _source, situation, outcome) => {
  expect(inWordsOf(outcome, evaluate(factsOf(situation)))).toBe(outcome)
})
