import { and, eq, sql } from 'drizzle-orm'
import type { Effect } from '../impact-facts.ts'
import type { ActionClass, AffectedPrincipal } from '../impact-review.ts'
import { rowsOf } from '../store/rows-of.ts'
import { evidence } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { utcText } from '../store/utc-text.ts'
import type { StoredEvidence, Use } from '../use-evidence.ts'
import { classOfAction, dataCalls } from './action-class.ts'
import { byWeight, rankOf } from './affected-order.ts'
import { type EncryptedSecrets, encryptedSecrets } from './encrypted-secrets.ts'
import { isMember } from './is-member.ts'
import { type LastUse, lastUses } from './last-uses.ts'
import { type ImpactRef, requireImpact } from './require-impact.ts'

const SHOWN_MAX = 100
const USES_SHOWN_MAX = 3

/** Somebody for whom a change of one resource changes anything. */
export interface AffectedOnResource extends Omit<AffectedPrincipal, 'cells'> {
  readonly changes: readonly ChangeOnResource[]
}

/** Actions that change alike. */
export interface ChangeOnResource {
  readonly effect: readonly Effect[]
  readonly actions: readonly { readonly action: string; readonly class: ActionClass }[]
  /** Why it is unknown or undecided. */
  readonly reason: string | null
}

export interface ResourceChanges {
  /** The operator first, then who is hit hardest; the first 100. */
  readonly principals: readonly AffectedOnResource[]
  readonly total: number
  /** Of a key: what is encrypted with it. */
  readonly encrypts: EncryptedSecrets
  /** Who used it, and when, those first who used its data; null: that was not looked up. */
  readonly use: StoredEvidence | null
}

/**
 * Who is affected on one resource of a plan.
 *
 * @throws ExpectedError `notFound`
 */
export async function changesOf(
  store: Store,
  scope: string,
  ref: ImpactRef,
  { arn }: { arn: string },
): Promise<ResourceChanges> {
  await requireImpact(store, scope, ref)
  const rows = await changeRows(store, ref, arn)
  const uses = await lastUses(store, scope, ref, [arn])
  const principals = [...Map.groupBy(rows, ({ ordinal }) => ordinal).values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : affected(first, [first, ...more], uses),
  )
  return {
    principals: principals
      .sort(byWeight)
      .slice(0, SHOWN_MAX)
      .map(({ rank: _, ...principal }) => principal),
    total: principals.length,
    encrypts: await encryptedSecrets(store, scope, ref.impactId, arn),
    use: await keptUse(store, scope, arn),
  }
}

async function keptUse({ db }: Store, scope: string, arn: string): Promise<StoredEvidence | null> {
  const [kept] = await db
    .select({ found: evidence.evidence })
    .from(evidence)
    .where(and(eq(evidence.scope, scope), eq(evidence.arn, arn)))
  if (kept === undefined) return null
  const { keyUsage, history } = kept.found
  const isData = ({ action }: Use) => Number(dataCalls.has(action))
  const uses = history.uses.toSorted((one, other) => isData(other) - isData(one)).slice(0, USES_SHOWN_MAX)
  return { keyUsage, history: { ...history, uses } }
}

interface ChangeRow extends Omit<AffectedPrincipal, 'cells' | 'lastUse'> {
  /** Of a session the role with its path. */
  userArn: string
  effect: Effect[]
  actions: string[]
  reason: string | null
}

function changeRows(store: Store, { impactId }: ImpactRef, arn: string): Promise<ChangeRow[]> {
  return rowsOf(
    store,
    sql`
    select p.ordinal, p.arn, coalesce(p.principal->>'roleArn', p.arn) as "userArn", p.name, p.kind, p.is_operator as "isOperator",
      ${utcText(sql`p.last_used_at`)} as "lastUsedAt",
      c.effect, c.actions, c.reason
    from impact_items i
    join impact_changes c on c.impact_id = i.impact_id
      and ${isMember}
    join impact_principals p on p.impact_id = i.impact_id and p.ordinal = c.principal
    where i.impact_id = ${impactId} and i.arn = ${arn} order by c.id`,
  )
}

function affected(
  { effect: _effect, actions: _actions, reason: _reason, userArn, ...principal }: ChangeRow,
  rows: readonly ChangeRow[],
  uses: ReadonlyMap<string, LastUse>,
): AffectedOnResource & { rank: number } {
  const changes = rows.map(({ effect, actions, reason }) => {
    const classed = actions.map((action) => ({ action, class: classOfAction(action) }))
    return { effect, actions: classed, reason }
  })
  const ranks = changes.flatMap(({ effect, actions }) =>
    actions.flatMap((action) => effect.map((each) => rankOf(action.class, each))),
  )
  return { ...principal, lastUse: uses.get(userArn) ?? null, changes, rank: Math.min(...ranks) }
}
