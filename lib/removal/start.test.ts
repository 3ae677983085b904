import { sql } from 'drizzle-orm'
import { afterAll, describe, expect, test } from 'vitest'
import { ACKNOWLEDGEMENT } from '../acknowledgement.ts'
import { dialects, stopTestServer } from '../store/testing.ts'
import { readPlan } from './read-plan.ts'
import { startRemoval } from './start.ts'
import { onThreeSecrets, request } from './testing.ts'

describe.each(dialects)('on %s', (dialect) => {
  const stage = onThreeSecrets(dialect)

  test('start pressed 50 times at once makes one removal', async () => {
    const planId = await stage.bench.prepare(request(stage.arns, 'team'))
    const { digest } = await readPlan(stage.bench.store, stage.bench.scope, planId)
    const input = { planId, reviewedPlanDigest: digest ?? '', acknowledgement: ACKNOWLEDGEMENT }
    const started = await Promise.all(Array.from({ length: 50 }, () => startRemoval(stage.bench.ports, input)))
    expect(new Set(started.map(({ removalId }) => removalId)).size).toBe(1)
    const { rows } = await stage.bench.store.db.execute(sql`select count(*)::int as items from items`)
    expect(rows).toEqual([{ items: 3 }])
  })

  test.each([
    ['another digest', { reviewedPlanDigest: '0'.repeat(64) }, 'stalePlan'],
    ['words that were not typed', { acknowledgement: 'yes' }, 'invalidInput'],
    ['a plan of somebody else', { planId: '00000000-0000-4000-8000-000000000000' }, 'notFound'],
  ])('%s starts nothing', async (_, wrong, code) => {
    const planId = await stage.bench.prepare(request(stage.arns, 'team'))
    const { digest } = await readPlan(stage.bench.store, stage.bench.scope, planId)
    const input = { planId, reviewedPlanDigest: digest ?? '', acknowledgement: ACKNOWLEDGEMENT, ...wrong }
    await expect(startRemoval(stage.bench.ports, input)).rejects.toMatchObject({ code })
    expect((await stage.bench.store.db.execute(sql`select id from removals`)).rows).toEqual([])
  })

  test('a plan whose stored rows were changed after it was sealed is refused', async () => {
    const planId = await stage.bench.prepare(request(stage.arns, 'team'))
    const { digest } = await readPlan(stage.bench.store, stage.bench.scope, planId)
    await stage.bench.store.db.execute(
      sql`update plan_items set tags = '[{"key":"owner","value":"ada"}]' where name = 'a'`,
    )
    const input = { planId, reviewedPlanDigest: digest ?? '', acknowledgement: ACKNOWLEDGEMENT }
    await expect(startRemoval(stage.bench.ports, input)).rejects.toMatchObject({ code: 'stalePlan' })
  })
})

afterAll(stopTestServer)
