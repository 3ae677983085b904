import { and, asc, eq, ne, sql } from 'drizzle-orm'
import { z } from 'zod'
import { appendToConsole } from '../audit/append.ts'
import type { AuditActor } from '../audit-event.ts'
import { ExpectedError } from '../errors.ts'
import type { ProtectedPattern } from '../protected-tags.ts'
import { protectedPatterns as patterns } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { TAG_KEY_LENGTH_MAX } from '../tag.ts'

/** Patterns of one account: an analysis holds every tag that goes against each of them. */
const PATTERNS_MAX = 200

interface Ports {
  store: Store
  by: AuditActor
}

/** What an operator may put on the list. */
export const protectedPatternSchema = z.object({
  pattern: z.string().trim().min(1).max(TAG_KEY_LENGTH_MAX),
  note: z.string().trim().max(256),
})

/** The operator's own list of protected tags of an account, in the order of the alphabet. */
export async function listProtectedPatterns({ db }: Store, account: string): Promise<ProtectedPattern[]> {
  return db
    .select({ pattern: patterns.pattern, note: patterns.note })
    .from(patterns)
    .where(eq(patterns.account, account))
    .orderBy(asc(sql`lower(${patterns.pattern})`), asc(patterns.pattern))
}

/**
 * Adds a pattern to the list of an account; one that is there gets the new note. Reviews heed it from their next analysis
 * on, at the latest when they are started.
 *
 * @throws ExpectedError `limitExceeded`
 */
export async function addProtectedPattern(
  { store, by }: Ports,
  account: string,
  { pattern, note }: ProtectedPattern,
): Promise<void> {
  const others = await store.db.$count(patterns, and(eq(patterns.account, account), ne(patterns.pattern, pattern)))
  if (others >= PATTERNS_MAX) {
    throw new ExpectedError('limitExceeded', `there are ${PATTERNS_MAX} patterns already; remove one first`)
  }
  await store.db.transaction(async (tx) => {
    await tx
      .insert(patterns)
      .values({ account, pattern, note })
      .onConflictDoUpdate({ target: [patterns.account, patterns.pattern], set: { note } })
    await appendToConsole(tx, { action: 'protectedTag.added', actor: by, details: { account, pattern, note } })
  })
}

/** Takes a pattern off the list of an account. Repeating it is harmless. */
export async function removeProtectedPattern({ store, by }: Ports, account: string, pattern: string): Promise<void> {
  await store.db.transaction(async (tx) => {
    await tx.delete(patterns).where(and(eq(patterns.account, account), eq(patterns.pattern, pattern)))
    await appendToConsole(tx, { action: 'protectedTag.removed', actor: by, details: { account, pattern } })
  })
}
