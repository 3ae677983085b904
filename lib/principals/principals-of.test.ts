import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import { parsePolicy } from '../access/parse-policy.ts'
import { withoutPace } from '../aws/testing.ts'
import type { ResetChange } from '../sandbox/settings.ts'
import { administrator } from '../sandbox/testing.ts'
import { principalReadings } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { type Dialect, dialects, openTestStore } from '../store/testing.ts'
import { operatorAmong } from './operator.ts'
import type { AccountPicture } from './picture.ts'
import { principalsOf } from './principals-of.ts'
import { refreshPrincipals } from './refresh.ts'
import { allowing, keptPicture, operatorOn, policyOf, shownPicture, TEST_ACCOUNT } from './testing.ts'

withoutPace()

let sandbox: Sandbox
const stores = new Map<Dialect, Store>()

beforeAll(async () => {
  sandbox = await startSandbox()
  for (const dialect of dialects) stores.set(dialect, await openTestStore(dialect))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  for (const store of stores.values()) await store.close()
  await sandbox.stop()
})
beforeEach(async () => {
  for (const { db } of stores.values()) await db.delete(principalReadings)
})

function storeOf(dialect: Dialect): Store {
  const store = stores.get(dialect)
  if (!store) throw new Error(`no store for ${dialect}`)
  return store
}
const embedded = () => storeOf('pglite')

const picture = (
  change: ResetChange,
  { whom, store = embedded() }: { whom?: Parameters<Sandbox['issueCredentials']>[0]; store?: Store } = {},
) => keptPicture(sandbox, store, change, whom)

const named = ({ principals }: AccountPicture, name: string) => {
  const found = principals.find((principal) => principal.name === name)
  if (!found) throw new Error(`no ${name}`)
  return found
}
const parsed = (document: object, kind: 'identity' | 'boundary' = 'identity') => parsePolicy(document, '', kind).policy
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
    expect(found).toMatchObject({ account: TEST_ACCOUNT, reach: 'account', notRead: [{ part: 'sessionPolicy' }] })
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
    expect(found).toMatchObject({
      reach: 'operator',
      notRead: [{ part: 'principals', problem: { code: 'denied' } }, { part: 'sessionPolicy' }],
    })
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
    expect(named(await shownPicture(embedded(), identity.scope), 'old').kind).toBe('role')
  })

  test('a denial, because that is how it is now', async () => {
    await picture({})
    const { picture: found } = await picture({ denied: [{ action: 'iam:GetAccountAuthorizationDetails' }] })
    expect(found.reach).toBe('operator')
  })
})
