import { eq, type SQL, sql } from 'drizzle-orm'
import type { AccountReading, ControlLevel, ControlPolicies } from '../account-reading.ts'
import type { Problem } from '../errors.ts'
import { principalReadings } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { ControlKind, ImportedPolicies } from './control-layers.ts'
import { importsOf } from './principals-of.ts'

/** How many there are in the last reading of the account. */
export interface ReadingSummary {
  /** ISO 8601, UTC. */
  readonly readAt: string
  readonly reach: AccountReading['reach']
  /** Why it does not reach everybody. */
  readonly problem: Problem | null
  readonly users: number
  readonly roles: number
  readonly groups: number
  readonly managedPolicies: number
  /** Policies and the like that AWS did not give. */
  readonly unread: number
}

/** The SCPs or RCPs that count for the account, and the import of them, which counts where AWS keeps them closed. */
export interface ControlSummary {
  /** `unknown`: the account has not been read yet, so that nobody knows whether AWS would tell. */
  readonly state: ControlPolicies['state'] | 'imported' | 'unknown'
  /** Root first. */
  readonly levels: readonly ControlLevel[]
  /** Of `none`. */
  readonly why: 'noOrganization' | 'managementAccount' | 'notEnabled' | null
  /** AWS's answer, when it keeps them closed. */
  readonly problem: Problem | null
  /** ISO 8601, UTC: of the import that is kept, whether it counts or not. */
  readonly importedAt: string | null
}

export interface AccountSummary {
  /** Null before the first reading. */
  readonly reading: ReadingSummary | null
  readonly control: Record<ControlKind, ControlSummary>
}

// Where a reading keeps why something of it could not be had.
const problemPaths = ['users', 'roles', 'groups'].flatMap((who) => [
  `$.${who}[*].policies[*].problem`,
  `$.${who}[*].boundary.problem`,
])

/** What is known of the account of a scope, in figures: a reading may be large, and is not loaded for them. */
export async function summariseAccount(
  store: Store,
  { scope, account }: { scope: string; account: string },
): Promise<AccountSummary> {
  const { reading } = principalReadings
  const [row] = await store.db
    .select({
      readAt: principalReadings.readAt,
      reach: sql<AccountReading['reach']>`${reading}->>'reach'`,
      problem: sql<Problem | null>`${reading}->'problem'`,
      users: countOf('$.users[*]'),
      roles: countOf('$.roles[*]'),
      groups: countOf('$.groups[*]'),
      managedPolicies: countOf('$.managed.*'),
      unread: countOf(...problemPaths, '$.managed.*.problem'),
      scps: sql<ControlPolicies>`${reading}->'scps'`,
      rcps: sql<ControlPolicies>`${reading}->'rcps'`,
    })
    .from(principalReadings)
    .where(eq(principalReadings.scope, scope))
  const imports = await importsOf(store, account)
  const control = {
    scp: controlSummary(row?.scps, imports.get('scp')),
    rcp: controlSummary(row?.rcps, imports.get('rcp')),
  }
  if (row === undefined) return { reading: null, control }
  const { scps, rcps, readAt, ...counts } = row
  return { reading: { ...counts, readAt: readAt.toISOString() }, control }
}

/** @see https://www.postgresql.org/docs/current/functions-json.html#FUNCTIONS-SQLJSON-PATH */
function countOf(...paths: string[]): SQL<number> {
  const counts = paths.map(
    (path) => sql`(select count(*) from jsonb_path_query(${principalReadings.reading}, ${path}::jsonpath))`,
  )
  return sql<number>`(${sql.join(counts, sql` + `)})::int`
}

function controlSummary(told: ControlPolicies | undefined, imported: ImportedPolicies | undefined): ControlSummary {
  const importedAt = imported?.importedAt.toISOString() ?? null
  const nothing = { levels: [], why: null, problem: null, importedAt }
  if (told?.state === 'read') return { ...nothing, state: 'read', levels: told.levels }
  if (told?.state === 'none') return { ...nothing, state: 'none', why: told.why }
  const problem = told?.problem ?? null
  if (imported) return { ...nothing, state: 'imported', levels: imported.levels, problem }
  return { ...nothing, state: told === undefined ? 'unknown' : 'unread', problem }
}
