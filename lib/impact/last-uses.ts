import { sql } from 'drizzle-orm'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'
import type { Use } from '../use-evidence.ts'
import { dataCalls } from './action-class.ts'
import type { ImpactRef } from './require-impact.ts'

/** The last that somebody did with a key or secret of a plan. */
export interface LastUse extends Use {
  readonly arn: string
  readonly name: string
}

/**
 * The newest use that was looked up of any resource of a plan, by the ARN of its user: a role with its path, a user, the
 * root user; what used data before what only looked. With `arns` of these resources alone.
 */
export async function lastUses(
  store: Store,
  scope: string,
  { planId }: ImpactRef,
  arns: readonly string[] | null,
): Promise<Map<string, LastUse>> {
  const rows = await rowsOf<LastUse & { principalArn: string }>(
    store,
    sql`
    select distinct on (use->>'principalArn') use->>'principalArn' as "principalArn",
      use->>'action' as action, use->>'at' as at, p.arn, p.name
    from plan_items p
    join evidence e on e.scope = ${scope} and e.arn = p.arn,
      jsonb_array_elements(e.evidence->'history'->'uses') use
    where p.plan_id = ${planId} and p.skipped is null and (${arns === null} or p.arn = any(${sql.param(arns ?? [])}::text[]))
    order by use->>'principalArn', use->>'action' in ${[...dataCalls]} desc, use->>'at' desc`,
  )
  return new Map(rows.map(({ principalArn, ...use }) => [principalArn, use]))
}
