import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import { ada } from '../audit/testing.ts'
import type { ResetChange } from '../sandbox/settings.ts'
import { importedPolicies, principalReadings } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { type Dialect, dialects, openTestStore } from '../store/testing.ts'
import { summariseAccount } from './account-summary.ts'
import { importControlPolicies } from './import-control-policies.ts'
import { refreshPrincipals } from './refresh.ts'
import { allowing, operatorOn, TEST_ACCOUNT } from './testing.ts'

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
  for (const { db } of stores.values()) {
    await db.delete(principalReadings)
    await db.delete(importedPolicies)
  }
})

async function summaryOf(change: ResetChange, dialect: Dialect = 'pglite', isRead = true) {
  const store = stores.get(dialect)
  if (!store) throw new Error(`no store for ${dialect}`)
  await sandbox.reset({ exactly: [], organization: null, ...change })
  const operator = await operatorOn(sandbox)
  if (isRead) await refreshPrincipals({ store, ...operator })
  return summariseAccount(store, operator.identity)
}

test.each(dialects)('counts who and what was read (%s)', async (dialect) => {
  const principals = [
    { type: 'group' as const, name: 'blues' },
    { type: 'role' as const, name: 'blue', managedPolicies: { Read: allowing('kms:Decrypt') } },
  ]
  const before = await summaryOf({}, dialect)
  const { reading, control } = await summaryOf({ principals }, dialect)
  expect(reading).toEqual({
    readAt: expect.stringMatching(/Z$/),
    reach: 'account',
    problem: null,
    users: before.reading?.users,
    roles: (before.reading?.roles ?? 0) + 1,
    groups: 1,
    managedPolicies: (before.reading?.managedPolicies ?? 0) + 1,
    unread: 0,
  })
  const none = { state: 'none', why: 'noOrganization', levels: [], problem: null, importedAt: null }
  expect(control).toEqual({ scp: none, rcp: none })
})

test.each(dialects)('counts what AWS did not give, and says why (%s)', async (dialect) => {
  const denied = ['iam:GetAccountAuthorizationDetails', 'iam:ListRolePolicies', 'iam:GetRole'].map((action) => ({
    action,
  }))
  const { reading } = await summaryOf({ denied }, dialect)
  // The inline policies and, with the role itself, its permissions boundary.
  expect(reading).toMatchObject({ unread: 2, roles: 1, problem: { code: 'denied' } })
})

test('before the first reading there is nothing but an import', async () => {
  expect(await summaryOf({}, 'pglite', false)).toMatchObject({
    reading: null,
    control: { scp: { state: 'unknown', levels: [] }, rcp: { state: 'unknown' } },
  })
})

describe('an import', () => {
  const levels = [[{ name: 'open.json', text: JSON.stringify(allowing('*')) }]]
  const bring = async () => {
    const store = stores.get('pglite')
    if (store) await importControlPolicies({ store, by: ada }, { account: TEST_ACCOUNT, kind: 'scp', levels })
  }

  test('counts where AWS keeps the policies closed', async () => {
    await bring()
    const { control } = await summaryOf({ organization: { managementAccountId: '999988887777' } })
    expect(control.scp).toMatchObject({
      state: 'imported',
      levels: [{ target: 'level 1', policies: [{ name: 'open.json' }] }],
      problem: { code: 'denied' },
      importedAt: expect.any(String),
    })
    expect(control.rcp).toMatchObject({ state: 'unread', problem: { code: 'denied' }, importedAt: null })
  })

  test('is kept, and does not count, where AWS tells', async () => {
    await bring()
    const { control } = await summaryOf({})
    expect(control.scp).toMatchObject({ state: 'none', levels: [], importedAt: expect.any(String) })
  })
})
