import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import pLimit from 'p-limit'
import { buildWhenStale } from '#lib/server/build.ts'
import { type Dialect, dialects } from '#lib/store/testing.ts'
import seedStore from '../support/seed.ts'
import { prepareServers } from './postgres.ts'
import type { Told } from './story.ts'

/** `npm run chaos -- --seeds 100`: each seed once on each database; `--first-seed 17 --seeds 1` plays one again. */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1' },
    'first-seed': { type: 'string', default: '1' },
    database: { type: 'string' },
    resources: { type: 'string', default: '400' },
    'at-once': { type: 'string', default: '2' },
    /** Says what happens as it happens. */
    verbose: { type: 'boolean', default: false },
    /** Where the numbers go for whoever counts tests. */
    report: { type: 'string' },
  },
})
const chosen: readonly Dialect[] = dialects.filter((dialect) => dialect === (values.database ?? dialect))
if (chosen.length === 0) throw new Error(`--database is ${dialects.join(' or ')}`)

process.env.NODE_COMPILE_CACHE ??= '.cache/compiled'
await buildWhenStale()
await seedStore()
// Reads the names of the actions out of the build.
const { tell } = await import('./story.ts')
const removeServers = chosen.includes('postgres') ? await prepareServers() : () => {}
const limit = pLimit(Number(values['at-once']))
const seeds = Array.from({ length: Number(values.seeds) }, (_, n) => Number(values['first-seed']) + n)
const resources = Number(values.resources)
const whisper = values.verbose ? console.log : () => {}
const runs = await Promise.all(
  seeds.flatMap((seed) =>
    chosen.map((dialect) => limit(async () => say(await tell({ seed, dialect, resources }, whisper)))),
  ),
)
removeServers()

for (const dialect of chosen)
  sum(
    runs.filter((run) => run.dialect === dialect),
    dialect,
  )
const failed = runs.filter(({ violations }) => violations.length > 0)
for (const { seed, dialect } of failed)
  console.log(
    `Play it again: npm run chaos -- --first-seed ${seed} --seeds 1 --database ${dialect} --resources ${resources}`,
  )
if (values.report) {
  mkdirSync(dirname(values.report), { recursive: true })
  const report = { numPassedTests: runs.length - failed.length, numFailedTests: failed.length }
  writeFileSync(values.report, JSON.stringify(report))
}
process.exitCode = failed.length === 0 ? 0 : 1

function say(run: Told): Told {
  const { seed, dialect, seconds, counts, violations } = run
  const what = Object.entries(counts).map(([name, times]) => `${times} ${name}`)
  console.log(
    `seed ${seed} on ${dialect}: ${seconds.toFixed(0)} s, ${violations.length} violations; ${what.join(', ')}`,
  )
  for (const { invariant, what } of violations.slice(0, 10)) console.log(`  ${invariant}: ${what}`)
  return run
}

/** Everything that was done on one database, and what came of it. */
function sum(runs: readonly Told[], dialect: Dialect): void {
  const counts = new Map<string, number>()
  for (const [what, times] of runs.flatMap((run) => Object.entries(run.counts)))
    counts.set(what, (counts.get(what) ?? 0) + times)
  const violations = runs.reduce((total, run) => total + run.violations.length, 0)
  console.log(`\n${runs.length} seeds on ${dialect}, ${violations} violations`)
  for (const [what, times] of [...counts].sort()) console.log(`  ${what.padEnd(28)} ${times}`)
}
