import { sql } from 'drizzle-orm'
import type { Effect } from '../impact-facts.ts'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'
import type { Members } from './kept-items.ts'
import { addMembers, noMembers } from './members.ts'
import type { Compared } from './worse.ts'

const PRINCIPALS_PER_READ = 25

// Who was seen to lose for sure was also seen to perhaps lose.
const alsoSeen: Partial<Record<Effect, Effect>> = { loss: 'may-lose', gain: 'may-gain' }

interface Change {
  arn: string
  isReviewed: boolean
  actions: string[]
  effect: Effect[]
  /** Base64. */
  members: string
}

/** The resources on which the second analysis finds an effect on an action of a principal that the first one did not. */
export async function worseChanges(store: Store, compared: Compared, resources: number): Promise<Members> {
  const worse = noMembers(resources)
  const principals = await rowsOf<{ arn: string }>(
    store,
    sql`select arn from impact_principals where impact_id = ${compared.checkedImpactId} order by ordinal`,
  )
  for (let at = 0; at < principals.length; at += PRINCIPALS_PER_READ) {
    const arns = principals.slice(at, at + PRINCIPALS_PER_READ).map(({ arn }) => arn)
    const changes = await readChanges(store, compared, arns)
    const [reviewed = [], checked = []] = [true, false].map((which) =>
      changes.filter(({ isReviewed }) => isReviewed === which),
    )
    const same = new Set(reviewed.map(wholeName))
    const fresh = checked.filter((change) => !same.has(wholeName(change)))
    if (fresh.length > 0) addMembers(worse, unseen(fresh, seenBy(reviewed, resources), resources))
  }
  return worse
}

const wholeName = ({ arn, actions, effect, members }: Change) => JSON.stringify([arn, actions, effect, members])

/** By principal, action and effect. */
function seenBy(changes: readonly Change[], resources: number): Map<string, Members> {
  const seen = new Map<string, Members>()
  for (const change of changes) {
    const effects = change.effect.flatMap((effect) => [effect, alsoSeen[effect] ?? effect])
    for (const name of namesOf({ ...change, effect: effects })) {
      const members = seen.get(name) ?? noMembers(resources)
      addMembers(members, Buffer.from(change.members, 'base64'))
      seen.set(name, members)
    }
  }
  return seen
}

function unseen(changes: readonly Change[], seen: ReadonlyMap<string, Members>, resources: number): Members {
  const found = noMembers(resources)
  for (const change of changes) {
    const members = Buffer.from(change.members, 'base64')
    for (const name of namesOf(change)) {
      const known = seen.get(name)
      addMembers(found, known ? members.map((byte, at) => byte & ~(known[at] ?? 0)) : members)
    }
  }
  return found
}

function namesOf({ arn, actions, effect }: Pick<Change, 'arn' | 'actions' | 'effect'>): string[] {
  return actions.flatMap((action) => effect.map((each) => `${arn} ${action} ${each}`))
}

async function readChanges(store: Store, { reviewedImpactId, checkedImpactId }: Compared, arns: string[]) {
  // Bytes take the embedded database six times as long as the same in Base64.
  return rowsOf<Change>(
    store,
    sql`
    select p.arn, c.impact_id = ${reviewedImpactId} as "isReviewed", c.actions, c.effect,
      encode(c.members, 'base64') as members
    from impact_principals p join impact_changes c on c.impact_id = p.impact_id and c.principal = p.ordinal
    where p.impact_id in (${reviewedImpactId}, ${checkedImpactId}) and p.arn = any(${sql.param(arns)}::text[])`,
  )
}
