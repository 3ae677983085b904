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
  OTHER_ACCOUNT,
  policy,
  ROLE,
  ROOT,
  type Row,
  SESSION,
  USER,
} from './testing.ts'

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
    'a user of its account and the account listed: another principal is not spared',
    `${NOT_PRINCIPAL}, user Bob`,
    { policy: butFor(USER, ROOT) },
    'explicitDeny resourcePolicy',
  ],
  [
    'a user of another account beside the account',
    NOT_PRINCIPAL,
    { policy: butFor(USER.replace(ACCOUNT, OTHER_ACCOUNT), ROOT) },
    'undocumented',
  ],
  [
    'another session listed with role and account: not spared',
    `${NOT_PRINCIPAL}, cross-account-audit-app`,
    { arn: SESSION, roleArn: ROLE, policy: butFor(`${SESSION}-2`, ROLE, ROOT) },
    'explicitDeny resourcePolicy',
  ],
  [
    'this session and another listed with role and account: spared',
    NOT_PRINCIPAL,
    { arn: SESSION, roleArn: ROLE, policy: butFor(`${SESSION}-2`, SESSION, ROLE, ROOT) },
    'allowed',
  ],
  [
    'a session listed with role and account, and nobody knows which one asks',
    NOT_PRINCIPAL,
    { policy: butFor(SESSION, ROLE, ROOT) },
    'undocumented',
  ],
  [
    'a session listed without its role, and nobody knows which one asks',
    NOT_PRINCIPAL,
    { policy: butFor(SESSION, ROOT) },
    'undocumented',
  ],
  [
    'a session of another role with the account: not spared',
    NOT_PRINCIPAL,
    { policy: butFor(SESSION.replace('/app/', '/app-2/'), ROOT) },
    'explicitDeny resourcePolicy',
  ],
  ['everyone listed: spared', NOT_PRINCIPAL, { policy: butFor('*') }, 'allowed'],
  ['a bare account id is the account', NOT_PRINCIPAL, { policy: butFor(ROLE, ACCOUNT) }, 'allowed'],
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

test.each(notPrincipal)('%s (%s)', (_rule, _source, situation, outcome) => {
  expect(inWordsOf(outcome, evaluate(factsOf(situation)))).toBe(outcome)
})

test.each([
  ['the role without its account is spared', { policy: butFor(ROLE) }, 'allowed'],
  ['the account without the role is not', { policy: butFor(ROOT) }, 'explicitDeny'],
  ['the user without its account is spared', { arn: USER, policy: butFor(USER) }, 'allowed'],
  ['the role with its account and some session is spared', { policy: butFor(SESSION, ROLE, ROOT) }, 'allowed'],
  ['some session with its account is not', { policy: butFor(SESSION, ROOT) }, 'explicitDeny'],
  ['the session without its role is spared', { arn: SESSION, roleArn: ROLE, policy: butFor(SESSION, ROOT) }, 'allowed'],
])('where NotPrincipal leaves it open: %s', (_reading, situation, decision) => {
  const judgement = evaluate(factsOf(situation))
  expect(judgement).toMatchObject({ decision, undocumented: expect.stringContaining('NotPrincipal') })
})
