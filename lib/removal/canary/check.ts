import { sql } from 'drizzle-orm'
import { type Arn, parseArn } from '../../arn.ts'
import type { Aws } from '../../aws/clients.ts'
import { probes } from '../../aws/probes.ts'
import type { Answered, CanaryCheck } from '../../canary.ts'
import { isMember } from '../../impact/is-member.ts'
import { answerOf } from '../../principals/answer.ts'
import { pacedAt } from '../../principals/reader.ts'
import type { ResourceType } from '../../resource.ts'
import { rowsOf } from '../../store/rows-of.ts'
import type { Store } from '../../store/store.ts'

interface Ports {
  store: Store
  aws: Aws
}
interface Asked {
  arn: Arn
  name: string
  type: ResourceType
}
type Key = Pick<CanaryCheck, 'arn' | 'action'>
const keyOf = ({ arn, action }: Key) => `${arn} ${action}`

/**
 * What the operator may do on the resources that go first, as AWS answers now: by reads of metadata and dry runs of
 * cryptography, which change nothing and read no secret. It is what the second look is compared with.
 *
 * @throws ExpectedError `credentialsExpired` and its like
 */
export async function lookBefore(ports: Ports, removalId: string, signal: AbortSignal): Promise<CanaryCheck[]> {
  const asked = await goingFirst(ports.store, removalId)
  const foretold = await foretoldLosses(ports.store, removalId)
  return (await askAll(ports.aws, asked, signal)).map(({ answered, message: _, ...call }) => {
    return { ...call, before: answered, after: null, isForetold: foretold.has(keyOf(call)), message: null }
  })
}

/**
 * The same calls once more.
 *
 * @throws ExpectedError `credentialsExpired` and its like
 */
export async function lookAfter(
  ports: Ports,
  { id, canaryChecks }: { id: string; canaryChecks: readonly CanaryCheck[] },
  signal: AbortSignal,
): Promise<CanaryCheck[]> {
  const now = await askAll(ports.aws, await goingFirst(ports.store, id), signal)
  const byKey = new Map(now.map((call) => [keyOf(call), call]))
  return canaryChecks.map((check) => {
    const { answered = 'unknown', message = null } = byKey.get(keyOf(check)) ?? {}
    return { ...check, after: answered, message }
  })
}

function goingFirst(store: Store, removalId: string): Promise<Asked[]> {
  return rowsOf(
    store,
    sql`select arn, name, type from items where removal_id = ${removalId} and canary order by name, arn`,
  )
}

async function askAll(aws: Aws, resources: readonly Asked[], signal: AbortSignal) {
  const calls = resources.flatMap(({ arn, name, type }) => {
    const reader = { aws, account: parseArn(arn)?.account ?? '', signal }
    return probes[type].map(async ({ action, quota, ask }) => {
      const answer = await answerOf(() => pacedAt(reader, arn, quota, () => ask(aws, arn)))
      if ('value' in answer) return { arn, name, action, answered: 'allow' as Answered, message: null }
      const { code, message } = answer.problem
      return { arn, name, action, answered: (code === 'denied' ? 'deny' : 'unknown') as Answered, message }
    })
  })
  return Promise.all(calls)
}

/** What the review said that the operator loses, or may lose: it was acknowledged before the start. */
async function foretoldLosses(store: Store, removalId: string): Promise<Set<string>> {
  const losses = await rowsOf<Key>(
    store,
    sql`
    select i.arn, action
    from removals r join plans on plans.id = r.plan_id
    join items on items.removal_id = r.id and items.canary
    join impact_items i on i.impact_id = plans.impact_id and i.arn = items.arn
    join impact_changes c on c.impact_id = i.impact_id and ${isMember}
    join impact_principals p on p.impact_id = i.impact_id and p.ordinal = c.principal and p.is_operator,
      jsonb_array_elements_text(c.actions) action
    where r.id = ${removalId} and (c.effect ? 'loss' or c.effect ? 'may-lose')`,
  )
  return new Set(losses.map(keyOf))
}
