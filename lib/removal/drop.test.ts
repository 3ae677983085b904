import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ada } from '../audit/testing.ts'
import { storeImpact } from '../impact/request.ts'
import { noCounts, starting, writeAnalysis, writePlan } from '../impact/testing.ts'
import { impacts, planItems } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { dialects, openTestStore } from '../store/testing.ts'
import { planDigest } from './digest.ts'
import { type Drop, dropItems, undropItems } from './drop.ts'
import { listPlanItems, type PlanItemsView } from './list-plan-items.ts'
import { readPlan } from './read-plan.ts'

const scope = '111122223333/AROAEXAMPLE'

describe.each(dialects)('on %s', (dialect) => {
  let store: Store
  beforeAll(async () => {
    store = await openTestStore(dialect)
  })
  afterAll(() => store.close())

  const arnOf = (name: string) => `arn:aws:secretsmanager:eu-central-1:111122223333:secret:${name}-AbCdEf`
  const digestOf = async (planId: string) => (await readPlan(store, scope, planId)).digest ?? ''
  const drop = async (planId: string, what: Drop) =>
    dropItems({ store, scope, by: ada }, { planId, reviewedPlanDigest: await digestOf(planId), drop: what })
  const list = async (planId: string, view: Partial<PlanItemsView> = {}) => {
    const whole = { show: 'included', text: '', verdict: null, sign: null, page: 1, size: 10 } as const
    const { rows, matched } = await listPlanItems(store, scope, planId, { ...whole, ...view })
    expect(matched).toBe(rows.length)
    return rows.map(({ name }) => name)
  }
  const analysed = async () => {
    const planId = await writePlan(store, scope, ['a', 'b', 'c', 'd'])
    const you = { ...noCounts, lose: 1 }
    await writeAnalysis(store, planId, {
      impacts: { b: { verdict: 'others', others: you }, c: { verdict: 'you', own: you }, d: { verdict: 'gain' } },
    })
    return planId
  }

  test('rows come with the worst first, by verdict and by sign', async () => {
    const planId = await analysed()
    expect(await list(planId)).toEqual(['c', 'd', 'b', 'a'])
    expect(await list(planId, { verdict: 'gain' })).toEqual(['d'])
    expect(await list(planId, { sign: 'othersLose' })).toEqual(['b'])
    expect(await list(planId, { sign: 'ownLoss', text: 'nothing' })).toEqual([])
  })

  test.each<[string, Drop, string[]]>([
    ['one resource', { by: 'arns', arns: [arnOf('a'), 'arn:aws:kms:::not-in-the-plan'] }, ['a']],
    ['verdicts', { by: 'verdicts', verdicts: ['you', 'gain'] }, ['c', 'd']],
    ['a sign', { by: 'sign', sign: 'othersLose' }, ['b']],
  ])('%s: what is dropped is another plan, and taken back it is the same again', async (_, what, dropped) => {
    const planId = await analysed()
    const names = ['a', 'b', 'c', 'd'].filter((name) => !dropped.includes(name))
    const tags = [{ key: 'team', value: 'pay' }]
    const sealed = (some: string[]) =>
      planDigest(
        'remove',
        some.map((name) => ({ arn: arnOf(name), tags })),
      )

    const left = await drop(planId, what)
    expect(left).toEqual({ dropped: dropped.map(arnOf), digest: sealed(names) })
    expect((await list(planId)).sort()).toEqual(names)
    const { skipped, totals, digest } = await readPlan(store, scope, planId)
    expect(skipped).toEqual([
      { reason: 'dropped', sentence: 'you dropped it in the review', resources: dropped.length },
    ])
    expect([totals.resources, digest]).toEqual([names.length, sealed(names)])

    const back = await undropItems({ store, scope, by: ada }, { planId, arns: left.dropped })
    expect(back).toEqual({ digest: sealed(['a', 'b', 'c', 'd']) })
    expect(await list(planId)).toEqual(['c', 'd', 'b', 'a'])
  })

  test('what was skipped for another reason is not taken back', async () => {
    const planId = await analysed()
    await store.db
      .update(planItems)
      .set({ skipped: 'gone' })
      .where(and(eq(planItems.planId, planId), eq(planItems.name, 'a')))
    await undropItems({ store, scope, by: ada }, { planId, arns: [arnOf('a')] })
    expect(await list(planId, { show: 'skipped' })).toEqual(['a'])
  })

  test('another plan than the one on the screen is left alone, and so is one without analysis', async () => {
    const planId = await analysed()
    const stale = { planId, reviewedPlanDigest: 'f'.repeat(64), drop: { by: 'arns', arns: [arnOf('a')] } } as const
    await expect(dropItems({ store, scope, by: ada }, stale)).rejects.toMatchObject({ code: 'stalePlan' })
    const others = dropItems({ store, scope: 'somebody/else', by: ada }, stale)
    await expect(others).rejects.toMatchObject({ code: 'notFound' })
    const fresh = await writePlan(store, scope, ['a'])
    await expect(drop(fresh, { by: 'sign', sign: 'gain' })).rejects.toMatchObject({ code: 'wrongState' })
    expect(await list(planId)).toHaveLength(4)
  })

  test('while a start is checked nothing is dropped or taken back; after a check that failed it is', async () => {
    const planId = await analysed()
    const check = await storeImpact(store.db, planId, starting)
    const a: Drop = { by: 'arns', arns: [arnOf('a')] }
    await expect(drop(planId, a)).rejects.toMatchObject({ code: 'wrongState' })
    const undropped = undropItems({ store, scope, by: ada }, { planId, arns: [arnOf('a')] })
    await expect(undropped).rejects.toMatchObject({ code: 'wrongState' })
    await store.db.update(impacts).set({ state: 'failed' }).where(eq(impacts.id, check))
    expect((await drop(planId, a)).dropped).toEqual([arnOf('a')])
  })
})
