import { asc, desc, eq } from 'drizzle-orm'
import type { Sandbox } from '../../../e2e/support/sandbox.ts'
import type { ItemImpact } from '../../item-impact.ts'
import { impactChanges, impactItems, impactPrincipals, impacts } from '../../store/schema.ts'
import type { Store } from '../../store/store.ts'
import { hasMember } from '../members.ts'

/** For tests: what an analysis found, by the names of principals and of resources as the sandbox has them now. */
export async function findingsOf({ store: { db }, sandbox }: { store: Store; sandbox: Sandbox }, impactId: string) {
  const [impact] = await db.select().from(impacts).where(eq(impacts.id, impactId))
  if (!impact) throw new Error('there is no such analysis')
  const names = new Map((await sandbox.resources()).map(({ arn, name }) => [arn, name]))
  const items = await db.select().from(impactItems).where(eq(impactItems.impactId, impactId))
  const principals = await db.select().from(impactPrincipals).where(eq(impactPrincipals.impactId, impactId))
  const rows = await db
    .select()
    .from(impactChanges)
    .where(eq(impactChanges.impactId, impactId))
    .orderBy(asc(impactChanges.id))
  const who = new Map(principals.map(({ ordinal, name }) => [ordinal, name]))
  const nameOf = (arn: string) => names.get(arn) ?? arn
  const changes = rows.flatMap(({ principal, members, effect, actions }) =>
    items
      .filter(({ ordinal }) => hasMember(members, ordinal))
      .flatMap(({ arn }) =>
        actions.map((action) => `${who.get(principal)} ${effect.join('+')} ${action} on ${nameOf(arn)}`),
      ),
  )
  return {
    impact,
    items: new Map(items.map((item) => [nameOf(item.arn), item])),
    impacts: new Map<string, ItemImpact>(items.map((item) => [nameOf(item.arn), item.impact])),
    principals,
    changes: new Set(changes),
  }
}

/** For tests: the newest analysis of a plan. */
export async function newestImpact({ db }: Store, planId: string): Promise<string> {
  const [impact] = await db
    .select({ id: impacts.id })
    .from(impacts)
    .where(eq(impacts.planId, planId))
    .orderBy(desc(impacts.startedAt))
  return impact?.id ?? ''
}
