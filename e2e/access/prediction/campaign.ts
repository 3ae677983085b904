import { regionOf } from '#lib/arn.ts'
import type { Clients } from '#lib/sandbox/testing.ts'
import type { Sandbox } from '../../support/sandbox.ts'
import { type Outcome, outcomeOf } from './attempts.ts'
import type { OpenCaller } from './open-callers.ts'
import { isUntag, type Plan, plansOf, type Question } from './plans.ts'
import { type Combination, presentIn } from './predict.ts'
import type { ReadResource } from './read-resources.ts'
import { accountOf } from './statements.ts'
import { putTags, readTagKeys, removeTags } from './tags.ts'

// KMS Developer Guide, "ABAC for AWS KMS": changed tags take up to five minutes to reach authorization.
const LAG_MS = 300_000

/** What was predicted, and what came of it. */
export interface Trial extends Plan {
  readonly before: Outcome
  /** When the tags are gone and authorization does not know of it yet; for keys whose access changes. */
  readonly duringLag?: Outcome
  readonly after: Outcome
}

export interface Campaign extends Question {
  readonly sandbox: Sandbox
  /** Who may change all tags, by account. */
  readonly operators: ReadonlyMap<string, OpenCaller>
}

/**
 * Removes the tag keys from every resource that has one of them, tries before and after, and puts the tags back. The
 * lag ends when the sandbox is told so: nothing waits.
 */
export async function runCampaign(campaign: Campaign): Promise<Trial[]> {
  const { sandbox, reading, tagKeys } = campaign
  const touched = reading.resources.filter((each) => presentIn(each, tagKeys).length > 0)
  const plans = plansOf(campaign)

  await sandbox.settings({ authorizationLagMs: 0 })
  const tryBefore = async (plan: Plan) => ({ ...plan, before: await attempt(plan.combination) })
  const asked = [
    ...(await eachInTurn(
      plans.filter((plan) => !isUntag(plan.combination)),
      tryBefore,
    )),
    // Last, because they change the tags for a moment.
    ...(await eachInTurn(
      plans.filter((plan) => isUntag(plan.combination)),
      async (plan) => {
        const trial = await tryBefore(plan)
        if (trial.before === 'allow') await putBack(campaign, plan.combination.target)
        return trial
      },
    )),
  ]
  await sandbox.settings({ authorizationLagMs: LAG_MS })
  await Promise.all(touched.map((target) => removeAsOperator(campaign, target)))
  const delayed = await eachInTurn(asked, async (trial) =>
    isDelayed(trial) ? { ...trial, duringLag: await attempt(trial.combination) } : trial,
  )
  await sandbox.settings({ authorizationLagMs: 0 })
  const trials = await eachInTurn(delayed, async (trial) => ({ ...trial, after: await attempt(trial.combination) }))
  await Promise.all(touched.map((target) => putBack(campaign, target)))
  return trials
}

function isDelayed({ combination: { target }, predicted: { before, after } }: Plan): boolean {
  return target.resource.type === 'kms-key' && before !== after
}

function attempt({ caller, attempt: { send }, target, tagKeys }: Combination): Promise<Outcome> {
  const { arn } = target.resource
  return outcomeOf(send(clientsAt(caller, arn), arn, presentIn(target, tagKeys)))
}

/** By real calls; reads show at once that the tags are gone. */
async function removeAsOperator({ operators, tagKeys }: Campaign, target: ReadResource): Promise<void> {
  const { arn, tags } = target.resource
  const clients = clientsAt(operators.get(accountOf(arn)), arn)
  const gone = presentIn(target, tagKeys)
  await removeTags(clients, arn, gone)
  const left = await readTagKeys(clients, arn)
  const expected = Object.keys(tags).filter((tagKey) => !gone.includes(tagKey))
  if (left.sort().join() !== expected.sort().join()) throw new Error(`${arn} still shows ${left}`)
}

async function putBack({ operators, tagKeys }: Campaign, target: ReadResource): Promise<void> {
  const { arn, tags } = target.resource
  const gone = presentIn(target, tagKeys).map((tagKey) => [tagKey, tags[tagKey] ?? ''])
  await putTags(clientsAt(operators.get(accountOf(arn)), arn), arn, Object.fromEntries(gone))
}

function clientsAt(caller: OpenCaller | undefined, arn: string): Clients {
  const clients = caller?.clients[regionOf(arn)]
  if (!clients) throw new Error(`nobody is there to ask about ${arn}`)
  return clients
}

/** One plan after the other on each resource, all resources at a time. */
async function eachInTurn<P extends Plan, Result>(plans: P[], work: (plan: P) => Promise<Result>): Promise<Result[]> {
  const queues = [...Map.groupBy(plans, ({ combination: { target } }) => target).values()]
  const results = queues.map(async (queue) => {
    const done: Result[] = []
    for (const plan of queue) done.push(await work(plan))
    return done
  })
  return (await Promise.all(results)).flat()
}
