import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ada, openTestLog } from '#lib/audit/testing.ts'
import { aws } from '#lib/aws/clients.ts'
import { readIdentity } from '#lib/aws/identity.ts'
import { quotas } from '#lib/aws/quotas.ts'
import { readImpact } from '#lib/impact/read-impact.ts'
import { queue } from '#lib/jobs/queue.ts'
import { requestPlan } from '#lib/removal/plan.ts'
import { type Plan, readPlan } from '#lib/removal/read-plan.ts'
import { type Removal, readRemoval } from '#lib/removal/read-removal.ts'
import { startRemoval } from '#lib/removal/start.ts'
import type { ResourceType } from '#lib/resource.ts'
import { startWorker } from '#lib/server/worker.ts'
import { openStore } from '#lib/store/open.ts'
import { startSandbox } from '../support/sandbox.ts'
import { plainUntag } from './plain-untag.ts'
import { type Measure, printMeasures } from './print.ts'

const PER_LANE = 100
const LATENCY_MS = 20
const LOOK_EVERY_MS = 500
const TAG_KEY = 'Owner'
const regions = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1']
const untag = {
  key: { operation: 'kms:UntagResource', perSecond: quotas['kms:UntagResource'] },
  secret: { operation: 'secretsmanager:UntagResource', perSecond: quotas['secretsmanager:TagOrUntagResource'] },
}

const tags = { [TAG_KEY]: 'ada', env: 'prod' }
const exactly = regions.flatMap((region) =>
  Array.from({ length: PER_LANE }, (_, n) => [
    { type: 'key' as const, region, alias: `alias/key-${n}`, tags },
    { type: 'secret' as const, region, name: `secret-${n}`, tags },
  ]).flat(),
)

await using sandbox = await startSandbox()
Object.assign(process.env, sandbox.env, { UNTAG_SHARE: '1' })
const dataFolder = mkdtempSync(join(tmpdir(), 'untag-bench-'))
const store = await openStore({ dataFolder })
const auditLog = await openTestLog(store)
const worker = await startWorker(store, auditLog, (error) => {
  throw error
})
const identity = await readIdentity(aws())
const ports = { store, queue: queue(), identity, scope: identity.scope, by: ada }

/** The account as new, in which somebody else uses up this share of both quotas all the time. */
async function newAccount(othersShare: number) {
  const somebodyElse = Object.values(untag).map(({ operation }) => ({ operation, share: othersShare }))
  await sandbox.reset({ exactly, latencyMs: LATENCY_MS, quotas: 'on', somebodyElse })
  return sandbox.resources()
}

/** The rate of the slowest Region, as a part of what the others leave of the quota. */
async function rateToQuota(type: ResourceType, othersShare: number): Promise<number> {
  const { operation, perSecond } = untag[type]
  const calls = await sandbox.calls({ operation, outcome: 'OK' })
  const rates = regions.map((region) => {
    const sentAt = calls.filter((call) => call.region === region).map(({ time }) => Date.parse(time))
    return (sentAt.length - 1) / ((Math.max(...sentAt) - Math.min(...sentAt)) / 1000)
  })
  return Math.min(...rates) / (perSecond * (1 - othersShare))
}

/** Looks again and again, as a page does, until there is what it looks for. */
async function lookFor<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    await wait(LOOK_EVERY_MS)
  }
}

async function preparedPlan(arns: string[]) {
  const selection = { by: 'arns' as const, arns }
  const { planId } = await requestPlan(ports, { selection, tags: [{ key: TAG_KEY }], includeServiceOwned: false })
  return lookFor(async () => {
    const plan = await readPlan(store, ports.scope, planId)
    return plan.state === 'preparing' ? undefined : plan
  })
}

/** Acknowledges whatever is asked for, and waits until the last check is over. */
async function start({ id: planId, digest }: Plan): Promise<string> {
  const review = await lookFor(async () => {
    const found = await readImpact(store, ports.scope, planId)
    return found.state === 'ready' ? found : undefined
  })
  const reviewed = { reviewedPlanDigest: digest ?? '', reviewedImpactId: review.impactId ?? '' }
  return lookFor(async () => {
    const started = await startRemoval(ports, { planId, ...reviewed, acknowledgements: review.required, canary: false })
    return 'removalId' in started ? started.removalId : undefined
  })
}

/** One removal of everything, watched from its beginning until it has settled. */
async function remove(othersShare: number): Promise<Measure[]> {
  const plan = await preparedPlan((await newAccount(othersShare)).map(({ arn }) => arn))
  const removalId = await start(plan)
  const { startedAt } = await readRemoval(store, ports.scope, removalId)
  const secondsSince = () => (Date.now() - Date.parse(startedAt)) / 1000
  const seen: { seconds: number; removal: Removal }[] = []
  const settled = await lookFor(async () => {
    const removal = await readRemoval(store, ports.scope, removalId)
    seen.push({ seconds: secondsSince(), removal })
    return removal.state === 'settled' ? removal : undefined
  })
  const seconds = secondsSince()
  const first = seen.find(({ removal }) => removal.tags.byOutcome.pending < removal.tags.total)
  const quarter = seen.find((each) => each.seconds >= seconds / 4)
  const reallyLeft = seconds - (quarter?.seconds ?? 0)
  const estimateError = Math.abs((quarter?.removal.secondsLeft ?? 0) - reallyLeft) / reallyLeft
  return [
    { metric: 'rateToQuota', value: await rateToQuota('key', othersShare), unit: 'x', goal: 'at least 0.95' },
    { metric: 'rateToQuotaSecrets', value: await rateToQuota('secret', othersShare), unit: 'x', goal: 'at least 0.95' },
    // Nothing but throttling stands in the way of any of these tags.
    { metric: 'surfacedThrottles', value: settled.tags.total - settled.tags.byOutcome.removed, unit: '', goal: '0' },
    { metric: 'estimateErrorPercent', value: estimateError * 100, unit: '%', goal: 'at most 10' },
    { metric: 'secondsToFirstOutcome', value: first?.seconds ?? Number.NaN, unit: 's' },
    { metric: 'seconds', value: seconds, unit: 's' },
  ]
}

/** The same tags by a script. */
async function removePlainly(othersShare: number): Promise<Measure[]> {
  const resources = await newAccount(othersShare)
  const lanes = Map.groupBy(resources, ({ type, region }) => `${region}/${type}`)
  const failed = await plainUntag([...lanes.values()], TAG_KEY)
  return [
    { metric: 'naiveRateToQuota', value: await rateToQuota('key', othersShare), unit: 'x' },
    { metric: 'naiveSurfacedThrottles', value: failed, unit: '' },
  ]
}

const measures: Measure[] = []
for (const { suffix, othersShare } of [
  { suffix: '', othersShare: 0 },
  { suffix: 'Shared', othersShare: 0.5 },
]) {
  for (const measure of [...(await remove(othersShare)), ...(await removePlainly(othersShare))]) {
    measures.push({ ...measure, metric: measure.metric + suffix })
  }
}
printMeasures('removal', measures)
await worker.stop()
await auditLog.close()
await store.close()
rmSync(dataFolder, { recursive: true })
rmSync(`${dataFolder}.lock`, { force: true })
