import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { theConsole } from '#lib/audit-event.ts'
import { openAws } from '#lib/aws/clients.ts'
import { readIdentity } from '#lib/aws/identity.ts'
import { quotas } from '#lib/aws/quotas.ts'
import type { ImpactReview } from '#lib/impact-review.ts'
import { runScan, startScan } from '#lib/inventory/scan.ts'
import { paths } from '#lib/paths.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import type { Removal } from '#lib/removal/read-removal.ts'
import type { Started } from '#lib/removal/start-state.ts'
import { unwrap } from '#lib/result.ts'
import { seededRandom } from '#lib/sandbox/random.ts'
import { openStore } from '#lib/store/open.ts'
import { startConsoleProcess } from '../support/console-process.ts'
import prepare from '../support/prepare.ts'
import { startSandbox } from '../support/sandbox.ts'
import { percentile, printMeasures } from './print.ts'
import { reviewAccount } from './review-account.ts'

const RESOURCES = process.argv.includes('--small') ? 400 : 20_000
const CLIENTS = 50
/** A person reads for a while between two clicks. Milliseconds. */
const READING = { min: 500, max: 3500 }
/** Keys of each of two Regions that a removal takes a tag off. */
const PER_LANE = 120
const REGIONS = ['us-east-1', 'eu-west-1']
const SHARE = 0.8
const LOOK_EVERY_MS = 500

await prepare()
// What it reads is built only now.
const { actionRequest, readAnswer } = await import('../support/actions.ts')
await using sandbox = await startSandbox(reviewAccount({ resources: RESOURCES, tags: 4, principals: 20 }))
await sandbox.settings({ quotas: 'off' })
Object.assign(process.env, sandbox.env)
const dataFolder = mkdtempSync(join(tmpdir(), 'untag-bench-'))
await scan()
await sandbox.settings({ quotas: 'on' })
const untag = await startConsoleProcess(dataFolder, { ...sandbox.env, UNTAG_SHARE: String(SHARE) })
const signedIn = await fetch(await untag.link(), { redirect: 'manual' })
const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
const arns = (await sandbox.resources()).map(({ arn }) => arn)

/** The account is in the store before the console opens it. */
async function scan() {
  const store = await openStore({ dataFolder })
  const aws = openAws()
  const identity = await readIdentity(aws)
  const ports = { store, queue: { enqueue: async () => {} }, scope: identity.scope, by: theConsole }
  const { snapshotId } = await startScan(ports)
  await runScan({ store, aws }, { snapshotId, signal: new AbortController().signal })
  await store.close()
}

/** The answer's text, of a page or of a server action; throws where it is none. */
async function ask(path: string, init: RequestInit = {}): Promise<string> {
  const answer = await fetch(new URL(path, untag.url), { ...init, headers: { ...init.headers, cookie } })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
  return text
}

async function act<Data>(name: string, argument: unknown): Promise<Data> {
  const { url, headers } = actionRequest(name, untag.url)
  const answer = await ask(url, { method: 'POST', headers, body: JSON.stringify([argument]) })
  const result = readAnswer<Data>(answer)
  if (!result) throw new Error(`${name} was not answered`)
  return unwrap(result)
}

async function lookFor<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    await wait(LOOK_EVERY_MS)
  }
}

const view = { filter: { operation: 'and', tokens: [] }, sort: 'name', descending: false, page: 1, size: 50 }
const filtered = (property: string, operator: string, value: string) => ({
  operation: 'and',
  tokens: [{ property, operator, value }],
})
/** What people do on the pages; `n` is any number. */
const clicks: Record<string, (n: number) => Promise<unknown>> = {
  resourcesPage: (n) => ask(paths.resources({ page: (n % 400) + 1 })),
  tagsPage: () => ask(paths.tags()),
  nextPage: (n) => act('listResourcesAction', { ...view, page: (n % 400) + 1 }),
  sorted: (n) => act('listResourcesAction', { ...view, sort: 'tags', descending: n % 2 === 0 }),
  byTagKey: (n) => act('listResourcesAction', { ...view, filter: filtered('tagKey', '=', `tag-${n % 4}`) }),
  byText: (n) => act('listResourcesAction', { ...view, filter: filtered('text', ':', `app/${n % 999}`) }),
  facets: () => act('readFacetsAction', {}),
  detail: (n) => act('readDetailAction', { arn: arns[n % arns.length] }),
}
const names = Object.keys(clicks)

interface Timing {
  name: string
  ms: number
}

/** One person, until the signal comes. */
async function browse(seed: number, signal: AbortSignal, timings: Timing[], failures: string[]): Promise<void> {
  const random = seededRandom(seed)
  for (;;) {
    await wait(READING.min + random() * (READING.max - READING.min))
    if (signal.aborted) return
    const name = names[Math.floor(random() * names.length)] ?? 'nextPage'
    const from = performance.now()
    try {
      await clicks[name]?.(Math.floor(random() * 1e6))
      timings.push({ name, ms: performance.now() - from })
    } catch (error) {
      failures.push(`${name}: ${error}`)
    }
  }
}

/** Plans, reviews and starts the removal of one tag key, and waits until it has settled. The calls a second of the slower Region. */
async function remove(tagKey: string): Promise<number> {
  const chosen = REGIONS.flatMap((region) => arns.filter((arn) => arn.includes(`:kms:${region}:`)).slice(0, PER_LANE))
  const selection = { by: 'arns', arns: chosen }
  const { planId } = await act<{ planId: string }>('requestPlanAction', { selection, tags: [{ key: tagKey }] })
  const ready = <Found extends { state: string }>(action: string) =>
    lookFor(async () => {
      const found = await act<Found>(action, { planId })
      return found.state === 'ready' ? found : undefined
    })
  const { digest } = await ready<Plan>('readPlanAction')
  const { impactId, required } = await ready<ImpactReview>('readImpactAction')
  const reviewed = { planId, reviewedPlanDigest: digest, reviewedImpactId: impactId, acknowledgements: required }
  await sandbox.clearCalls()
  const removalId = await lookFor(async () => {
    const started = await act<Started>('startRemovalAction', { ...reviewed, canary: false })
    return 'removalId' in started ? started.removalId : undefined
  })
  await lookFor(async () => {
    const { state } = await act<Removal>('readRemovalAction', { removalId })
    return state === 'settled' ? state : undefined
  })
  const calls = await sandbox.calls({ operation: 'kms:UntagResource', outcome: 'OK' })
  const rates = REGIONS.map((region) => {
    const sentAt = calls.filter((call) => call.region === region).map(({ time }) => Date.parse(time))
    return (sentAt.length - 1) / ((Math.max(...sentAt) - Math.min(...sentAt)) / 1000)
  })
  return Math.min(...rates)
}

const alone = await remove('tag-1')
const timings: Timing[] = []
const failures: string[] = []
const leaving = new AbortController()
const people = Array.from({ length: CLIENTS }, (_, seed) => browse(seed, leaving.signal, timings, failures))
const beside = await remove('tag-2')
leaving.abort()
await Promise.all(people)

const times = (name?: string) => timings.filter((each) => !name || each.name === name).map(({ ms }) => ms)
const allowed = quotas['kms:UntagResource'] * SHARE
printMeasures('load', [
  { metric: 'requests', value: timings.length + failures.length, unit: '' },
  { metric: 'errors', value: failures.length, unit: '', goal: '0' },
  { metric: 'p50Ms', value: percentile(times(), 0.5), unit: 'ms' },
  { metric: 'p95Ms', value: percentile(times(), 0.95), unit: 'ms', goal: 'at most 500' },
  ...names.map((name) => ({ metric: `${name}P95Ms`, value: percentile(times(name), 0.95), unit: 'ms' })),
  { metric: 'paceAloneToQuota', value: alone / allowed, unit: 'x', goal: 'at least 0.95' },
  { metric: 'paceBesideToQuota', value: beside / allowed, unit: 'x', goal: 'at least 0.95' },
])
for (const failure of new Set(failures)) console.error(failure)
await untag.stop()
rmSync(dataFolder, { recursive: true })
rmSync(`${dataFolder}.lock`, { force: true })
