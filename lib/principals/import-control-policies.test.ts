import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import { parsePolicy } from '../access/parse-policy.ts'
import { mutated, mutation, validPolicy } from '../access/testing.ts'
import { ada } from '../audit/testing.ts'
import type { ResetChange } from '../sandbox/settings.ts'
import { importedPolicies, principalReadings } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { type Dialect, dialects, openTestStore } from '../store/testing.ts'
import { fuzz, hostileText, SEED, tampered } from '../testing.ts'
import { isWhole } from '../text.ts'
import { forgetControlPolicies, importControlPolicies } from './import-control-policies.ts'
import { allowing, keptPicture, policyOf, shownPicture, TEST_ACCOUNT } from './testing.ts'

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

function storeOf(dialect: Dialect): Store {
  const store = stores.get(dialect)
  if (!store) throw new Error(`no store for ${dialect}`)
  return store
}
const embedded = () => storeOf('pglite')
const picture = (change: ResetChange, { store = embedded() }: { store?: Store } = {}) =>
  keptPicture(sandbox, store, change)
const parsed = (document: object, kind: 'scp' | 'rcp') => parsePolicy(document, '', kind).policy

const own = { part: 'sessionPolicy' }

describe('policies of the organization', () => {
  const organization = { managementAccountId: '999988887777', scps: [[allowing('*')]] }
  const deny = policyOf({ Effect: 'Deny', Action: 'kms:UntagResource', Resource: '*' })
  const file = (name: string, document: object) => ({ name, text: JSON.stringify(document) })
  const closed = { part: 'scps', problem: { code: 'denied' } }

  test('that are closed are told once, and no principal has any', async () => {
    const { picture: found } = await picture({ organization })
    expect(found.notRead).toMatchObject([closed, { part: 'rcps', problem: { code: 'denied' } }, own])
    expect(found.scps.levels).toBe('unread')
    expect(found.principals.some(({ access }) => 'scps' in access)).toBe(false)
  })

  test('that do not exist are no gap', async () => {
    const { picture: found } = await picture({ organization: null })
    expect(found.scps).toMatchObject({ levels: undefined, problem: null })
    expect(found.notRead).toMatchObject([own])
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
      expect(await importControlPolicies({ store, by: ada }, { account: TEST_ACCOUNT, kind: 'scp', levels })).toEqual({
        problems: [],
      })
      const { picture: found } = await picture({ organization }, { store })
      const scps = [[parsed(allowing('*'), 'scp')], [parsed(allowing('*'), 'scp'), parsed(deny, 'scp')]]
      expect(found.scps).toMatchObject({
        levels: scps,
        from: { importedAt: expect.any(String) },
        ...{ problem: closed.problem },
      })
      expect(found.notRead).toMatchObject([{ part: 'rcps' }, own])
      expect(found.principals.every(({ access }) => access.scps === found.scps.levels)).toBe(true)
    },
  )

  test('imported again replace, and go when they are forgotten', async () => {
    const store = embedded()
    const put = (document: object) =>
      importControlPolicies(
        { store, by: ada },
        { account: TEST_ACCOUNT, kind: 'scp', levels: [[file('a.json', document)]] },
      )
    await put(deny)
    await put(allowing('*'))
    const { picture: found, identity } = await picture({ organization })
    expect(found.scps.levels).toEqual([[parsed(allowing('*'), 'scp')]])
    await forgetControlPolicies({ store, by: ada }, { account: TEST_ACCOUNT, kind: 'scp' })
    expect((await shownPicture(store, identity.scope)).scps.levels).toBe('unread')
  })

  test('with problems are not kept; each problem names its file and place', async () => {
    const store = embedded()
    const strange = policyOf({ Effect: 'Deny', Action: 'kms:*' })
    const described = { Policy: { Content: JSON.stringify(strange) } }
    const levels = [[file('a.json', strange), { name: 'b.json', text: '{' }], [], [file('c.json', described)]]
    const { problems } = await importControlPolicies({ store, by: ada }, { account: TEST_ACCOUNT, kind: 'scp', levels })
    expect(problems.map(({ path }) => path)).toEqual([
      '["a.json"].Statement[0]',
      '["b.json"]',
      'level 2',
      '["c.json"].Policy.Content.Statement[0]',
    ])
    expect(await store.db.$count(importedPolicies)).toBe(0)
    const nothing = await importControlPolicies({ store, by: ada }, { account: TEST_ACCOUNT, kind: 'rcp', levels: [] })
    expect(nothing.problems).toHaveLength(1)
  })

  test('an RCP names principals, and a level may have none', async () => {
    const rcp = policyOf({ Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' })
    const levels = [[], [file('rcp.json', rcp)]]
    const done = await importControlPolicies(
      { store: embedded(), by: ada },
      { account: TEST_ACCOUNT, kind: 'rcp', levels },
    )
    expect(done.problems).toEqual([])
    const { picture: found } = await picture({ organization })
    expect(found.rcps.levels).toEqual([[], [parsed(rcp, 'rcp')]])
  })
})

test(`10,000 files are kept, or refused with the place of each problem (seed ${SEED})`, async () => {
  const texts = fc.constantFrom(
    JSON.stringify(validPolicy),
    JSON.stringify({ Policy: { PolicySummary: { Name: 'x' }, Content: JSON.stringify(validPolicy) } }),
  )
  const text = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(texts, mutation).map(([valid, change]) => mutated(valid, change)) },
    { weight: 3, arbitrary: tampered(texts) },
    { weight: 1, arbitrary: hostileText },
  )
  const seen = { kept: 0, refused: 0 }
  const file = fc.record({ name: hostileText, text })
  const imported = fc.asyncProperty(file, fc.constantFrom('scp' as const, 'rcp' as const), async (each, kind) => {
    // A server action lets no other through.
    fc.pre(isWhole(each))
    const { problems } = await importControlPolicies(
      { store: embedded(), by: ada },
      { account: TEST_ACCOUNT, kind, levels: [[each]] },
    )
    seen[problems.length === 0 ? 'kept' : 'refused']++
    for (const problem of problems) {
      expect(problem.message).toMatch(/^\S.{3,}/)
      expect(`${problem.path} ${problem.message}`.length).toBeLessThan(1_000)
      expect(isWhole(problem)).toBe(true)
    }
  })
  await fc.assert(imported, fuzz)
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(100)
})
