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
  KEY,
  nothing,
  policy,
  ROLE,
  type Row,
  SESSION,
  USER,
} from './testing.ts'

const LOGIC = 'IAM: Policy evaluation logic'

const KEY_POLICY = 'KMS: Default key policy'

const toRole = policy(allow({ Principal: aws(ROLE) }))

const toUser = policy(allow({ Principal: aws(USER) }))

const toSession = policy(allow({ Principal: aws(SESSION) }))

const toAll = policy(allow({ Principal: '*' }))

const toAllByArn = policy(allow({ Principal: '*', Condition: { ArnEquals: { 'aws:PrincipalArn': ROLE } } }))

const single: Row[] = [
  ['without any Allow the answer is no', LOGIC, {}, 'implicitDeny identityPolicy'],
  [
    'an identity Allow is enough where the key policy trusts the account',
    KEY_POLICY,
    { identity: [everything] },
    'allowed identityPolicy',
  ],
  [
    'a Deny beats an Allow of the same policy',
    LOGIC,
    { identity: [policy(allow(), deny())] },
    'explicitDeny identityPolicy',
  ],
  [
    'a Deny for another action denies nothing',
    LOGIC,
    { identity: [policy(allow(), deny({ Action: 'kms:Encrypt' }))] },
    'allowed',
  ],
  [
    'a group’s policies are the user’s',
    LOGIC,
    { arn: USER, groups: [{ name: 'devs', policies: [everything] }] },
    'allowed',
  ],
  [
    'a group’s Deny is the user’s',
    LOGIC,
    { arn: USER, identity: [everything], groups: [{ name: 'devs', policies: [policy(deny())] }] },
    'explicitDeny identityPolicy',
  ],
  ['one of several policies is enough', LOGIC, { identity: [nothing, everything] }, 'allowed'],
  [
    'a single statement may stand without a list',
    'IAM: Grammar',
    { identity: [{ Version: '2012-10-17', Statement: allow() }] },
    'allowed',
  ],
  [
    'NotAction allows all but the listed',
    'IAM: NotAction',
    { identity: [policy(allow({ NotAction: 'kms:Encrypt' }))] },
    'allowed',
  ],
  [
    'NotAction does not allow the listed',
    'IAM: NotAction',
    { identity: [policy(allow({ NotAction: ['kms:Encrypt', 'kms:De*'] }))] },
    'implicitDeny',
  ],
  [
    'NotAction with Deny denies all but the listed',
    'IAM: NotAction',
    { identity: [policy(allow(), deny({ NotAction: 'kms:Encrypt' }))] },
    'explicitDeny',
  ],
  ['action names ignore case', 'IAM: Action', { identity: [policy(allow({ Action: 'KMS:decrypt' }))] }, 'allowed'],
  [
    '`?` in an action stands for one character',
    'IAM: Action',
    { identity: [policy(allow({ Action: 'kms:Decryp?' }))] },
    'allowed',
  ],
  [
    'resources are case-sensitive',
    'IAM: Resource',
    { identity: [policy(allow({ Resource: KEY.toUpperCase() }))] },
    'implicitDeny',
  ],
  ['the exact ARN of the key', 'IAM: Resource', { identity: [policy(allow({ Resource: KEY }))] }, 'allowed'],
  [
    'wildcards within segments',
    'IAM: Resource',
    { identity: [policy(allow({ Resource: `arn:aws:kms:*:${ACCOUNT}:key/*` }))] },
    'allowed',
  ],
  [
    'a `*` that ends its segment may reach over colons',
    'IAM: Resource',
    { identity: [policy(allow({ Resource: 'arn:aws:kms:*' }))] },
    'allowed',
  ],
  [
    'a `*` within a segment that reaches over a colon',
    'IAM: Resource',
    { identity: [policy(allow({ Resource: 'arn:aws:kms:*l-1*90ab' }))] },
    'undocumented',
  ],
  [
    'NotResource allows all but the listed',
    'IAM: NotResource',
    { identity: [policy(allow({ NotResource: 'arn:aws:s3:::*' }))] },
    'allowed',
  ],
  [
    'NotResource does not allow the listed',
    'IAM: NotResource',
    { identity: [policy(allow({ NotResource: KEY }))] },
    'implicitDeny',
  ],
  [
    'an alias ARN is the alias, not the key',
    'KMS: Use aliases to control access',
    {
      identity: [policy(allow({ Resource: `arn:aws:kms:eu-central-1:${ACCOUNT}:alias/app` }))],
      resource: { aliases: ['alias/app'] },
    },
    'implicitDeny',
  ],
  [
    'an action without resources needs Resource `*`',
    'Service Authorization Reference',
    { type: 'other', identity: [policy(allow({ Resource: 'arn:aws:kms:*:*:key/*' }))] },
    'implicitDeny identityPolicy',
  ],
  [
    'an action without resources, Resource `*`',
    'Service Authorization Reference',
    { type: 'other', identity: [everything] },
    'allowed',
  ],
  [
    'one of several resources is enough',
    'IAM: Resource',
    { identity: [policy(allow({ Resource: ['arn:aws:s3:::x', KEY] }))] },
    'allowed',
  ],
  [
    'one of several in NotResource is enough',
    'IAM: NotResource',
    { identity: [policy(allow({ NotResource: ['arn:aws:s3:::x', KEY] }))] },
    'implicitDeny',
  ],
  [
    'a `*` in the middle of a segment',
    'IAM: Resource',
    { identity: [policy(allow({ Resource: `arn:aws:kms:eu-*al-?:${ACCOUNT}:key/*` }))] },
    'allowed',
  ],
]

const limits: Row[] = [
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

test.each([...single, ...limits])('%s (%s)', (_rule, _source, situation, outcome) => {
  expect(inWordsOf(outcome, evaluate(factsOf(situation)))).toBe(outcome)
})
