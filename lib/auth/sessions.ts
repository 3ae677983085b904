import { createHash, randomBytes } from 'node:crypto'
import { and, eq, gt, sql } from 'drizzle-orm'
import { appendToConsole } from '../audit/append.ts'
import { theConsole } from '../audit-event.ts'
import { sessions } from '../store/schema.ts'
import type { Store } from '../store/store.ts'

export const sessionSeconds = 12 * 60 * 60

export interface Session {
  createdAt: Date
  expiresAt: Date
}

/** In which the gate tells from where a request comes. */
export const addressHeader = 'x-untag-address'

/** The port is in the name because cookies are shared by all ports of a host. */
export const sessionCookieName = (port: number | string) => `untag-${port}`

/**
 * Starts a session of twelve hours for a browser at this IP address. The token is for the browser's cookie alone: the
 * store keeps its SHA-256.
 */
export async function createSession(store: Store, address: string | null): Promise<{ token: string }> {
  const token = randomBytes(32).toString('base64url')
  await store.db.transaction(async (tx) => {
    await tx.insert(sessions).values({
      tokenHash: hashOf(token),
      expiresAt: sql`now() + make_interval(secs => ${sessionSeconds})`,
    })
    await appendToConsole(tx, { action: 'session.opened', actor: { ...theConsole, address } })
  })
  return { token }
}

/** The session of a cookie's token, unless it has expired by the database's clock. */
export async function findSession(store: Store, token: string): Promise<Session | undefined> {
  const [session] = await store.db
    .select({ createdAt: sessions.createdAt, expiresAt: sessions.expiresAt })
    .from(sessions)
    .where(and(eq(sessions.tokenHash, hashOf(token)), gt(sessions.expiresAt, sql`now()`)))
  return session
}

/** Ends every session. A console that starts anew trusts only browsers that open its new link. */
export async function endSessions(store: Store): Promise<void> {
  await store.db.delete(sessions)
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
