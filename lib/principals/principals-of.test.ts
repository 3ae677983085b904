import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import { parsePolicy } from '../access/parse-policy.ts'
import type { Identity } from '../aws/identity.ts'
import type { ResetChange } from '../sandbox/settings.ts'
import { administrator } from '../sandbox/testing.ts'
import { importedPolicies, principalReadings } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { type Dialect, dialects, openTestStore, stopTestServer } from '../store/testing.ts'
import { forgetControlPolicies, importControlPolicies } from './import-control-policies.ts'
import { operatorAmong } from './operator.ts'
import { type AccountPicture, principalsOf } from './principals-of.ts'
import { refreshPrincipals } from './refresh.ts'
import { allowing, operatorOn, policyOf, TEST_ACCOUNT } from './testing.ts'

let sandbox: Sandbox
const stores = new Map<Dialect, Store>()

beforeAll(async () => {
  sandbox = await startSandbox()
  for (const dialect of dialects) stores.set(dialect, await openTestStore(dialect))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  for (const store of stores.values()) await store.close()
  await stopTestServer()
  await sandbox.stop()
})
beforeEach(async () => {
  for (const { db } of stores.values()) {
    await db.delete(principalReadings)
    await db.delete(importedPolicies)
  }
})

function storeOf(dialect: Dialect): Store {
  const store = stores.get(dialect)
  if (!store) throw new Error(`no store for ${dialect}`)
  return store
}
const embedded = () => storeOf('pglite')

/** Reads the sandbox's account into the store, and gives it back. */
async function picture(
  change: ResetChange,
  { whom, store = embedded() }: { whom?: Parameters<Sandbox['issueCredentials']>[0]; store?: Store } = {},
): Promise<{ picture: AccountPicture; identity: Identity }> {
  await sandbox.reset({ exactly: [], organization: null, ...change })
  const operator = await operatorOn(sandbox, whom)
  await refreshPrincipals({ store, ...operator })
  return { picture: await shown(store, operator.identity.scope), identity: operator.identity }
}

async function shown(store: Store, scope: string): Promise<AccountPicture> {
  const found = await principalsOf(store, scope)
  if (!found) throw new Error('nothing was kept')
  return found
}

const named = ({ principals }: AccountPicture, name: string) => {
  const found = principals.find((principal) => principal.name === name)
  if (!found) throw new Error(`no ${name}`)
  return found
}
const parsed = (document: object, kind: 'identity' | 'boundary' | 'scp' | 'rcp' = 'identity') =>
  parsePolicy(document, '', kind).policy
const arnOf = (resource: string) => `arn:aws:iam::${TEST_ACCOUNT}:${resource}`
const trusting = (Action: string[]) => policyOf({ Effect: 'Allow', Principal: { AWS: arnOf('root') }, Action })

describe('the engine’s principals', () => {
  test.each(dialects)('a user with groups, boundary and tags (%s)', async (dialect) => {
    const principals: ResetChange['principals'] = [
      { type: 'group', name: 'developers', managedPolicies: { Read: allowing('kms:Decrypt') } },
      {
        type: 'user',
        name: 'linus',
        groups: ['developers'],
        tags: { team: 'blue' },
        policies: { Own: allowing('kms:Encrypt') },
        boundary: allowing('kms:*'),
      },
    ]
    const { picture: found } = await picture({ principals }, { store: storeOf(dialect) })
    const user = named(found, 'linus')
    expect(user.access).toEqual({
      arn: arnOf('user/linus'),
      userId: expect.stringMatching(/^AIDA/),
      tags: new Map([['team', 'blue']]),
      identityPolicies: [parsed(allowing('kms:Encrypt'))],
      groups: [{ name: 'developers', policies: [parsed(allowing('kms:Decrypt'))] }],
      boundary: parsed(allowing('kms:*'), 'boundary'),
    })
    expect(user.documents.map(({ pointer, name, arn }) => ({ pointer, name, arn }))).toEqual([
      { pointer: 'identityPolicies[0]', name: 'Own', arn: null },
      { pointer: 'groups[0].policies[0]', name: 'Read', arn: arnOf('policy/Read') },
      { pointer: 'boundary', name: 'linus-boundary', arn: arnOf('policy/linus-boundary') },
    ])
    expect(found).toMatchObject({ account: TEST_ACCOUNT, reach: 'account', notRead: [] })
    expect(Date.now() - Date.parse(found.readAt)).toBeLessThan(60_000)
  })

  test('the root user, roles of services and of permission sets; when a role was last used', async () => {
    const services = {
      type: 'role',
      name: 'AWSServiceRoleForAutoScaling',
      path: '/aws-service-role/autoscaling.amazonaws.com/',
      lastUsedDaysAgo: 2,
    } as const
    const { picture: found } = await picture({ principals: [services] })
    expect(found.principals[0]).toMatchObject({
      kind: 'root',
      access: { arn: arnOf('root'), userId: TEST_ACCOUNT, identityPolicies: [] },
    })
    expect(named(found, services.name)).toMatchObject({
      role: { of: 'service', service: 'autoscaling.amazonaws.com' },
      lastUsedAt: expect.stringMatching(/Z$/),
    })
    expect(named(found, administrator.role).role).toEqual({ of: 'permissionSet', permissionSet: 'AdministratorAccess' })
    expect(named(found, 'TagOperator').role).toEqual({ of: 'account' })
  })

  test('session tags override the tags of a role whose trust policy lets them pass', async () => {
    const role = { type: 'role', tags: { team: 'blue' } } as const
    const { picture: found } = await picture({
      principals: [
        { ...role, name: 'plain', trustPolicy: trusting(['sts:AssumeRole']) },
        { ...role, name: 'tagged', trustPolicy: trusting(['sts:AssumeRole', 'sts:TagSession']) },
      ],
    })
    expect(named(found, 'plain').access.tags).toEqual(new Map([['team', 'blue']]))
    expect(named(found, 'plain').access).not.toHaveProperty('sessionTags')
    expect(named(found, 'tagged').access).toMatchObject({ sessionTags: 'unknown', tags: new Map() })
  })

  test('a policy of many is one object', async () => {
    const shared = { AdminLike: allowing('kms:*') }
    const roles = ['a', 'b'].map((name) => ({ type: 'role' as const, name, policies: shared }))
    const { picture: found } = await picture({ principals: roles })
    const [one, other] = ['a', 'b'].map((name) => named(found, name).access.identityPolicies[0])
    expect(one).toEqual(parsed(allowing('kms:*')))
    expect(other).toBe(one)
  })

  test('a document that does not parse is unread, and says where; the others count', async () => {
    const strange = policyOf({ Effect: 'Allow', Action: 'kms:*', Resource: '*', Condition: 'never' })
    const policies = { Good: allowing('kms:Encrypt'), Strange: strange }
    const { picture: found } = await picture({ principals: [{ type: 'role', name: 'app', policies }] })
    const { access, documents } = named(found, 'app')
    expect(access.identityPolicies).toEqual([parsed(policies.Good), 'unread'])
    expect(documents[1]).toMatchObject({ name: 'Strange', policyProblems: [{ path: 'Statement[0].Condition' }] })
  })
})

describe('the operator', () => {
  test('is the session that it works in, with the path of its role', async () => {
    const { picture: found, identity } = await picture({}, { whom: administrator })
    const path = 'aws-reserved/sso.amazonaws.com/eu-central-1'
    expect(operatorAmong(found.principals, identity)).toMatchObject({
      name: administrator.role,
      access: {
        arn: `arn:aws:sts::${TEST_ACCOUNT}:assumed-role/${administrator.role}/ada`,
        roleArn: arnOf(`role/${path}/${administrator.role}`),
        userId: expect.stringMatching(/^AROA/),
      },
    })
  })

  test('a user is itself', async () => {
    const { picture: found, identity } = await picture(
      { principals: [{ type: 'role', name: 'grace' }] },
      {
        whom: { user: 'grace' },
      },
    )
    expect(operatorAmong(found.principals, identity)?.access.arn).toBe(arnOf('user/grace'))
  })

  test('whose role may not be read has no path, and tags and boundary that nobody knows', async () => {
    const denied = ['iam:GetAccountAuthorizationDetails', 'iam:GetRole'].map((action) => ({ action }))
    const { picture: found, identity } = await picture({ denied })
    expect(found).toMatchObject({ reach: 'operator', notRead: [{ part: 'principals', problem: { code: 'denied' } }] })
    const own = operatorAmong(found.principals, identity)
    expect(own?.access).toMatchObject({ arn: identity.arn, sessionTags: 'unknown', boundary: 'unread' })
    expect(own?.access).not.toHaveProperty('roleArn')
    expect(own?.access.identityPolicies).not.toContain('unread')
  })

  test('of somebody who is not among them', async () => {
    const { picture: found } = await picture({})
    const arn = `arn:aws:sts::${TEST_ACCOUNT}:federated-user/bob`
    expect(operatorAmong(found.principals, { kind: 'federated', name: 'bob', arn })).toBeUndefined()
  })
})

describe('what is kept', () => {
  test('nothing before the first reading, and nothing for another scope', async () => {
    const { identity } = await picture({})
    expect(await principalsOf(embedded(), `${identity.account}:somebody-else`)).toBeUndefined()
  })

  test('the newest reading alone', async () => {
    const { picture: first } = await picture({ principals: [{ type: 'role', name: 'old' }] })
    const { picture: second } = await picture({ principals: [{ type: 'role', name: 'new' }] })
    const names = second.principals.map(({ name }) => name)
    expect([names.includes('old'), names.includes('new')]).toEqual([false, true])
    expect(Date.parse(second.readAt)).toBeGreaterThanOrEqual(Date.parse(first.readAt))
    expect(await embedded().db.$count(principalReadings)).toBe(1)
  })

  test('an earlier one, when IAM gives no answer at all', async () => {
    const { identity } = await picture({ principals: [{ type: 'role', name: 'old' }] })
    await sandbox.faults({ operation: 'iam:GetAccountAuthorizationDetails', kind: 'html' })
    const failed = await refreshPrincipals({ store: embedded(), ...(await operatorOn(sandbox)) })
    expect(failed).toMatchObject({ reach: 'closed', problem: { code: 'notAws' } })
    expect(named(await shown(embedded(), identity.scope), 'old').kind).toBe('role')
  })

  test('a denial, because that is how it is now', async () => {
    await picture({})
    const { picture: found } = await picture({ denied: [{ action: 'iam:GetAccountAuthorizationDetails' }] })
    expect(found.reach).toBe('operator')
  })
})

describe('policies of the organization', () => {
  const organization = { managementAccountId: '999988887777', scps: [[allowing('*')]] }
  const deny = policyOf({ Effect: 'Deny', Action: 'kms:UntagResource', Resource: '*' })
  const file = (name: string, document: object) => ({ name, text: JSON.stringify(document) })
  const closed = { part: 'scps', problem: { code: 'denied' } }

  test('that are closed are told once, and no principal has any', async () => {
    const { picture: found } = await picture({ organization })
    expect(found.notRead).toMatchObject([closed, { part: 'rcps', problem: { code: 'denied' } }])
    expect(found.scps.levels).toBe('unread')
    expect(found.principals.some(({ access }) => 'scps' in access)).toBe(false)
  })

  test('that do not exist are no gap', async () => {
    const { picture: found } = await picture({ organization: null })
    expect(found.scps).toMatchObject({ levels: undefined, problem: null })
    expect(found.notRead).toEqual([])
  })

  test.each(dialects)(
    'imported as files stand in for what is closed, the same for every principal (%s)',
    async (dialect) => {
      const store = storeOf(dialect)
      const described = { Policy: { PolicySummary: { Name: 'deny' }, Content: JSON.stringify(deny) } }
      const levels = [
        [file('root.json', allowing('*'))],
        [file('open.json', allowing('*')), file('deny.json', described)],
      ]
      expect(await importControlPolicies(store, { account: TEST_ACCOUNT, kind: 'scp', levels })).toEqual({
        problems: [],
      })
      const { picture: found } = await picture({ organization }, { store })
      const scps = [[parsed(allowing('*'), 'scp')], [parsed(allowing('*'), 'scp'), parsed(deny, 'scp')]]
      expect(found.scps).toMatchObject({
        levels: scps,
        from: { importedAt: expect.any(String) },
        ...{ problem: closed.problem },
      })
      expect(found.notRead).toMatchObject([{ part: 'rcps' }])
      expect(found.principals.every(({ access }) => access.scps === found.scps.levels)).toBe(true)
    },
  )

  test('imported again replace, and go when they are forgotten', async () => {
    const store = embedded()
    const put = (document: object) =>
      importControlPolicies(store, { account: TEST_ACCOUNT, kind: 'scp', levels: [[file('a.json', document)]] })
    await put(deny)
    await put(allowing('*'))
    const { picture: found, identity } = await picture({ organization })
    expect(found.scps.levels).toEqual([[parsed(allowing('*'), 'scp')]])
    await forgetControlPolicies(store, TEST_ACCOUNT, 'scp')
    expect((await shown(store, identity.scope)).scps.levels).toBe('unread')
  })

  test('with problems are not kept; each problem names its file and place', async () => {
    const store = embedded()
    const strange = policyOf({ Effect: 'Deny', Action: 'kms:*' })
    const described = { Policy: { Content: JSON.stringify(strange) } }
    const levels = [[file('a.json', strange), { name: 'b.json', text: '{' }], [], [file('c.json', described)]]
    const { problems } = await importControlPolicies(store, { account: TEST_ACCOUNT, kind: 'scp', levels })
    expect(problems.map(({ path }) => path)).toEqual([
      '["a.json"].Statement[0]',
      '["b.json"]',
      'level 2',
      '["c.json"].Policy.Content.Statement[0]',
    ])
    expect(await store.db.$count(importedPolicies)).toBe(0)
    const nothing = await importControlPolicies(store, { account: TEST_ACCOUNT, kind: 'rcp', levels: [] })
    expect(nothing.problems).toHaveLength(1)
  })

  test('an RCP names principals, and a level may have none', async () => {
    const rcp = policyOf({ Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' })
    const levels = [[], [file('rcp.json', rcp)]]
    const done = await importControlPolicies(embedded(), { account: TEST_ACCOUNT, kind: 'rcp', levels })
    expect(done.problems).toEqual([])
    const { picture: found } = await picture({ organization })
    expect(found.rcps.levels).toEqual([[], [parsed(rcp, 'rcp')]])
  })
})
