import { regionOf } from '#lib/arn.ts'
import type { Clients } from '#lib/sandbox/testing.ts'
import type { Sandbox } from '../../support/sandbox.ts'
import { attempts, type Outcome, outcomeOf } from './attempts.ts'
import type { OpenCaller } from './open-callers.ts'
import { accountOf, type Combination, keyOf, type Prediction, predict, presentIn, type Reading } from './predict.ts'
import type { ReadResource } from './read-resources.ts'
import { putTags, readTagKeys, removeTags } from './tags.ts'

// KMS Developer Guide, "ABAC for AWS KMS": changed tags take up to five minutes to reach authorization.
const LAG_MS = 300_000

/** What was predicted, and what came of it. */
export interface Trial {
  readonly combination: Combination
  readonly predicted: Prediction
  readonly before: Outcome
  /** When the tags are gone and authorization does not know of it yet; for keys whose access changes. */
  readonly duringLag?: Outcome
  readonly after: Outcome
}

export interface Campaign {
  readonly sandbox: Sandbox
  readonly reading: Reading
  readonly callers: readonly OpenCaller[]
  /** Who may change all tags, by account. */
  readonly operators: ReadonlyMap<string, OpenCaller>
  readonly tagKeys: readonly string[]
}

/**
 * Removes the tag keys from every resource that has one of them, tries everything before and after, and puts the tags
 * back. The lag ends when the sandbox is told so: nothing waits.
 */
export async function runCampaign(campaign: Campaign): Promise<Trial[]> {
  const { sandbox, reading, tagKeys } = campaign
  const isTouched = (each: ReadResource | undefined) => each !== undefined && presentIn(each, tagKeys).length > 0
  const touched = reading.resources.filter(isTouched)
  const concerned = reading.resources.filter((each) => isTouched(each) || isTouched(keyOf(each, reading)))

  await sandbox.settings({ authorizationLagMs: 0 })
  const asked = await Promise.all(
    concerned.map((target) =>
      inOrder(combinationsOf(campaign, target), async (combination) => {
        const predicted = predict(combination, reading)
        const before = await attempt(combination)
        if (before === 'allow' && isUntag(combination)) await putBack(campaign, target)
        return { combination, predicted, before }
      }),
    ),
  )
  await sandbox.settings({ authorizationLagMs: LAG_MS })
  await Promise.all(touched.map((target) => removeAsOperator(campaign, target)))
  const delayed = await Promise.all(
    asked.map((trials) =>
      inOrder(trials, async (trial) =>
        isDelayed(trial) ? { ...trial, duringLag: await attempt(trial.combination) } : trial,
      ),
    ),
  )
  await sandbox.settings({ authorizationLagMs: 0 })
  const trials = await Promise.all(
    delayed.map((each) => inOrder(each, async (trial) => ({ ...trial, after: await attempt(trial.combination) }))),
  )
  await Promise.all(touched.map((target) => putBack(campaign, target)))
  return trials.flat()
}

/** All that is tried on a resource. */
function combinationsOf({ callers, tagKeys, reading }: Campaign, target: ReadResource): Combination[] {
  const key = keyOf(target, reading)
  const all = callers.flatMap((caller) =>
    attempts[target.resource.type].map((each): Combination => ({ caller, attempt: each, target, tagKeys })),
  )
  return all.filter((combination) => {
    if (isUntag(combination)) return presentIn(target, tagKeys).length > 0
    // The AWS managed key, which a secret has by default, serves its own account only, whatever a policy says.
    const isServed = key !== undefined || combination.caller.accountId === accountOf(target.resource.arn)
    return isServed || combination.attempt.action !== 'secretsmanager:GetSecretValue'
  })
}

function isUntag({ attempt: { action } }: Combination): boolean {
  return action.endsWith(':UntagResource')
}

function isDelayed({ combination: { target }, predicted: { before, after } }: Omit<Trial, 'after'>): boolean {
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

/** One after the other: what is tried on a resource may change its tags for a moment. */
async function inOrder<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  for (const item of items) results.push(await work(item))
  return results
}
