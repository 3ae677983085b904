import { expect, test } from 'vitest'
import { evaluate } from './evaluate.ts'
import {
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
  type Row,
  USER,
} from './testing.ts'

const LOGIC = 'IAM: Policy evaluation logic'

const FOREIGN = `arn:aws:iam::${OTHER_ACCOUNT}:role/app`

const FOREIGN_ROOT = `arn:aws:iam::${OTHER_ACCOUNT}:root`

const toRole = policy(allow({ Principal: aws(ROLE) }))

const toUser = policy(allow({ Principal: aws(USER) }))

const toAll = policy(allow({ Principal: '*' }))

const secrets: Row[] = [
  ['an identity Allow alone is enough', LOGIC, { type: 'secret', identity: [everything] }, 'allowed identityPolicy'],
  ['a resource policy alone is enough', LOGIC, { type: 'secret', policy: toRole }, 'allowed resourcePolicy'],
  ['neither is not', LOGIC, { type: 'secret', policy: toUser }, 'implicitDeny identityPolicy'],
  [
    'the account as principal grants nobody anything',
    'IAM: Principal, AWS account principals',
    { type: 'secret', policy: delegating },
    'implicitDeny identityPolicy',
  ],
  [
    'a Deny in the resource policy',
    LOGIC,
    { type: 'secret', identity: [everything], policy: policy(deny({ Principal: '*' })) },
    'explicitDeny resourcePolicy',
  ],
  [
    'tags count in a secret’s policy',
    'Secrets Manager: Resource-based policies',
    {
      type: 'secret',
      tags: { team: 'pay' },
      policy: policy(allow({ Principal: aws(ROLE), Condition: { StringEquals: { 'aws:ResourceTag/team': 'pay' } } })),
    },
    'allowed',
  ],
  [
    'and under their second name',
    'Service Authorization Reference',
    {
      type: 'secret',
      tags: { team: 'pay' },
      policy: policy(
        allow({ Principal: aws(ROLE), Condition: { StringEquals: { 'secretsmanager:ResourceTag/team': 'pay' } } }),
      ),
    },
    'allowed',
  ],
]

const crossAccount: Row[] = [
  [
    'across accounts the identity side alone is not enough',
    'IAM: Cross-account policy evaluation',
    { arn: FOREIGN, type: 'secret', identity: [everything] },
    'implicitDeny resourcePolicy',
  ],
  [
    'nor the resource side alone',
    'IAM: Cross-account policy evaluation',
    { arn: FOREIGN, type: 'secret', policy: policy(allow({ Principal: aws(FOREIGN) })) },
    'implicitDeny identityPolicy',
  ],
  [
    'both are',
    'IAM: Cross-account policy evaluation',
    { arn: FOREIGN, type: 'secret', identity: [everything], policy: policy(allow({ Principal: aws(FOREIGN_ROOT) })) },
    'allowed',
  ],
  [
    'both are, for a key',
    'KMS: Users in other accounts',
    { arn: FOREIGN, identity: [everything], policy: policy(allow({ Principal: aws(FOREIGN_ROOT) })) },
    'allowed',
  ],
  [
    'the key’s own account in the key policy helps no other',
    'KMS: Users in other accounts',
    { arn: FOREIGN, identity: [everything], policy: delegating },
    'implicitDeny resourcePolicy',
  ],
  [
    'a boundary limits across accounts whomever the policy names',
    'IAM: Cross-account policy evaluation',
    { arn: FOREIGN, identity: [everything], boundary: nothing, policy: toAll },
    'implicitDeny permissionsBoundary',
  ],
  [
    'operations without cross-account use stay closed',
    'KMS: Users in other accounts',
    { arn: FOREIGN, identity: [everything], policy: toAll, action: 'kms:UntagResource' },
    'implicitDeny resourcePolicy',
  ],
  [
    'an external root user needs the key policy alone',
    LOGIC,
    { arn: FOREIGN_ROOT, policy: policy(allow({ Principal: aws(FOREIGN_ROOT) })) },
    'allowed rootUser',
  ],
  [
    'nobody lets another account in where there is no resource policy',
    LOGIC,
    { arn: FOREIGN, type: 'other', resource: { arn: USER }, identity: [everything], action: 'iam:GetUser' },
    'implicitDeny resourcePolicy',
  ],
  [
    'AWS’s own managed policies are in every account',
    'IAM: Managed policies and inline policies',
    {
      type: 'other',
      resource: { arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
      identity: [everything],
      action: 'iam:GetPolicy',
    },
    'allowed identityPolicy',
  ],
]

test.each([...secrets, ...crossAccount])('%s (%s)', (_rule, _source, situation, outcome) => {
  expect(inWordsOf(outcome, evaluate(factsOf(situation)))).toBe(outcome)
})
