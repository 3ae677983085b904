import { expect, test } from 'vitest'
import { evaluate } from './evaluate.ts'
import {
  ACCOUNT,
  allow,
  aws,
  deny,
  everything,
  factsOf,
  inWordsOf,
  nothing,
  policy,
  ROLE,
  type Row,
  SESSION,
  USER,
} from './testing.ts'

const LOGIC = 'IAM: Policy evaluation logic'

const toRole = policy(allow({ Principal: aws(ROLE) }))

const toUser = policy(allow({ Principal: aws(USER) }))

const toSession = policy(allow({ Principal: aws(SESSION) }))

const toAll = policy(allow({ Principal: '*' }))

const toAllByArn = policy(allow({ Principal: '*', Condition: { ArnEquals: { 'aws:PrincipalArn': ROLE } } }))

const rows: Row[] = [
  [
    'a boundary must allow, too',
    'IAM: Permissions boundaries',
    { identity: [everything], boundary: nothing },
    'implicitDeny permissionsBoundary',
  ],
  ['a boundary grants nothing', 'IAM: Permissions boundaries', { boundary: everything }, 'implicitDeny identityPolicy'],
  [
    'a boundary’s Deny is a Deny',
    'IAM: Permissions boundaries',
    { identity: [everything], boundary: policy(allow(), deny()) },
    'explicitDeny permissionsBoundary',
  ],
  ['both allow', 'IAM: Permissions boundaries', { identity: [everything], boundary: everything }, 'allowed'],
  [
    'a session policy must allow, too',
    'IAM: Session policies',
    { identity: [everything], session: [nothing] },
    'implicitDeny sessionPolicy',
  ],
  [
    'one of several session policies is enough',
    'IAM: Session policies',
    { identity: [everything], session: [nothing, everything] },
    'allowed',
  ],
  [
    'a session policy grants nothing',
    'IAM: Session policies',
    { session: [everything] },
    'implicitDeny identityPolicy',
  ],
  [
    'a session policy’s Deny is a Deny',
    'IAM: Session policies',
    { identity: [everything], session: [policy(allow(), deny())] },
    'explicitDeny sessionPolicy',
  ],
  [
    'boundary and session policy limit each for itself',
    LOGIC,
    { identity: [everything], boundary: everything, session: [nothing] },
    'implicitDeny sessionPolicy',
  ],
  [
    'what a key policy gives to the role the boundary limits',
    LOGIC,
    { policy: toRole, boundary: nothing },
    'implicitDeny permissionsBoundary',
  ],
  [
    'what a key policy gives to the role the session policy limits',
    LOGIC,
    { policy: toRole, session: [nothing] },
    'implicitDeny sessionPolicy',
  ],
  [
    'what a secret’s policy gives to the role the boundary limits',
    LOGIC,
    { type: 'secret', policy: toRole, boundary: nothing },
    'implicitDeny',
  ],
  [
    'what a secret’s policy gives to the role within the boundary',
    LOGIC,
    { type: 'secret', policy: toRole, boundary: everything },
    'allowed resourcePolicy',
  ],
  [
    'what is given to the session itself no boundary limits',
    LOGIC,
    { arn: SESSION, roleArn: ROLE, policy: toSession, boundary: nothing, session: [nothing] },
    'allowed resourcePolicy',
  ],
  [
    'what is given to the user itself no boundary limits',
    LOGIC,
    { arn: USER, policy: toUser, boundary: nothing },
    'allowed resourcePolicy',
  ],
  [
    '`*` with aws:PrincipalArn counts like the principal itself',
    'IAM: Principal, IAM role principals',
    { policy: toAllByArn, boundary: nothing },
    'allowed resourcePolicy',
  ],
  [
    'a plain `*` under a boundary that does not allow',
    'IAM: Principal',
    { policy: toAll, boundary: nothing },
    'undocumented',
  ],
  [
    'a plain `*` under a boundary that allows',
    'IAM: Principal',
    { policy: toAll, boundary: everything },
    'allowed resourcePolicy',
  ],
  [
    'a Deny in the boundary beats a grant to the user itself',
    LOGIC,
    { arn: USER, policy: toUser, boundary: policy(deny()) },
    'explicitDeny permissionsBoundary',
  ],
  [
    '`*` with another condition is plain',
    'IAM: Principal',
    {
      policy: policy(allow({ Principal: '*', Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT } } })),
      boundary: nothing,
    },
    'undocumented',
  ],
  [
    '`*` with whom aws:PrincipalArn must not be is plain',
    'IAM: Principal',
    {
      policy: policy(allow({ Principal: '*', Condition: { ArnNotEquals: { 'aws:PrincipalArn': USER } } })),
      boundary: nothing,
    },
    'undocumented',
  ],
  [
    '`*` with an asking for aws:PrincipalArn is plain',
    'IAM: Principal',
    {
      policy: policy(allow({ Principal: '*', Condition: { Null: { 'aws:PrincipalArn': 'false' } } })),
      boundary: nothing,
    },
    'undocumented',
  ],
  [
    '`*` with aws:PrincipalArn beside another condition',
    'IAM: Principal',
    {
      policy: policy(
        allow({
          Principal: '*',
          Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT, 'aws:PrincipalArn': ROLE } },
        }),
      ),
      boundary: nothing,
    },
    'allowed resourcePolicy',
  ],
]

test.each(rows)('%s (%s)', (_rule, _source, situation, outcome) => {
  expect(inWordsOf(outcome, evaluate(factsOf(situation)))).toBe(outcome)
})
