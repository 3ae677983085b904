import { expect, test } from 'vitest'
import { evaluate } from './evaluate.ts'
import type { Grant } from './facts.ts'
import {
  allow,
  aws,
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
  type Situation,
  USER,
} from './testing.ts'

const GRANTS = 'KMS: Grants'
const CONSTRAINTS = 'KMS: GrantConstraints'
const RETIRING = 'KMS: Retiring and revoking grants'
const FOREIGN = `arn:aws:iam::${OTHER_ACCOUNT}:role/app`
const FOREIGN_SERVICE_LINKED = `arn:aws:iam::${OTHER_ACCOUNT}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`
const unnamed = policy(allow({ Principal: aws(USER) }))

const granted = (grant: Partial<Grant>, more: Situation = {}): Situation => ({
  policy: unnamed,
  ...more,
  resource: { grants: [{ granteePrincipal: ROLE, operations: ['Decrypt', 'DescribeKey', 'CreateGrant'], ...grant }] },
})
const equals = { encryptionContextEquals: { App: 'x' } }
const subset = { encryptionContextSubset: { App: 'x' } }

const rows: Row[] = [
  ['a grant allows without any policy', GRANTS, granted({}), 'allowed grant'],
  ['a session of the grantee', GRANTS, granted({}, { arn: SESSION, roleArn: ROLE }), 'allowed grant'],
  [
    'a grant to exactly this session',
    GRANTS,
    granted({ granteePrincipal: SESSION }, { arn: SESSION, roleArn: ROLE }),
    'allowed grant',
  ],
  [
    'a grant to a session is not one to the role',
    GRANTS,
    granted({ granteePrincipal: SESSION }),
    'implicitDeny resourcePolicy',
  ],
  [
    'a grant to a user',
    GRANTS,
    granted({ granteePrincipal: USER }, { arn: USER, policy: policy(allow({ Principal: aws(ROLE) })) }),
    'allowed grant',
  ],
  ['only its operations', GRANTS, granted({}, { action: 'kms:Encrypt' }), 'implicitDeny resourcePolicy'],
  [
    'only operations that a grant can allow',
    'KMS: CreateGrant',
    granted({ operations: ['UntagResource'] }, { action: 'kms:UntagResource' }),
    'implicitDeny resourcePolicy',
  ],
  ['only its grantee', GRANTS, granted({ granteePrincipal: USER }), 'implicitDeny resourcePolicy'],
  [
    'across accounts',
    'KMS: Users in other accounts',
    granted({ granteePrincipal: FOREIGN }, { arn: FOREIGN, identity: [everything] }),
    'allowed grant',
  ],
  [
    'across accounts, without an identity policy',
    'KMS: Users in other accounts',
    granted({ granteePrincipal: FOREIGN }, { arn: FOREIGN }),
    'undocumented',
  ],
  [
    'across accounts, to a service-linked role',
    'EC2 Auto Scaling: Required AWS KMS key policy for use with encrypted volumes',
    granted({ granteePrincipal: FOREIGN_SERVICE_LINKED }, { arn: FOREIGN_SERVICE_LINKED }),
    'allowed grant',
  ],
  ['an identity Deny beats it', GRANTS, granted({}, { identity: [policy(deny())] }), 'explicitDeny identityPolicy'],
  [
    'a key policy’s Deny beats it',
    GRANTS,
    granted({}, { policy: policy(deny({ Principal: '*' })) }),
    'explicitDeny resourcePolicy',
  ],
  [
    'an SCP that does not allow beats it',
    'KMS: Troubleshooting key access',
    granted({}, { scps: [[nothing]] }),
    'implicitDeny scp',
  ],
  [
    'an RCP’s Deny beats it',
    'KMS: RCPs',
    granted({}, { rcps: [[policy(deny({ Principal: '*' }))]] }),
    'explicitDeny rcp',
  ],
  ['a boundary that does not allow', GRANTS, granted({}, { boundary: nothing }), 'undocumented'],
  ['a grant to a whole account', GRANTS, granted({ granteePrincipal: ROOT }), 'undocumented'],
  ['it does not hang on tags', GRANTS, granted({}, { tags: {} }), 'allowed grant'],
  [
    'Equals: the very pairs',
    CONSTRAINTS,
    granted({ constraints: equals }, { context: { 'kms:EncryptionContext:App': 'x' } }),
    'allowed',
  ],
  [
    'Equals: names ignore case',
    CONSTRAINTS,
    granted({ constraints: equals }, { context: { 'kms:EncryptionContext:app': 'x' } }),
    'allowed',
  ],
  [
    'Equals: values do not',
    CONSTRAINTS,
    granted({ constraints: equals }, { context: { 'kms:EncryptionContext:App': 'X' } }),
    'implicitDeny',
  ],
  [
    'Equals: no further pair',
    CONSTRAINTS,
    granted({ constraints: equals }, { context: { 'kms:EncryptionContext:App': 'x', 'kms:EncryptionContext:b': 'y' } }),
    'implicitDeny',
  ],
  [
    'Equals: no further name',
    CONSTRAINTS,
    granted(
      { constraints: equals },
      { context: { 'kms:EncryptionContext:App': 'x', 'kms:EncryptionContextKeys': ['App', 'b'] } },
    ),
    'implicitDeny',
  ],
  ['Equals: without a context', CONSTRAINTS, granted({ constraints: equals }), 'implicitDeny'],
  [
    'Subset: further pairs are welcome',
    CONSTRAINTS,
    granted({ constraints: subset }, { context: { 'kms:EncryptionContext:App': 'x', 'kms:EncryptionContext:b': 'y' } }),
    'allowed',
  ],
  [
    'Subset: its own must be there',
    CONSTRAINTS,
    granted({ constraints: subset }, { context: { 'kms:EncryptionContext:b': 'y' } }),
    'implicitDeny',
  ],
  [
    'constraints do not apply without an encryption context parameter',
    CONSTRAINTS,
    granted({ constraints: equals }, { action: 'kms:DescribeKey' }),
    'allowed',
  ],
  [
    'CreateGrant under a constraint depends on the grant that is made',
    CONSTRAINTS,
    granted({ constraints: equals }, { action: 'kms:CreateGrant' }),
    'undocumented',
  ],
  [
    'SourceArn: on behalf of this resource',
    CONSTRAINTS,
    granted({ constraints: { sourceArn: 'arn:x' } }, { context: { 'aws:SourceArn': 'arn:x' } }),
    'allowed',
  ],
  ['SourceArn: not otherwise', CONSTRAINTS, granted({ constraints: { sourceArn: 'arn:x' } }), 'implicitDeny'],
  [
    'SourceArn does not apply to RetireGrant',
    CONSTRAINTS,
    granted({ operations: ['RetireGrant'], constraints: { sourceArn: 'arn:x' } }, { action: 'kms:RetireGrant' }),
    'allowed grant',
  ],
  [
    'SourceArn may apply to DescribeKey without a source',
    CONSTRAINTS,
    granted({ operations: ['DescribeKey'], constraints: { sourceArn: 'arn:x' } }, { action: 'kms:DescribeKey' }),
    'undocumented',
  ],
  [
    'the retiring principal may retire',
    RETIRING,
    granted({ retiringPrincipal: ROLE, granteePrincipal: USER }, { action: 'kms:RetireGrant' }),
    'allowed grant',
  ],
  [
    'the grantee may retire if the grant says so',
    RETIRING,
    granted({ operations: ['RetireGrant'] }, { action: 'kms:RetireGrant' }),
    'allowed grant',
  ],
  ['the grantee may not otherwise', RETIRING, granted({}, { action: 'kms:RetireGrant' }), 'implicitDeny'],
  [
    'a key policy does not let anybody retire',
    RETIRING,
    granted({ granteePrincipal: USER }, { action: 'kms:RetireGrant', policy: policy(allow({ Principal: aws(ROLE) })) }),
    'implicitDeny',
  ],
  [
    'the key’s account lets its principals retire by identity policies',
    RETIRING,
    granted({ granteePrincipal: USER }, { action: 'kms:RetireGrant', identity: [everything] }),
    'allowed identityPolicy',
  ],
  [
    'not those of other accounts',
    RETIRING,
    granted({ granteePrincipal: USER }, { arn: FOREIGN, action: 'kms:RetireGrant', identity: [everything] }),
    'implicitDeny grant',
  ],
  [
    'unless the retiring principal is their account',
    RETIRING,
    granted(
      { granteePrincipal: USER, retiringPrincipal: `arn:aws:iam::${OTHER_ACCOUNT}:root` },
      { arn: FOREIGN, action: 'kms:RetireGrant', identity: [everything] },
    ),
    'allowed',
  ],
  [
    'their account as the retiring principal delegates by policies only',
    RETIRING,
    granted(
      { granteePrincipal: USER, retiringPrincipal: `arn:aws:iam::${OTHER_ACCOUNT}:root` },
      { arn: FOREIGN, action: 'kms:RetireGrant' },
    ),
    'implicitDeny identityPolicy',
  ],
  [
    'a whole account as the grantee that may retire',
    RETIRING,
    granted({ granteePrincipal: ROOT, operations: ['RetireGrant'] }, { action: 'kms:RetireGrant' }),
    'undocumented',
  ],
  [
    'the retiring principal needs no permission, nor from a boundary',
    RETIRING,
    granted({ retiringPrincipal: ROLE, granteePrincipal: USER }, { action: 'kms:RetireGrant', boundary: nothing }),
    'allowed grant',
  ],
  [
    'nor does the grantee from a session policy',
    RETIRING,
    granted({ operations: ['RetireGrant'] }, { action: 'kms:RetireGrant', session: [nothing] }),
    'allowed grant',
  ],
  [
    'a policy alone allows nobody to retire',
    RETIRING,
    { action: 'kms:RetireGrant', identity: [everything] },
    'implicitDeny grant',
  ],
  [
    'a key policy’s Deny has no effect on retiring',
    RETIRING,
    granted({ retiringPrincipal: ROLE }, { action: 'kms:RetireGrant', policy: policy(deny({ Principal: '*' })) }),
    'allowed grant',
  ],
  [
    'an identity Deny has',
    RETIRING,
    granted({ retiringPrincipal: ROLE }, { action: 'kms:RetireGrant', identity: [policy(deny())] }),
    'explicitDeny identityPolicy',
  ],
  [
    'RCPs have no effect on retiring',
    'KMS: RCPs',
    granted({ retiringPrincipal: ROLE }, { action: 'kms:RetireGrant', rcps: [[policy(deny({ Principal: '*' }))]] }),
    'allowed grant',
  ],
]

test.each(rows)('%s (%s)', (_rule, _source, situation, outcome) => {
  expect(inWordsOf(outcome, evaluate(factsOf(situation)))).toBe(outcome)
})
