import { eq, sql } from 'drizzle-orm'
import type { Aws } from '../aws/clients.ts'
import type { Identity } from '../aws/identity.ts'
import { ExpectedError, type Problem } from '../errors.ts'
import { importsOf } from '../principals/principals-of.ts'
import { refreshPrincipals } from '../principals/refresh.ts'
import { principalReadings } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { listProtectedPatterns } from './protected-patterns.ts'
import type { AnalysisInput } from './thread/messages.ts'

/** How old a reading of IAM may be for a first analysis. */
const READING_MAX_AGE_MS = 10 * 60_000

type Ports = { store: Store; aws: Aws; identity: Identity; signal: AbortSignal }

/**
 * Who is in the account, and what its operators brought along. With `anew` IAM is read again however young the last
 * reading is.
 * @throws ExpectedError `credentialsExpired` and its like; with `anew` whatever kept IAM from an answer, but a denial
 */
export async function readPrincipals(
  ports: Ports,
  anew: boolean,
): Promise<Pick<AnalysisInput, 'reading' | 'readAt' | 'readingProblem' | 'imports' | 'protectedPatterns'>> {
  const { store, identity } = ports
  const { reading, readAt, problem } = await readingOf(ports, anew)
  const imports = await importsOf(store, identity.account)
  const protectedPatterns = await listProtectedPatterns(store, identity.account)
  return { reading, readAt: readAt.toISOString(), readingProblem: problem, imports, protectedPatterns }
}

async function readingOf(ports: Ports, anew: boolean): Promise<Reading & { problem: Problem | null }> {
  const known = await keptReading(ports)
  if (known && !anew && Date.now() - known.readAt.getTime() < READING_MAX_AGE_MS) return { ...known, problem: null }
  const { problem } = await refreshPrincipals(ports, { signal: ports.signal })
  if (anew && problem && problem.code !== 'denied' && problem.code !== 'bug') {
    throw new ExpectedError(problem.code, problem.message)
  }
  const kept = await keptReading(ports)
  if (kept === undefined) throw new Error('the reading of the account was not kept')
  // A denial is in the reading itself; whatever else it was has left an earlier one in place.
  return { ...kept, problem: problem?.code === 'denied' ? null : problem }
}

interface Reading {
  /** As text: it is parsed on the thread of the analysis. */
  reading: string
  readAt: Date
}

async function keptReading({ store, identity }: Ports): Promise<Reading | undefined> {
  const reading = sql<string>`${principalReadings.reading}::text`
  const [kept] = await store.db
    .select({ reading, readAt: principalReadings.readAt })
    .from(principalReadings)
    .where(eq(principalReadings.scope, identity.scope))
  return kept
}
