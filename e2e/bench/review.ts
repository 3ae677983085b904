import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { ada, openTestLog } from '#lib/audit/testing.ts'
import { aws } from '#lib/aws/clients.ts'
import { readIdentity } from '#lib/aws/identity.ts'
import { queue } from '#lib/jobs/queue.ts'
import { requestPlan } from '#lib/removal/plan.ts'
import { startWorker } from '#lib/server/worker.ts'
import { openStore } from '#lib/store/open.ts'
import { startSandbox } from '../support/sandbox.ts'
import { type Measure, printMeasures } from './print.ts'
import { reviewAccount } from './review-account.ts'
import { latestImpact } from './review-state.ts'

const LOOK_EVERY_MS = 50
const NS_PER_MS = 1e6

interface Size {
  suffix: string
  resources: number
  tags: number
  principals: number
  goals?: { summary: string; complete: string }
}

const sizes: readonly Size[] = [
  {
    suffix: '',
    resources: 1_000,
    tags: 3,
    principals: 500,
    goals: { summary: 'at most 2', complete: 'at most 10' },
  },
  { suffix: 'Large', resources: 10_000, tags: 5, principals: 1_000 },
]

/** A console as it runs for somebody, on an account of this size; measured from the moment the plan is ready. */
async function review({ suffix, resources, tags, principals, goals }: Size): Promise<Measure[]> {
  await using sandbox = await startSandbox()
  Object.assign(process.env, sandbox.env)
  const { arns } = await sandbox.reset(reviewAccount({ resources, tags, principals }))
  const dataFolder = mkdtempSync(join(tmpdir(), 'untag-bench-'))
  const store = await openStore({ dataFolder })
  const auditLog = await openTestLog(store)
  const worker = await startWorker(store, auditLog, (error) => {
    throw error
  })
  const identity = await readIdentity(aws())
  const keys = Array.from({ length: tags }, (_, n) => ({ key: `tag-${n}` }))
  const request = { selection: { by: 'arns' as const, arns: [...arns] }, tags: keys, includeServiceOwned: false }
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const { planId } = await requestPlan({ store, queue: queue(), scope: identity.scope, by: ada }, request)
  let [readyAt, summaryAt, completeAt] = [0, 0, 0]
  while (completeAt === 0) {
    await wait(LOOK_EVERY_MS)
    const { plan, impact, hasPicture, problem } = await latestImpact(store, planId)
    if (problem) throw new Error(problem.message)
    const now = performance.now()
    if (plan === 'ready' && readyAt === 0) {
      readyAt = now
      delay.enable()
    }
    if (hasPicture && summaryAt === 0) summaryAt = now
    if (impact === 'ready') completeAt = now
  }
  delay.disable()
  await worker.stop()
  await auditLog.close()
  await store.close()
  rmSync(dataFolder, { recursive: true })
  rmSync(`${dataFolder}.lock`, { force: true })
  const seconds = (at: number) => (at - readyAt) / 1000
  return [
    {
      metric: `firstSummarySeconds${suffix}`,
      value: seconds(summaryAt),
      unit: 's',
      ...(goals && { goal: goals.summary }),
    },
    {
      metric: `completeSeconds${suffix}`,
      value: seconds(completeAt),
      unit: 's',
      ...(goals && { goal: goals.complete }),
    },
    { metric: `eventLoopP99Ms${suffix}`, value: delay.percentile(99) / NS_PER_MS, unit: 'ms', goal: 'below 50' },
    { metric: `eventLoopMaxMs${suffix}`, value: delay.max / NS_PER_MS, unit: 'ms' },
    // Of the whole process, in kilobytes.
    { metric: `peakMemoryMb${suffix}`, value: process.resourceUsage().maxRSS / 1024, unit: 'MB' },
  ]
}

const measures: Measure[] = []
const only = process.argv.includes('--small') ? sizes.slice(0, 1) : sizes
for (const size of only) measures.push(...(await review(size)))
printMeasures('review', measures)
process.exit()
