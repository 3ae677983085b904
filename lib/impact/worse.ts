import { isDeepStrictEqual } from 'node:util'
import { asc, eq } from 'drizzle-orm'
import type { ItemImpact, Permitted } from '../item-impact.ts'
import { impactItems, impacts } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { keptItems } from './kept-items.ts'
import { addMember, addMembers, hasMember, noMembers, ordinalsOf } from './members.ts'
import { worseChanges } from './worse-changes.ts'

/** Two analyses of one plan, whose ordinals therefore are the same. */
export interface Compared {
  planId: string
  reviewedImpactId: string
  checkedImpactId: string
}

/**
 * The resources of a plan, by ARN, of which the second analysis says something bad that the reviewed one did not: an
 * effect on an action of a principal, a call of the operator that is not permitted, AWS's refusal, or a protection of a
 * tag. What was dropped is left out. All of them when more was left unread, or when the reviewed analysis is gone.
 */
export async function worseThan(store: Store, compared: Compared): Promise<string[]> {
  const { planId, reviewedImpactId, checkedImpactId } = compared
  const [reviewed, checked] = [await readImpact(store, reviewedImpactId), await readImpact(store, checkedImpactId)]
  if (!checked) throw new Error('the analysis before a start is gone')
  if (reviewed && reviewed.digest === checked.digest) return []
  const items = await readItems(store, checkedImpactId)
  const before = reviewed && readsAll(reviewed, checked) ? await readItems(store, reviewedImpactId) : []
  const worse = noMembers(items.length)
  for (const [ordinal, { impact }] of items.entries()) {
    const was = before[ordinal]?.impact
    if (!was || isWorse(was, impact)) addMember(worse, ordinal)
  }
  addMembers(worse, await worseChanges(store, compared, items.length))
  const kept = await keptItems(store, planId, checkedImpactId)
  return [...ordinalsOf(worse)].flatMap((ordinal) =>
    kept === null || hasMember(kept, ordinal) ? (items[ordinal]?.arn ?? []) : [],
  )
}

const badness: Record<Permitted, number> = { allow: 0, depends: 1, unknown: 2, deny: 3 }
const refusal = (awsRefuses: ItemImpact['awsRefuses']) => (awsRefuses === 'unknown' ? 1 : awsRefuses ? 2 : 0)

function isWorse(was: ItemImpact, is: ItemImpact): boolean {
  return (
    badness[is.change] > badness[was.change] ||
    badness[is.reverse] > badness[was.reverse] ||
    refusal(is.awsRefuses) > refusal(was.awsRefuses) ||
    // Outsiders are none of the principals whose changes are compared.
    is.others.unknown > was.others.unknown ||
    is.protectedTags.some((tag) => !was.protectedTags.some((known) => isDeepStrictEqual(known, tag)))
  )
}

type Impact = NonNullable<Awaited<ReturnType<typeof readImpact>>>

async function readImpact({ db }: Store, impactId: string) {
  const [impact] = await db
    .select({ digest: impacts.digest, picture: impacts.picture })
    .from(impacts)
    .where(eq(impacts.id, impactId))
  return impact
}

/** Whether the second analysis reads all that the first one read of the account as a whole. */
function readsAll(reviewed: Impact, checked: Impact): boolean {
  const missed = new Set(reviewed.picture?.notRead.map(({ part }) => part))
  return checked.picture?.notRead.every(({ part }) => missed.has(part)) ?? false
}

async function readItems({ db }: Store, impactId: string) {
  return db
    .select({ arn: impactItems.arn, impact: impactItems.impact })
    .from(impactItems)
    .where(eq(impactItems.impactId, impactId))
    .orderBy(asc(impactItems.ordinal))
}
