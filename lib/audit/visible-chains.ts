import { type SQL, sql } from 'drizzle-orm'
import { consoleChain } from '../audit-event.ts'
import { auditEvents, removals } from '../store/schema.ts'

/**
 * Condition over `audit_events`: the chains that a scope may see, which are the console's and those of its own removals.
 * The log itself tells whose a removal was, for it outlives the removal; one that was recovered begins without a name.
 */
export function visibleTo(scope: string): SQL {
  return sql`(${auditEvents.chain} = ${consoleChain} or ${auditEvents.chain} in (
    select started.chain from audit_events started where started.seq = 1 and started.actor_id = ${scope}
    union all select ${removals.id}::text from ${removals} where ${removals.scope} = ${scope}))`
}
