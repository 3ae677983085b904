import { and, eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { impacts, planItems } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { dialects, openTestStore } from '../store/testing.ts'
import { readImpact } from './read-impact.ts'
import { storeImpact } from './request.ts'
import { noCounts, starting, writeAnalysis, writePlan } from './testing.ts'

const scope = '111122223333/AROAEXAMPLE'

describe.each(dialects)('on %s', (dialect) => {
  let store: Store
  beforeAll(async () => {
    store = await openTestStore(dialect)
  })
  afterAll(() => store.close())

  const read = (planId: string) => readImpact(store, scope, planId)
  const drop = (planId: string, ...names: string[]) =>
    store.db
      .update(planItems)
      .set({ skipped: 'dropped' })
      .where(and(eq(planItems.planId, planId), inArray(planItems.name, names)))
  const change = (impactId: string, to: Partial<typeof impacts.$inferInsert>) =>
    store.db.update(impacts).set(to).where(eq(impacts.id, impactId))

  test('before anything is analysed nothing is asked and nothing is promised', async () => {
    const review = await read(await writePlan(store, scope, ['a']))
    expect(review).toMatchObject({ impactId: null, state: 'waiting', picture: null, required: [], start: null })
  })

  test("somebody else's plan is not there", async () => {
    const planId = await writePlan(store, 'somebody/else', ['a'])
    await expect(read(planId)).rejects.toMatchObject({ code: 'notFound' })
  })

  test('where nothing changes and all was read, nothing has to be acknowledged', async () => {
    const planId = await writePlan(store, scope, ['a', 'b'])
    const impactId = await writeAnalysis(store, planId)
    expect(await read(planId)).toMatchObject({
      impactId,
      state: 'ready',
      verdicts: { none: 2, you: 0 },
      required: [],
      start: null,
    })
  })

  test.each([
    { parts: ['sessionPolicy'], asked: [] },
    { parts: ['sessionPolicy', 'rcps'], asked: ['notRead'] },
    { parts: ['principals'], asked: ['notRead'] },
    { parts: ['aliases'], asked: ['notRead'] },
  ] as const)('of what was not read ($parts) a start asks for $asked', async ({ parts, asked }) => {
    const planId = await writePlan(store, scope, ['a'])
    const problem = { code: 'denied', message: 'not readable' } as const
    await writeAnalysis(store, planId, { notRead: parts.map((part) => ({ part, problem })) })
    const { picture, required } = await read(planId)
    expect(picture?.notRead).toHaveLength(parts.length)
    expect(required.map(({ kind }) => kind)).toEqual(asked)
  })

  describe('of four resources', () => {
    const analysed = async () => {
      const planId = await writePlan(store, scope, ['d', 'c', 'b', 'a'])
      await writeAnalysis(store, planId, {
        impacts: {
          a: { verdict: 'others', others: { ...noCounts, mayLose: 1 } },
          b: { verdict: 'gain', others: { ...noCounts, gain: 1 }, reverse: 'deny' },
          c: { verdict: 'you', own: { ...noCounts, lose: 2 }, others: { ...noCounts, gain: 1 } },
        },
        changes: [
          { principal: 'operator', effect: 'loss', on: ['c'] },
          { principal: 'ada', effect: 'may-lose', on: ['a'] },
          { principal: 'ada', effect: 'gain', on: ['b', 'c'] },
          { principal: 'bob', effect: 'gain', on: ['b'] },
        ],
        notRead: [{ part: 'scps', problem: { code: 'denied', message: 'not readable' } }],
      })
      return planId
    }

    test('each counts once by verdict, and once by each sign', async () => {
      const { verdicts, signs, principals } = await read(await analysed())
      expect(verdicts).toEqual({ notPermitted: 0, awsRefuses: 0, you: 1, gain: 1, unknown: 0, others: 1, none: 1 })
      expect(signs).toMatchObject({ ownLoss: 1, irreversible: 1, gain: 2, othersLose: 1, unknown: 0, notPermitted: 0 })
      expect(principals).toEqual({ losing: 1, gaining: 2, unknown: 0 })
    })

    test('the first by name is typed; losses of others and layers that were not read are ticked', async () => {
      const { required } = await read(await analysed())
      expect(required).toEqual([
        { kind: 'ownLoss', resources: 1, typed: 'c' },
        { kind: 'irreversible', resources: 1, typed: 'b' },
        { kind: 'gain', resources: 2, typed: 'b' },
        { kind: 'othersLose', resources: 1, typed: null },
        { kind: 'notRead', resources: 0, typed: null },
      ])
    })

    test('what was dropped counts nowhere', async () => {
      const planId = await analysed()
      await drop(planId, 'b')
      const { verdicts, signs, principals, required } = await read(planId)
      expect(verdicts).toMatchObject({ gain: 0, you: 1, others: 1, none: 1 })
      expect(signs).toMatchObject({ irreversible: 0, gain: 1 })
      expect(principals).toEqual({ losing: 1, gaining: 1, unknown: 0 })
      expect(required.map(({ kind, typed }) => [kind, typed])).toEqual([
        ['ownLoss', 'c'],
        ['gain', 'c'],
        ['othersLose', null],
        ['notRead', null],
      ])
      await drop(planId, 'a', 'c')
      expect((await read(planId)).principals).toEqual({ losing: 0, gaining: 0, unknown: 0 })
    })
  })

  test('an analysis that runs again is shown in place of the one before', async () => {
    const planId = await writePlan(store, scope, ['a'])
    await writeAnalysis(store, planId)
    const impactId = await storeImpact(store.db, planId, null)
    await change(impactId, { state: 'analysing', done: 3, total: 9 })
    expect(await read(planId)).toMatchObject({ impactId, state: 'analysing', done: 3, total: 9, required: [] })
  })

  test('a start that is checked leaves the review as it is, and says how far the check is', async () => {
    const planId = await writePlan(store, scope, ['a', 'b'])
    const impactId = await writeAnalysis(store, planId)
    const check = await storeImpact(store.db, planId, starting)
    await change(check, { state: 'analysing', done: 3, total: 9 })
    expect(await read(planId)).toMatchObject({
      impactId,
      state: 'ready',
      start: { state: 'checking', done: 3, total: 9 },
    })

    const problem = { code: 'credentialsExpired', message: 'renew them' } as const
    await change(check, { state: 'failed', problem })
    expect(await read(planId)).toMatchObject({ impactId, state: 'ready', start: { state: 'failed', problem } })
  })

  test('a refused start names what became worse as long as it is not dropped', async () => {
    const planId = await writePlan(store, scope, ['a', 'b'])
    await writeAnalysis(store, planId)
    const check = await writeAnalysis(store, planId, { impacts: { b: { verdict: 'you' } } })
    const [b] = await store.db
      .select()
      .from(planItems)
      .where(and(eq(planItems.planId, planId), eq(planItems.name, 'b')))
    await change(check, { starting, worse: [b?.arn ?? ''] })
    const start = { state: 'refused', worse: [{ arn: b?.arn, name: 'b' }] }
    expect(await read(planId)).toMatchObject({ impactId: check, verdicts: { you: 1, none: 1 }, start })
    await drop(planId, 'b')
    expect(await read(planId)).toMatchObject({ impactId: check, start: null })
  })
})
