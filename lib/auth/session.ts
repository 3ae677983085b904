import '#server-only'
import { cookies, headers } from 'next/headers'
import { ExpectedError } from '../errors.ts'
import { store } from '../store/store.ts'
import { addressHeader, findSession, type Session, sessionCookieName } from './sessions.ts'

/**
 * The session of the request that is being answered. Every page, action and route calls it although the gate has
 * looked already: a way round one of the two is then no way in.
 *
 * @throws ExpectedError `signedOut`
 */
export async function requireSession(): Promise<Session & { address: string | null }> {
  const sent = await headers()
  const port = sent.get('host')?.split(':')[1] ?? '80'
  const token = (await cookies()).get(sessionCookieName(port))?.value
  const session = token && (await findSession(store(), token))
  // The gate has put it there, in place of whatever the client had sent under this name.
  if (session) return { ...session, address: sent.get(addressHeader) }
  throw new ExpectedError('signedOut', 'you are signed out; press Enter in the terminal that runs Untag for a new link')
}
