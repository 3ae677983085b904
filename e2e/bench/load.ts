import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { theConsole } from '#lib/audit-event.ts'
import { openAws } from '#lib/aws/clients.ts'
import { readIdentity } from '#lib/aws/identity.ts'
import { quotas } from '#lib/aws/quotas.ts'
import { runScan, startScan } from '#lib/inventory/scan.ts'
import { openStore } from '#lib/store/open.ts'
import { createDatabase, type Dialect, dialects, startTestServer } from '#lib/store/testing.ts'
import { startConsoleProcess } from '../support/console-process.ts'
import prepare from '../support/prepare.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { percentile, printMeasures } from './print.ts'
import { reviewAccount } from './review-account.ts'

const { values } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    /** One of the two; otherwise both, one after the other. */
    database: { type: 'string' },
    json: { type: 'boolean' },
  },
})
const RESOURCES = values.small ? 400 : 20_000
const CLIENTS = 50
const SHARE = 0.8

await prepare()
// What they read is built only now.
const { openVisit } = await import('./visit.ts')
const { browse, clicks } = await import('./browse.ts')
const { remove } = await import('./remove.ts')

/** The account is in the store before the console opens it. */
async function scan(dataFolder: string, databaseUrl: string | undefined) {
  const store = await openStore({ dataFolder, databaseUrl })
  const aws = openAws()
  const identity = await readIdentity(aws)
  const ports = { store, queue: { enqueue: async () => {} }, scope: identity.scope, by: theConsole }
  const { snapshotId } = await startScan(ports)
  await runScan({ store, aws }, { snapshotId, signal: new AbortController().signal })
  await store.close()
}

/** Clients that browse beside a removal, in a console of its own. */
async function measure(sandbox: Sandbox, databaseUrl: string | undefined) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'untag-bench-'))
  await sandbox.settings({ quotas: 'off' })
  await scan(dataFolder, databaseUrl)
  await sandbox.settings({ quotas: 'on' })
  const server = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }
  const untag = await startConsoleProcess(dataFolder, { ...sandbox.env, ...server, UNTAG_SHARE: String(SHARE) })
  const visit = await openVisit(untag)
  const arns = (await sandbox.resources()).map(({ arn }) => arn)

  const alone = await remove(visit, sandbox, arns, 'tag-1')
  const leaving = new AbortController()
  const people = Array.from({ length: CLIENTS }, (_, seed) => browse(visit, arns, seed, leaving.signal))
  const beside = await remove(visit, sandbox, arns, 'tag-2')
  leaving.abort()
  const visits = (await Promise.all(people)).flat()
  await untag.stop()
  rmSync(dataFolder, { recursive: true })
  rmSync(`${dataFolder}.lock`, { force: true })
  return { alone, beside, visits }
}

function print(dialect: Dialect, { alone, beside, visits }: Awaited<ReturnType<typeof measure>>) {
  const failures = visits.flatMap(({ name, failure }) => (failure === undefined ? [] : [`${name}: ${failure}`]))
  const times = (name?: string) =>
    visits.filter((each) => each.failure === undefined && (!name || each.name === name)).map(({ ms }) => ms)
  const allowed = quotas['kms:UntagResource'] * SHARE
  const metrics = [
    { metric: 'requests', value: visits.length, unit: '' },
    { metric: 'errors', value: failures.length, unit: '', goal: '0' },
    { metric: 'p50Ms', value: percentile(times(), 0.5), unit: 'ms' },
    { metric: 'p95Ms', value: percentile(times(), 0.95), unit: 'ms', goal: 'at most 500' },
    ...Object.keys(clicks).map((name) => ({
      metric: `${name}P95Ms`,
      value: percentile(times(name), 0.95),
      unit: 'ms',
    })),
    { metric: 'paceAloneToQuota', value: alone / allowed, unit: 'x', goal: 'at least 0.95' },
    { metric: 'paceBesideToQuota', value: beside / allowed, unit: 'x', goal: 'at least 0.95' },
  ]
  printMeasures(
    'load',
    metrics.map((each) => ({ ...each, metric: `${dialect}.${each.metric}` })),
  )
  for (const failure of new Set(failures)) console.error(failure)
}

for (const dialect of dialects.filter((each) => each === (values.database ?? each))) {
  await using sandbox = await startSandbox(reviewAccount({ resources: RESOURCES, tags: 4, principals: 20 }))
  Object.assign(process.env, sandbox.env)
  const stopServer = dialect === 'postgres' ? await startTestServer() : async () => {}
  const databaseUrl = dialect === 'postgres' ? await createDatabase() : undefined
  print(dialect, await measure(sandbox, databaseUrl))
  await stopServer()
}
