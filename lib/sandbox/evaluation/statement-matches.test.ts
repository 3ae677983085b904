import { expect, test } from 'vitest'
import { evaluate } from './evaluate.ts'
import {
  ACCOUNT,
  allow,
  deny,
  everything,
  factsOf,
  inWordsOf,
  KEY,
  nothing,
  policy,
  type Row,
  USER,
} from './testing.ts'

const LOGIC = 'IAM: Policy evaluation logic'

const KEY_POLICY = 'KMS: Default key policy'

const rows: Row[] = [
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

test.each(rows)('%s (%s)', (_rule, _source, situation, outcome) => {
  expect(inWordsOf(outcome, evaluate(factsOf(situation)))).toBe(outcome)
})
