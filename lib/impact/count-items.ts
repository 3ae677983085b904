import { sql } from 'drizzle-orm'
import { type ImpactSign, impactSigns } from '../impact-review.ts'
import { type ImpactVerdict, impactVerdicts } from '../item-impact.ts'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'
import type { SignCounts } from './required.ts'

/** Resources of a plan by verdict and by sign, without those that were dropped. */
export async function countItems(
  store: Store,
  planId: string,
  impactId: string,
): Promise<{ verdicts: Record<ImpactVerdict, number>; signs: SignCounts }> {
  const rows = await rowsOf<{ verdict: ImpactVerdict; signs: ImpactSign[]; resources: number; first: string }>(
    store,
    sql`
    select i.verdict, i.signs, count(*)::int as resources, min(p.name collate "C") as first
    from impact_items i join plan_items p on p.plan_id = ${planId} and p.arn = i.arn and p.skipped is null
    where i.impact_id = ${impactId} group by i.verdict, i.signs`,
  )
  const verdicts = Object.fromEntries(impactVerdicts.map((verdict) => [verdict, 0])) as Record<ImpactVerdict, number>
  const signs = Object.fromEntries(impactSigns.map((sign) => [sign, { resources: 0, first: null }])) as SignCounts
  for (const row of rows) {
    verdicts[row.verdict] += row.resources
    for (const sign of row.signs) {
      const { resources, first } = signs[sign]
      const isFirst = first === null || row.first < first
      signs[sign] = { resources: resources + row.resources, first: isFirst ? row.first : first }
    }
  }
  return { verdicts, signs }
}
