import type { IncomingMessage } from 'node:http'
import { createSession, findSession, sessionCookieName, sessionSeconds } from '../auth/sessions.ts'
import type { Store } from '../store/store.ts'

export interface SessionCookie {
  /** Starts a session and gives the Set-Cookie header that hands it to the browser. */
  create(req: IncomingMessage): Promise<string>
  isValid(req: IncomingMessage): Promise<boolean>
}

/**
 * Sessions as the gate sees them. Answers from memory where it can, because every static file passes the gate; a
 * session that was ended elsewhere is refused behind it, where pages and actions ask the store each time.
 */
export function createSessionCookie(store: Store, port: number): SessionCookie {
  const name = sessionCookieName(port)
  const expiryOf = new Map<string, Date>()

  return {
    async create({ socket }) {
      const { token } = await createSession(store, socket.remoteAddress ?? null)
      return `${name}=${token}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${sessionSeconds}`
    },
    async isValid({ headers }) {
      const token = cookieValue(headers.cookie, name)
      if (!token) return false
      const known = expiryOf.get(token) ?? (await findSession(store, token))?.expiresAt
      if (!known || known <= new Date()) return false
      expiryOf.set(token, known)
      return true
    },
  }
}

function cookieValue(header: string | undefined, name: string): string | undefined {
  const pair = header?.split('; ').find((cookie) => cookie.startsWith(`${name}=`))
  return pair?.slice(name.length + 1)
}
