import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeAnalysis, writePlan } from '../impact/testing.ts'
import { impacts } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { openTestStore } from '../store/testing.ts'
import { exportReview } from './export-review.ts'

const scope = '111122223333:AROAEXAMPLEID'
let store: Store
beforeAll(async () => {
  store = await openTestStore()
})
afterAll(() => store.close())

const exported = async (planId: string) => {
  const review = await exportReview({ store, scope, account: '111122223333' }, planId)
  return [review.impact.state, ...review.included.map(({ impact }) => impact?.verdict ?? null)]
}

test.each(['waiting', 'analysing', 'failed'] as const)(
  'what an earlier analysis said of a resource is left out while a later one is %s',
  async (state) => {
    const planId = await writePlan(store, scope, ['a', 'b'])
    await writeAnalysis(store, planId)
    expect(await exported(planId)).toEqual(['ready', 'none', 'none'])
    await store.db.insert(impacts).values({ planId, state })
    expect(await exported(planId)).toEqual([state, null, null])
  },
)
