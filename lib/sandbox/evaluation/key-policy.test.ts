import { expect, test } from 'vitest'
import { evaluate } from './evaluate.ts'
import {
  ACCOUNT,
  allow,
  aws,
  delegating,
  deny,
  everything,
  factsOf,
  inWordsOf,
  nothing,
  OTHER_ACCOUNT,
  policy,
  ROLE,
  ROOT,
  type Row,
  SESSION,
  USER,
} from './testing.ts'

const LOGIC = 'IAM: Policy evaluation logic'

const KEY_POLICY = 'KMS: Default key policy'

const toRole = policy(allow({ Principal: aws(ROLE) }))

const toSession = policy(allow({ Principal: aws(SESSION) }))

const toAll = policy(allow({ Principal: '*' }))

const keyPolicies: Row[] = [
  [
    'without the account in the key policy an identity Allow is ineffective',
    KEY_POLICY,
    { identity: [everything], policy: policy(allow({ Principal: aws(USER) })) },
    'implicitDeny resourcePolicy',
  ],
  [
    'identity Denies work without it',
    KEY_POLICY,
    { identity: [policy(deny())], policy: toRole },
    'explicitDeny identityPolicy',
  ],
  [
    'a key without a policy is nobody’s',
    'KMS: Key policies',
    { identity: [everything], policy: null },
    'implicitDeny resourcePolicy',
  ],
  [
    'the account’s statement must cover the request',
    KEY_POLICY,
    { identity: [everything], policy: policy(allow({ Principal: aws(ROOT), Action: 'kms:Encrypt' })) },
    'implicitDeny resourcePolicy',
  ],
  ['the account’s statement grants nobody anything', KEY_POLICY, { policy: delegating }, 'implicitDeny identityPolicy'],
  [
    'the bare account id is the account',
    'IAM: Principal, AWS account principals',
    { identity: [everything], policy: policy(allow({ Principal: aws(ACCOUNT) })) },
    'allowed',
  ],
  [
    'the account’s Deny is for everybody in it',
    LOGIC,
    { identity: [everything], policy: policy(allow({ Principal: aws(ROOT) }), deny({ Principal: aws(ROOT) })) },
    'explicitDeny resourcePolicy',
  ],
  [
    'a role named in the key policy needs no identity Allow',
    'KMS: Key policies',
    { policy: toRole },
    'allowed resourcePolicy',
  ],
  [
    'a session of the role, too',
    'KMS: Key policies',
    { arn: SESSION, roleArn: ROLE, policy: toRole },
    'allowed resourcePolicy',
  ],
  [
    'a session by name is not any session',
    'IAM: Principal, Role session principals',
    { policy: toSession },
    'implicitDeny resourcePolicy',
  ],
  [
    'another session is another principal',
    'IAM: Principal, Role session principals',
    { arn: SESSION.replace('kim', 'lee'), roleArn: ROLE, policy: toSession },
    'implicitDeny',
  ],
  [
    'user names in principals are case-sensitive',
    'IAM: Principal, IAM user principals',
    { arn: USER, policy: policy(allow({ Principal: aws(USER.replace('grace', 'Grace')) })) },
    'implicitDeny',
  ],
  [
    'a wildcard does not match a part of a principal',
    'IAM: Principal',
    { policy: policy(allow({ Principal: aws(`arn:aws:iam::${ACCOUNT}:role/*`) })) },
    'implicitDeny',
  ],
  ['`*` is everybody', 'IAM: Principal, All principals', { policy: toAll }, 'allowed resourcePolicy'],
  [
    '`{"AWS":"*"}` is everybody',
    'IAM: Principal, All principals',
    { policy: policy(allow({ Principal: { AWS: '*' } })) },
    'allowed resourcePolicy',
  ],
  [
    'a service principal is no role',
    'IAM: Principal, AWS service principals',
    { policy: policy(allow({ Principal: { Service: 'ec2.amazonaws.com' } })) },
    'implicitDeny',
  ],
  [
    'a key policy’s statement without Resource has no effect',
    'KMS: Creating a key policy',
    { policy: policy({ Effect: 'Allow', Principal: aws(ROLE), Action: 'kms:*' }) },
    'implicitDeny resourcePolicy',
  ],
  [
    'a condition on the account’s statement is honoured',
    KEY_POLICY,
    {
      identity: [everything],
      policy: policy(
        allow({ Principal: aws(ROOT), Condition: { StringEquals: { 'kms:CallerAccount': OTHER_ACCOUNT } } }),
      ),
    },
    'implicitDeny resourcePolicy',
  ],
  [
    'aws:ResourceTag in a key policy',
    'KMS: ABAC for AWS KMS',
    {
      tags: { team: 'pay' },
      policy: policy(allow({ Principal: aws(ROLE), Condition: { StringEquals: { 'aws:ResourceTag/team': 'pay' } } })),
    },
    'undocumented',
  ],
  [
    'aws:ResourceTag in a key policy where it decides nothing',
    'KMS: ABAC for AWS KMS',
    {
      policy: policy(
        allow({ Principal: aws(ROLE) }),
        allow({ Principal: aws(ROLE), Condition: { Null: { 'aws:ResourceTag/team': 'true' } } }),
      ),
    },
    'allowed',
  ],
  [
    'kms:ResourceAliases in a key policy',
    'KMS: Condition keys',
    {
      resource: { aliases: ['alias/app'] },
      policy: policy(
        allow({
          Principal: aws(ROLE),
          Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/app' } },
        }),
      ),
    },
    'undocumented',
  ],
  [
    'a tag as the value of a condition in a key policy',
    'KMS: ABAC for AWS KMS',
    {
      tags: { team: 'pay' },
      principalTags: { team: 'pay' },
      policy: policy(
        allow({
          Principal: aws(ROLE),
          Condition: { StringEquals: { 'aws:PrincipalTag/team': `\${aws:ResourceTag/team}` } },
        }),
      ),
    },
    'undocumented',
  ],
]

const rootUser: Row[] = [
  [
    'the account’s statement covers the root user',
    'KMS: Creating a key policy, Principal',
    { arn: ROOT },
    'allowed resourcePolicy',
  ],
  ['without it the root user is out', KEY_POLICY, { arn: ROOT, policy: toRole }, 'implicitDeny resourcePolicy'],
  ['a secret is open to the root user', LOGIC, { arn: ROOT, type: 'secret' }, 'allowed rootUser'],
  [
    'unless its policy denies',
    LOGIC,
    { arn: ROOT, type: 'secret', policy: policy(deny({ Principal: '*' })) },
    'explicitDeny resourcePolicy',
  ],
  [
    'unless an SCP does not allow',
    'Organizations: SCPs',
    { arn: ROOT, type: 'secret', scps: [[nothing]] },
    'implicitDeny scp',
  ],
]

test.each([...keyPolicies, ...rootUser])('%s (%s)', (_rule, _source, situation, outcome) => {
  expect(inWordsOf(outcome, evaluate(factsOf(situation)))).toBe(outcome)
})
