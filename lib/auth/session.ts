import '#server-only'
import { cookies, headers } from 'next/headers'
import { ExpectedError } from '../errors.ts'
import { store } from '../store/store.ts'
import { findSession, type Session, sessionCookieName } from './sessions.ts'

/**
 * The session of the request that is being answered. Every page, action and route calls it although the gate has
 * looked already: a way round one of the two is then no way in.
 *
 * @throws ExpectedError `signedOut`
 */
export async function requireSession(): Promise<Session> {
  const port = (await headers()).get('host')?.split(':')[1] ?? '80'
  const token = (await cookies()).get(sessionCookieName(port))?.value
  const session = token && (await findSession(store(), token))
  if (session) return session
  throw new ExpectedError('signedOut', 'you are signed out; press Enter in the terminal that runs Untag for a new link')
}
