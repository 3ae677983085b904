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
  KEY,
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
const SERVICE_LINKED = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS`
const FOREIGN = `arn:aws:iam::${OTHER_ACCOUNT}:role/app`
const FOREIGN_ROOT = `arn:aws:iam::${OTHER_ACCOUNT}:root`
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
]

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
]

const organization: Row[] = [
  ['an SCP grants nothing', 'Organizations: SCPs', { scps: [[everything]] }, 'implicitDeny identityPolicy'],
  [
    'every level must allow',
    'Organizations: SCP evaluation',
    { identity: [everything], scps: [[everything], [nothing]] },
    'implicitDeny scp',
  ],
  [
    'one policy of a level is enough',
    'Organizations: SCP evaluation',
    { identity: [everything], scps: [[nothing, everything], [everything]] },
    'allowed',
  ],
  [
    'a level without policies allows nothing',
    'Organizations: SCP evaluation',
    { identity: [everything], scps: [[everything], []] },
    'implicitDeny scp',
  ],
  [
    'an SCP’s Deny',
    'Organizations: SCP evaluation',
    { identity: [everything], scps: [[policy(allow(), deny())]] },
    'explicitDeny scp',
  ],
  [
    'a condition on an SCP’s Allow is honoured',
    'Organizations: SCP syntax',
    {
      identity: [everything],
      scps: [[policy(allow({ Condition: { StringEquals: { 'aws:ResourceTag/team': 'pay' } } }))]],
    },
    'implicitDeny scp',
  ],
  [
    'SCPs bind what a key policy grants',
    'Organizations: SCPs',
    { policy: toRole, scps: [[nothing]] },
    'implicitDeny scp',
  ],
  [
    'SCPs bind the root user of the account',
    'Organizations: SCPs',
    { arn: ROOT, scps: [[policy(allow(), deny())]] },
    'explicitDeny scp',
  ],
  [
    'SCPs do not bind service-linked roles',
    'Organizations: SCPs',
    { arn: SERVICE_LINKED, identity: [everything], scps: [[nothing]] },
    'allowed',
  ],
  [
    'an RCP’s Deny',
    'Organizations: RCPs',
    { identity: [everything], rcps: [[policy(deny({ Principal: '*' }))]] },
    'explicitDeny rcp',
  ],
  [
    'RCPs without a Deny leave everything allowed',
    'Organizations: RCPs',
    { identity: [everything], rcps: [[], []] },
    'allowed',
  ],
  [
    'RCPs do not bind service-linked roles',
    'Organizations: RCPs',
    { arn: SERVICE_LINKED, identity: [everything], rcps: [[policy(deny({ Principal: '*' }))]] },
    'allowed',
  ],
  [
    'RCPs do not apply to AWS managed keys',
    'KMS: RCPs',
    { identity: [everything], resource: { isAwsManaged: true }, rcps: [[policy(deny({ Principal: '*' }))]] },
    'allowed',
  ],
  [
    'RCPs bind foreign principals',
    'Organizations: RCPs',
    { arn: FOREIGN, identity: [everything], policy: toAll, rcps: [[policy(deny({ Principal: '*' }))]] },
    'explicitDeny rcp',
  ],
  [
    'a tag can lift an RCP’s Deny',
    'Organizations: RCPs',
    {
      identity: [everything],
      tags: { team: 'pay' },
      rcps: [[policy(deny({ Principal: '*', Condition: { Null: { 'aws:ResourceTag/team': 'true' } } }))]],
    },
    'allowed',
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

const NOT_PRINCIPAL = 'IAM: NotPrincipal'
const butFor = (...principals: string[]) =>
  policy(allow({ Principal: '*' }), deny({ NotPrincipal: aws(...principals) }))
const notPrincipal: Row[] = [
  [
    'Deny hits whom it does not list',
    NOT_PRINCIPAL,
    { policy: butFor(USER, ROOT.replace(ACCOUNT, OTHER_ACCOUNT)) },
    'explicitDeny resourcePolicy',
  ],
  ['role and account listed: spared', NOT_PRINCIPAL, { policy: butFor(ROLE, ROOT) }, 'allowed'],
  [
    'session, role and account listed: spared',
    NOT_PRINCIPAL,
    { arn: SESSION, roleArn: ROLE, policy: butFor(SESSION, ROLE, ROOT) },
    'allowed',
  ],
  ['user and account listed: spared', NOT_PRINCIPAL, { arn: USER, policy: butFor(USER, ROOT) }, 'allowed'],
  ['the role alone, without its account', NOT_PRINCIPAL, { policy: butFor(ROLE) }, 'undocumented'],
  ['the account alone', NOT_PRINCIPAL, { policy: butFor(ROOT) }, 'undocumented'],
  [
    'session and account without the role',
    NOT_PRINCIPAL,
    { arn: SESSION, roleArn: ROLE, policy: butFor(SESSION, ROOT) },
    'undocumented',
  ],
  [
    'a boundary undoes the list',
    'IAM: Permissions boundaries, Important',
    { boundary: everything, policy: butFor(ROLE, ROOT) },
    'explicitDeny resourcePolicy',
  ],
  [
    'with Allow it is not supported',
    NOT_PRINCIPAL,
    { policy: policy(allow({ NotPrincipal: aws(USER) })) },
    'undocumented',
  ],
  ['the root user is its account', NOT_PRINCIPAL, { arn: ROOT, policy: butFor(ROOT) }, 'allowed'],
]

test.each([
  ...single,
  ...limits,
  ...keyPolicies,
  ...secrets,
  ...crossAccount,
  ...organization,
  ...rootUser,
  ...notPrincipal,
])('%s (%s)', (_rule, _source, situation, outcome) => {
  expect(inWordsOf(outcome, evaluate(factsOf(situation)))).toBe(outcome)
})
