import { and, eq, gt, inArray, sql } from 'drizzle-orm'
import type { ResourceEvidence } from '../principals/evidence.ts'
import { evidence } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { StoredEvidence } from '../use-evidence.ts'

/** So long what was looked up is not looked up again. CloudTrail itself is minutes behind. */
const FRESH_MS = 60 * 60_000

/** What was looked up about some resources, with the time that it is of. */
export type KeptEvidence = ReadonlyMap<string, { readonly found: StoredEvidence; readonly readAt: Date }>

/** What was looked up in the last hour. */
export async function freshEvidence({ db }: Store, scope: string, arns: string[]): Promise<KeptEvidence> {
  if (arns.length === 0) return new Map()
  const isFresh = gt(evidence.readAt, new Date(Date.now() - FRESH_MS))
  const rows = await db
    .select()
    .from(evidence)
    .where(and(eq(evidence.scope, scope), inArray(evidence.arn, arns), isFresh))
  return new Map(rows.map(({ arn, evidence: found, readAt }) => [arn, { found, readAt }]))
}

/** Keeps what was looked up; what goes on from an earlier look-up keeps its age. */
export async function keepEvidence(
  { db }: Store,
  scope: string,
  found: ReadonlyMap<string, ResourceEvidence>,
  known: KeptEvidence,
): Promise<void> {
  const now = new Date()
  const rows = [...found].flatMap(([arn, each]) => {
    const isAsked = each.keyUsage !== null || each.history.since !== null || each.history.problem !== null
    return isAsked ? { scope, arn, evidence: each, readAt: known.get(arn)?.readAt ?? now } : []
  })
  if (rows.length === 0) return
  await db
    .insert(evidence)
    .values(rows)
    .onConflictDoUpdate({
      target: [evidence.scope, evidence.arn],
      set: { evidence: sql`excluded.evidence`, readAt: sql`excluded.read_at` },
    })
}
