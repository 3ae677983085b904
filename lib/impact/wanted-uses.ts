import { sql } from 'drizzle-orm'
import type { WantedUse } from '../principals/resource-history.ts'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'
import { dataActions } from './action-class.ts'
import { keptItems } from './kept-items.ts'
import { hasMember, ordinalsOf } from './members.ts'
import type { ImpactRef } from './require-impact.ts'

/** More could not be looked up in an afternoon; the first of them matter most. */
const RESOURCES_MAX = 300
const CHANGES_MAX = 500

const data = [...dataActions].map((action) => sql`${action}`)

/**
 * Whose use of what is worth a look-up: those of an analysis who lose data first, then others who lose anything, then the
 * rest; of these whoever was at work most recently. Neither the operator nor what was dropped.
 */
export async function wantedUses(store: Store, { planId, impactId }: ImpactRef): Promise<WantedUse[]> {
  const changes = await rowsOf<{ principalArn: string; members: string }>(
    store,
    sql`
    select coalesce(p.principal->>'roleArn', p.arn) as "principalArn", encode(c.members, 'base64') as members
    from impact_changes c join impact_principals p on p.impact_id = c.impact_id and p.ordinal = c.principal
    where c.impact_id = ${impactId} and not p.is_operator
    order by c.effect ?| array['loss', 'may-lose'] desc, c.actions ?| array[${sql.join(data, sql`, `)}]::text[] desc,
      p.last_used_at desc nulls last, c.id limit ${CHANGES_MAX}`,
  )
  const kept = await keptItems(store, planId, impactId)
  const users = new Map<number, Set<string>>()
  for (const { principalArn, members } of changes) {
    for (const ordinal of ordinalsOf(Buffer.from(members, 'base64'))) {
      if (kept !== null && !hasMember(kept, ordinal)) continue
      const known = users.get(ordinal)
      if (known) known.add(principalArn)
      else if (users.size < RESOURCES_MAX) users.set(ordinal, new Set([principalArn]))
    }
  }
  const items = await rowsOf<{ ordinal: number; arn: string }>(
    store,
    sql`
    select ordinal, arn from impact_items where impact_id = ${impactId}
      and ordinal in (select jsonb_array_elements(${JSON.stringify([...users.keys()])}::jsonb)::int)`,
  )
  const arns = new Map(items.map(({ ordinal, arn }) => [ordinal, arn]))
  return [...users].flatMap(([ordinal, principalArns]) => {
    const resource = arns.get(ordinal)
    return resource === undefined ? [] : { resource, principalArns: [...principalArns] }
  })
}
