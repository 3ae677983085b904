import { expect, test } from 'vitest'
import { type AccessChange, type Account, analyseAccount, caseOf } from './account.ts'
import { decide } from './decide.ts'
import { parsePolicy } from './parse-policy.ts'
import type { PolicyKind } from './policy.ts'

const policy = (kind: PolicyKind, ...statements: readonly object[]) => {
  const { policy: parsed, problems } = parsePolicy({ Version: '2012-10-17', Statement: statements }, '', kind)
  if (!parsed) throw new Error(JSON.stringify(problems))
  return parsed
}
const isTag = (tagKey: string, value: string) => ({ StringEquals: { [`aws:ResourceTag/${tagKey}`]: value } })
const byTeam = policy('identity', {
  Effect: 'Allow',
  Action: 'secretsmanager:GetSecretValue',
  Resource: '*',
  Condition: { StringEquals: { 'aws:ResourceTag/team': 'blue' } },
})
const everything = policy('identity', { Effect: 'Allow', Action: '*', Resource: '*' })
const role = (name: string, identityPolicy: typeof byTeam, account = '111122223333') => ({
  arn: `arn:aws:iam::${account}:role/${name}`,
  tags: new Map(),
  identityPolicies: [identityPolicy],
})
const secret = (name: string, team: string, removeTags: readonly string[], account = '111122223333') => ({
  arn: `arn:aws:secretsmanager:eu-west-1:${account}:secret:${name}-AbCdEf`,
  type: 'secret' as const,
  tags: new Map([
    ['team', team],
    ['env', 'dev'],
  ]),
  removeTags,
})

function analyse(account: Account) {
  const changes: AccessChange[] = []
  const steps = analyseAccount(account)
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return { changes, counts: step.value }
    changes.push(step.value)
  }
}

const resources = [
  secret('one', 'blue', ['team']),
  secret('two', 'blue', ['team', 'env']),
  secret('three', 'green', ['team']),
  secret('four', 'blue', ['env']),
]

test('resources that are alike to a principal change together, and each loss is what decide says of its case', () => {
  const { changes } = analyse({ principals: [role('app', byTeam), role('admin', everything)], resources })
  expect(changes).toHaveLength(1)
  const [{ principal, resources: lost = [], actions, effect } = { principal: role('none', byTeam), actions: [] }] =
    changes
  expect({ lost, actions, effect }).toEqual({
    lost: resources.slice(0, 2),
    actions: ['secretsmanager:GetSecretValue'],
    effect: ['loss'],
  })
  for (const resource of lost) {
    const { effect: one, because } = decide(caseOf(principal, resource, actions[0] ?? ''), { context: 'open' })
    expect({ one, because }).toEqual({ one: ['loss'], because: ['identityPolicies[0].Statement[0]'] })
  }
})

test('what reads no removed tag, or reads it with the same outcome, is not evaluated; equal resources are once', () => {
  const { counts } = analyse({ principals: [role('app', byTeam), role('admin', everything)], resources })
  const actionCount = (counts.skipped + counts.evaluated + counts.deduplicated) / (2 * resources.length)
  expect(actionCount).toBeGreaterThan(15)
  expect(counts).toEqual({
    skipped: 6 * actionCount,
    evaluated: actionCount,
    deduplicated: actionCount,
    searched: 0,
  })
})

test('a principal of an account is a user, a role or a session', () => {
  const group = { ...role('app', byTeam), arn: 'arn:aws:iam::111122223333:group/devs' }
  expect(() => analyse({ principals: [group], resources })).toThrow('is not the ARN of a user')
})

const getBlue = {
  Effect: 'Allow',
  Action: 'secretsmanager:GetSecretValue',
  Resource: '*',
  Condition: isTag('team', 'blue'),
}
const putDev = {
  Effect: 'Allow',
  Action: 'secretsmanager:PutSecretValue',
  Resource: '*',
  Condition: isTag('env', 'dev'),
}
const app = role('app', policy('identity', getBlue, putDev))
const nobody = role('nobody', policy('identity'))
const byTagKeys = ['Allow', 'Deny'].map((Effect) => ({
  Effect,
  Action: 'secretsmanager:*',
  Resource: '*',
  Condition: {
    ...isTag('team', 'blue'),
    'ForAllValues:StringLike': { 'aws:TagKeys': Effect === 'Allow' ? '*' : 'team' },
    Null: { 'aws:TagKeys': Effect === 'Allow' ? ['true', 'false'] : 'false' },
  },
}))
const byItsPolicy = policy(
  'secret',
  ...[getBlue, putDev].map((statement) => ({ ...statement, Principal: { AWS: nobody.arn } })),
)
const decryptByAlias = policy('identity', {
  Effect: 'Allow',
  Action: 'kms:Decrypt',
  Resource: '*',
  Condition: { StringEquals: { 'aws:ResourceTag/team': 'blue', 'kms:RequestAlias': 'alias/a' } },
})
const delegating = policy('key', {
  Effect: 'Allow',
  Principal: { AWS: '111122223333' },
  Action: 'kms:*',
  Resource: '*',
  Condition: { StringEquals: { 'kms:CallerAccount': '111122223333' } },
})
const keyOf = (name: string) => ({
  arn: `arn:aws:kms:eu-west-1:111122223333:key/${name}`,
  type: 'kms-key' as const,
  tags: new Map([['team', 'blue']]),
  policy: delegating,
  aliases: [`alias/${name}`],
  removeTags: ['team'],
})

const OTHER_ACCOUNT = '444455556666'
const blueWithMfa = policy('identity', {
  ...getBlue,
  Condition: { ...isTag('team', 'blue'), Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
})
const mfa = (isPresent: boolean) => ({ Bool: { 'aws:MultiFactorAuthPresent': String(isPresent) } })
const blueById = policy(
  'identity',
  { ...getBlue, Condition: { ...isTag('team', 'blue'), StringLike: { 'aws:userid': 'AROAONE:*' } } },
  { ...getBlue, Effect: 'Deny', Condition: mfa(false) },
)
const withoutMfa = policy('secret', {
  ...getBlue,
  Principal: { AWS: ['111122223333', OTHER_ACCOUNT] },
  Condition: mfa(false),
})
const neverWithMfa = policy(
  'identity',
  {
    ...getBlue,
    Condition: { StringEquals: { 'aws:ResourceTag/team': `\${aws:SourceIdentity}` }, ...mfa(true) },
  },
  { ...getBlue, Effect: 'Deny', Condition: mfa(true) },
)
const ownTagKey = policy('identity', {
  Effect: 'Allow',
  Action: 'secretsmanager:TagResource',
  Resource: '*',
  Condition: { ...isTag('team', 'blue'), 'ForAnyValue:StringEquals': { 'aws:TagKeys': `\${aws:PrincipalTag/own}` } },
})
const ofOwnTeam = policy('identity', {
  ...getBlue,
  Condition: { StringEquals: { 'aws:ResourceTag/team': `\${aws:PrincipalTag/team}` } },
})
const tagsAsTold = policy('identity', {
  Effect: 'Allow',
  Action: ['secretsmanager:TagResource', 'secretsmanager:UntagResource'],
  Resource: '*',
  Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': `\${aws:ResourceTag/team}` } },
})
const tagsUnlessBlue = policy(
  'identity',
  {
    Effect: 'Allow',
    Action: 'secretsmanager:TagResource',
    Resource: '*',
    Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'cost' } },
  },
  { Effect: 'Deny', Action: 'secretsmanager:TagResource', Resource: '*', Condition: isTag('team', 'blue') },
)
const decryptBlue = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', Condition: isTag('team', 'blue') }
const denyUnlessBlue = policy('rcp', {
  Effect: 'Deny',
  Principal: '*',
  Action: '*',
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:ResourceTag/team': 'blue' } },
})
const keyPolicyByTag = policy(
  'key',
  { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' },
  { ...decryptBlue, Principal: { AWS: app.arn } },
)
const decryptBySpec = policy('identity', {
  ...decryptBlue,
  Condition: { StringEquals: { 'aws:ResourceTag/team': 'blue', 'kms:KeySpec': 'SYMMETRIC_DEFAULT' } },
})
const namedByTag = policy('identity', {
  ...getBlue,
  Condition: { StringEquals: { 'aws:SourceIdentity': `\${aws:ResourceTag/team, 'none'}` }, ...mfa(true) },
})
const decrypter = role('app', policy('identity', decryptBlue))
const grant = { grantId: 'g', granteePrincipal: decrypter.arn, operations: ['Decrypt'] }
test.for([
  ['what the principal asks of them', { principals: [app], resources }],
  [
    'what their policies ask of them',
    { principals: [nobody], resources: resources.map((each) => ({ ...each, policy: byItsPolicy })) },
  ],
  [
    'their tags, whatever is asked of a request',
    { principals: [role('app', policy('identity', ...byTagKeys))], resources },
  ],
  ['their aliases', { principals: [role('app', decryptByAlias)], resources: [keyOf('a'), keyOf('b')] }],
  [
    'their accounts',
    { principals: [app], resources: [secret('one', 'blue', ['team']), secret('one', 'blue', ['team'], OTHER_ACCOUNT)] },
  ],
  [
    'the RCPs that bind them',
    {
      principals: [role('admin', everything)],
      resources: [{ ...secret('one', 'blue', ['team']), rcps: [[denyUnlessBlue]] }, secret('two', 'blue', ['team'])],
    },
  ],
  [
    'whether they have the tag, where their policies were not read',
    {
      principals: [app],
      resources: [['team'], ['cost']].map((gone) => ({ ...secret('one', 'blue', gone), policy: 'unread' as const })),
    },
  ],
  ['what is asked of the resource and of the request', { principals: [role('none', neverWithMfa), app], resources }],
  ['one of two unknowns that the tag changes', { principals: [role('app', namedByTag)], resources }],
  [
    'what nobody told of one of them',
    {
      principals: [role('app', decryptBySpec)],
      resources: [keyOf('a'), { ...keyOf('b'), keySpec: 'SYMMETRIC_DEFAULT' }, { ...keyOf('c'), keySpec: 'RSA_2048' }],
    },
  ],
  ['what is asked of nothing but tag keys', { principals: [role('app', tagsUnlessBlue)], resources }],
  ['what is asked of the tag keys of each kind of request', { principals: [role('app', tagsAsTold)], resources }],
  [
    'principals of other teams with the same policy',
    {
      principals: ['blue', 'green'].map((team) => ({ ...role(team, ofOwnTeam), tags: new Map([['team', team]]) })),
      resources,
    },
  ],
  [
    'their grants',
    {
      principals: [decrypter],
      resources: [
        keyOf('a'),
        { ...keyOf('b'), grants: [grant] },
        { ...keyOf('c'), grants: [{ ...grant, operations: ['Encrypt'] }] },
      ],
    },
  ],
  [
    'what their policies ask, which is not what the principal asks in the same words',
    { principals: [decrypter], resources: [keyOf('a'), { ...keyOf('b'), policy: keyPolicyByTag }] },
  ],
  [
    'what a principal asks of a request by its own tag',
    { principals: [{ ...role('app', ownTagKey), tags: new Map([['own', 'mine']]) }], resources },
  ],
  [
    'principals of other accounts with the same policy',
    {
      principals: [role('app', blueWithMfa), role('app', blueWithMfa, OTHER_ACCOUNT)],
      resources: resources.map((each) => ({ ...each, policy: withoutMfa })),
    },
  ],
  [
    'principals of other ids with the same policy',
    {
      principals: [
        { ...role('one', blueById), userId: 'AROAONE' },
        { ...role('two', blueById), userId: 'AROATWO' },
      ],
      resources,
    },
  ],
] satisfies [string, Account][])('an account is parted by %s', ([, account]) => {
  const asked = [
    'secretsmanager:GetSecretValue',
    'secretsmanager:PutSecretValue',
    'secretsmanager:TagResource',
    'secretsmanager:UntagResource',
    'kms:Decrypt',
  ]
  const nameOf = (principal: { arn: string }, resource: { arn: string }) => `${principal.arn} on ${resource.arn}`
  const together = analyse(account).changes.flatMap(
    ({ principal, resources: changed, actions: changedActions, effect }) =>
      changed.flatMap((resource) =>
        changedActions
          .filter((action) => asked.includes(action))
          .map((action) => `${nameOf(principal, resource)} ${action} ${effect}`),
      ),
  )
  const alone = account.principals.flatMap((principal) =>
    account.resources.flatMap((resource) =>
      asked
        .filter((action) => action.startsWith('kms:') === (resource.type === 'kms-key'))
        .flatMap((action) => {
          const { effect } = decide(caseOf(principal, resource, action), { context: 'open' })
          return effect.length === 0 ? [] : `${nameOf(principal, resource)} ${action} ${effect}`
        }),
    ),
  )
  expect(alone).not.toEqual([])
  expect(together.toSorted()).toEqual(alone.toSorted())
})

test('what hangs on unknown context is searched once, and not where the removal changes nothing of it', () => {
  const putWithMfa = { ...putDev, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }
  const unaffected = role('app', policy('identity', getBlue, putWithMfa))
  expect(analyse({ principals: [unaffected], resources }).counts.searched).toBe(0)
  const [one, two] = [role('one', blueWithMfa), role('two', blueWithMfa)]
  expect(analyse({ principals: [one, two], resources }).counts.searched).toBe(1)
})

test('what a search leaves undecided is told', () => {
  const wild = policy('identity', {
    ...getBlue,
    Condition: {
      ...isTag('team', 'blue'),
      StringLike: { 'aws:UserAgent': `*a${'?'.repeat(12)}` },
      StringNotLike: { 'aws:UserAgent': '*a*' },
    },
  })
  const { changes } = analyse({ principals: [role('app', wild)], resources })
  expect(changes).toMatchObject([{ effect: ['may-lose'], undecided: true }])
})
