import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { impacts, planItems } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { dialects, openTestStore } from '../store/testing.ts'
import { noCounts, type WrittenAnalysis, writeAnalysis, writePlan } from './testing.ts'
import { worseThan } from './worse.ts'

const scope = '111122223333/AROAEXAMPLE'
const names = Array.from({ length: 9 }, (_, n) => `s${n}`)
const denied = [{ part: 'scps', problem: { code: 'denied', message: 'closed' } }] as const

describe.each(dialects)('on %s', (dialect) => {
  let store: Store
  beforeAll(async () => {
    store = await openTestStore(dialect)
  })
  afterAll(() => store.close())

  async function compare(reviewed: WrittenAnalysis, checked: WrittenAnalysis, dropped: string[] = []) {
    const planId = await writePlan(store, scope, names)
    const reviewedImpactId = await writeAnalysis(store, planId, reviewed)
    const checkedImpactId = await writeAnalysis(store, planId, checked)
    await store.db
      .update(impacts)
      .set({ digest: '2'.repeat(64) })
      .where(eq(impacts.id, checkedImpactId))
    await store.db
      .update(planItems)
      .set({ skipped: 'dropped' })
      .where(sql`${planItems.planId} = ${planId} and ${planItems.name} = any(${sql.param(dropped)}::text[])`)
    const compared = { planId, reviewedImpactId, checkedImpactId }
    const worse = async () => (await worseThan(store, compared)).map((arn) => /secret:(\w+)-/.exec(arn)?.[1])
    return { worse, compared }
  }

  const ada = (effect: 'loss' | 'may-lose' | 'gain', ...on: string[]) => ({
    changes: [{ principal: 'ada', effect, on }],
  })
  const impact = (name: string, is: NonNullable<WrittenAnalysis['impacts']>[string]) => ({ impacts: { [name]: is } })

  const listed = { tagKey: 'team', protection: { effect: 'listed', pattern: 'team', note: '' } } as const

  test.each<[string, WrittenAnalysis, WrittenAnalysis, string[]]>([
    ['the same', ada('loss', 's1', 's8'), ada('loss', 's1', 's8'), []],
    ['less', ada('loss', 's1', 's8'), ada('loss', 's8'), []],
    ['more resources', ada('loss', 's8'), ada('loss', 's1', 's8'), ['s1']],
    ['a principal that was not there', {}, ada('gain', 's0'), ['s0']],
    ['for sure what was possible', ada('may-lose', 's0'), ada('loss', 's0'), ['s0']],
    ['possible what was sure', ada('loss', 's0'), ada('may-lose', 's0'), []],
    ['a gain where a loss was', ada('loss', 's0'), ada('gain', 's0'), ['s0']],
    ['a call that is denied', {}, impact('s2', { change: 'deny' }), ['s2']],
    ['a call that is permitted again', impact('s2', { change: 'deny' }), {}, []],
    ['no way back', impact('s2', { reverse: 'depends' }), impact('s2', { reverse: 'deny' }), ['s2']],
    ['a refusal', impact('s2', { awsRefuses: 'unknown' }), impact('s2', { awsRefuses: true }), ['s2']],
    ['a tag that is protected by now', {}, impact('s2', { protectedTags: [listed] }), ['s2']],
    [
      'a tag that was protected before',
      impact('s2', { protectedTags: [listed] }),
      impact('s2', { protectedTags: [listed] }),
      [],
    ],
    ['counts alone', {}, impact('s2', { others: { ...noCounts, lose: 1 } }), []],
    ['an outsider of whom nothing is known', {}, impact('s2', { others: { ...noCounts, unknown: 1 } }), ['s2']],
    ['a layer that was read', {}, { notRead: [...denied] }, names],
    ['a layer that was not read before', { notRead: [...denied] }, { notRead: [...denied] }, []],
  ])('%s', async (_, reviewed, checked, expected) => {
    const { worse } = await compare(reviewed, checked)
    expect(await worse()).toEqual(expected)
  })

  test('what was dropped is left out', async () => {
    const { worse } = await compare({}, ada('loss', 's1', 's2', 's8'), ['s2', 's8'])
    expect(await worse()).toEqual(['s1'])
  })

  test('everything is worse than an analysis that is gone; equal digests need no look', async () => {
    const { worse, compared } = await compare({}, ada('loss', 's1'))
    await store.db
      .update(impacts)
      .set({ digest: '2'.repeat(64) })
      .where(eq(impacts.id, compared.reviewedImpactId))
    expect(await worse()).toEqual([])
    await store.db.delete(impacts).where(eq(impacts.id, compared.reviewedImpactId))
    expect(await worse()).toEqual(names)
  })
})
