import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ada } from '#lib/audit/testing.ts'
import { openAws } from '#lib/aws/clients.ts'
import { readIdentity } from '#lib/aws/identity.ts'
import { runScan, startScan } from '#lib/inventory/scan.ts'
import { readInventory } from '#lib/inventory/status.ts'
import type { Queue } from '#lib/jobs/queue.ts'
import { openStore } from '#lib/store/open.ts'
import { startSandbox } from '../support/sandbox.ts'
import { bareScan } from './bare-scan.ts'
import { median, printMeasures } from './print.ts'

const KEYS_PER_REGION = 200
const SECRETS_PER_REGION = 200
const LATENCY_MS = 20
const SOCKETS = 50
const ROUNDS = 3
// biome-ignore format: one line is enough for a list of names
const regions = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'eu-west-1', 'eu-west-2', 'eu-central-1', 'eu-north-1', 'ap-south-1']

const tags = { Owner: 'ada', 'cost-center': '4100', env: 'prod', app: 'pay' }
const exactly = regions.flatMap((region) => [
  ...Array.from({ length: KEYS_PER_REGION }, (_, n) => ({
    type: 'key' as const,
    region,
    alias: `alias/key-${n}`,
    tags,
  })),
  ...Array.from({ length: SECRETS_PER_REGION }, (_, n) => ({
    type: 'secret' as const,
    region,
    name: `secret-${n}`,
    tags,
  })),
])

await using sandbox = await startSandbox({ exactly, latencyMs: LATENCY_MS, quotas: 'on' })
Object.assign(process.env, sandbox.env)
const dataFolder = mkdtempSync(join(tmpdir(), 'untag-bench-'))
const store = await openStore({ dataFolder })
const aws = openAws()
const identity = await readIdentity(aws)
// The scan runs here and now; nothing has to be queued.
const queue: Pick<Queue, 'enqueue'> = { enqueue: async () => {} }

async function scan(): Promise<number> {
  const { snapshotId } = await startScan({ store, queue, scope: identity.scope, by: ada }, { regions })
  const seconds = await secondsOf(() => runScan({ store, aws }, { snapshotId, signal: new AbortController().signal }))
  const { snapshot } = await readInventory(store, identity.scope)
  const isWhole = snapshot?.keys === regions.length * KEYS_PER_REGION && snapshot.problems === 0
  if (!isWhole) throw new Error(`the scan missed something: ${JSON.stringify(snapshot)}`)
  return seconds
}
const floor = () => secondsOf(() => Promise.all(regions.map((region) => bareScan(identity.account, region, SOCKETS))))

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return (performance.now() - from) / 1000
}

const rounds: { seconds: number; floorSeconds: number }[] = []
let calls = 0
let peakMemoryMb = 0
for (let round = 0; round < ROUNDS; round += 1) {
  await sandbox.clearCalls()
  const seconds = await scan()
  calls = (await sandbox.calls()).length
  // Kilobytes, and the highest so far: read before the floor has added its own.
  if (round === 0) peakMemoryMb = process.resourceUsage().maxRSS / 1024
  rounds.push({ seconds, floorSeconds: await floor() })
}
// One Region is a tenth of the account.
const sequentialSeconds = regions.length * (await secondsOf(() => bareScan(identity.account, regions[0] ?? '', 1)))

const seconds = median(rounds.map((round) => round.seconds))
const ratio = median(rounds.map((round) => round.seconds / round.floorSeconds))
printMeasures('inventory', [
  { metric: 'seconds', value: seconds, unit: 's' },
  { metric: 'floorSeconds', value: median(rounds.map((round) => round.floorSeconds)), unit: 's' },
  { metric: 'ratioToFloor', value: ratio, unit: 'x', goal: 'at most 1.5' },
  { metric: 'callsPerSecond', value: calls / seconds, unit: '1/s' },
  { metric: 'sequentialSeconds', value: sequentialSeconds, unit: 's' },
  { metric: 'peakMemoryMb', value: peakMemoryMb, unit: 'MB' },
])
await store.close()
rmSync(dataFolder, { recursive: true })
rmSync(`${dataFolder}.lock`, { force: true })
