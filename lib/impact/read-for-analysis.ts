import { eq, sql } from 'drizzle-orm'
import { keyIdOf } from '../arn.ts'
import type { Aws } from '../aws/clients.ts'
import { withRemedy } from '../aws/credential-remedy.ts'
import type { Identity } from '../aws/identity.ts'
import { ExpectedError } from '../errors.ts'
import { importsOf } from '../principals/principals-of.ts'
import { refreshPrincipals } from '../principals/refresh.ts'
import { readPolicyTexts } from '../principals/resource-policies.ts'
import { principalReadings } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { PlanItem } from './plan-items.ts'
import { listProtectedPatterns } from './protected-patterns.ts'
import { readAliases } from './read-aliases.ts'
import type { AnalysisInput, ResourceInput } from './thread/messages.ts'

/** How old a reading of IAM may be for a first analysis. */
const READING_MAX_AGE_MS = 10 * 60_000

/** All that an analysis needs to know before grants. */
export type ReadForAnalysis = Pick<
  AnalysisInput,
  'reading' | 'readAt' | 'imports' | 'protectedPatterns' | 'aliasProblem'
> & {
  readonly resources: readonly ResourceInput[]
}

/**
 * Reads what an analysis hangs on: who is in the account, the policies of the plan's resources and the aliases of its
 * keys, side by side. With `anew`, who is in the account is read again however young the last reading is.
 * @throws ExpectedError `credentialsExpired` and its like; with `anew` whatever kept IAM from an answer, but a denial
 */
export async function readForAnalysis(
  { store, aws, identity, signal }: { store: Store; aws: Aws; identity: Identity; signal: AbortSignal },
  { items, anew, onRead }: { items: readonly PlanItem[]; anew: boolean; onRead: (done: number) => void },
): Promise<ReadForAnalysis> {
  const reader = { aws, account: identity.account, signal }
  return withRemedy(aws, async () => {
    const keys = items.filter(({ type }) => type === 'key')
    const [kept, policies, aliases] = await Promise.all([
      readPrincipals({ store, aws, identity, signal }, anew),
      readPolicyTexts(
        reader,
        items.map(({ arn }) => arn),
        onRead,
      ),
      readAliases(
        reader,
        keys.map(({ region }) => region),
      ),
    ])
    const imports = await importsOf(store, identity.account)
    const protectedPatterns = await listProtectedPatterns(store, identity.account)
    const resources = items.map(({ arn, type, region, primaryRegion, facts, tags }) => {
      const ofRegion = type === 'key' ? aliases.byRegion.get(region) : undefined
      const policy = policies.get(arn) ?? { text: null, problem: null }
      return {
        ...{ arn, type, region, primaryRegion, facts, policy, changed: tags },
        aliases: ofRegion ? (ofRegion.get(keyIdOf(arn)) ?? []) : null,
      }
    })
    return { ...kept, imports, protectedPatterns, resources, aliasProblem: aliases.problem }
  })
}

type Ports = { store: Store; aws: Aws; identity: Identity; signal: AbortSignal }

async function readPrincipals(ports: Ports, anew: boolean): Promise<{ reading: string; readAt: string }> {
  const known = await keptReading(ports)
  if (known && !anew && Date.now() - known.readAt.getTime() < READING_MAX_AGE_MS) return textOf(known)
  const { problem } = await refreshPrincipals(ports, { signal: ports.signal })
  if (anew && problem && problem.code !== 'denied' && problem.code !== 'bug') {
    throw new ExpectedError(problem.code, problem.message)
  }
  const kept = await keptReading(ports)
  if (kept === undefined) throw new Error('the reading of the account was not kept')
  return textOf(kept)
}

const textOf = ({ reading, readAt }: { reading: string; readAt: Date }) => ({ reading, readAt: readAt.toISOString() })

/** As text: it is parsed on the thread of the analysis. */
async function keptReading({ store, identity }: Ports): Promise<{ reading: string; readAt: Date } | undefined> {
  const reading = sql<string>`${principalReadings.reading}::text`
  const [kept] = await store.db
    .select({ reading, readAt: principalReadings.readAt })
    .from(principalReadings)
    .where(eq(principalReadings.scope, identity.scope))
  return kept
}
