import { existsSync, readFileSync, rmSync } from 'node:fs'
import { exitCodeOf, startNode } from '#lib/server/child.ts'

interface Step {
  name: string
  args: string[]
  /** Where the step leaves the numbers of its tests; steps without one count as a test of their own when they fail. */
  report?: string
}

const tool = (path: string, ...args: string[]) => [`node_modules/${path}`, ...args]
const vitest = (report: string, ...args: string[]) =>
  tool('vitest/vitest.mjs', 'run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`)
const engineProof: Step = {
  name: 'proof of the access engine',
  args: vitest('.test/access.json', '-c', 'e2e/access/vitest.config.ts'),
  report: '.test/access.json',
}
const chaos: Step = {
  name: 'chaos',
  args: 'e2e/chaos/main.ts --seeds 2 --resources 60 --database pglite --report .test/chaos.json'.split(' '),
  report: '.test/chaos.json',
}

/** One after the other; those of one line side by side, for the one computes while the other waits. */
const steps: readonly Step[][] = [
  [{ name: 'types of the routes', args: tool('next/dist/bin/next', 'typegen') }],
  [
    { name: 'typecheck', args: tool('typescript/bin/tsc') },
    { name: 'lint and format', args: tool('@biomejs/biome/bin/biome', 'check', '--error-on-warnings') },
  ],
  [
    { name: 'unit tests', args: vitest('.test/unit.json'), report: '.test/unit.json' },
    { name: 'build', args: ['e2e/support/build.ts'] },
  ],
  [engineProof, chaos],
  [{ name: 'end to end tests', args: tool('@playwright/test/cli.js', 'test', '-c', 'e2e'), report: '.test/e2e.json' }],
]

rmSync('.test', { recursive: true, force: true })
const sum = { passed: 0, failed: 0 }
for (const sideBySide of steps) {
  const passed = await Promise.all(sideBySide.map(runStep))
  if (passed.includes(false)) break
}
// The last line of all output; who watches reads it and the exit code.
console.log(`${sum.passed} passed, ${sum.failed} failed`)
process.exitCode = sum.failed === 0 ? 0 : 1

async function runStep({ name, args, report }: Step): Promise<boolean> {
  const startedAt = performance.now()
  console.log(`\n— ${name}`)
  const code = await exitCodeOf(startNode(args, process.env, 'inherit'))
  const { passed, failed } = report && existsSync(report) ? countOf(report) : { passed: 0, failed: 0 }
  sum.passed += passed
  // A step that breaks off without a failed test has failed all the same.
  sum.failed += code === 0 ? failed : Math.max(failed, 1)
  console.log(`— ${name}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s${code === 0 ? '' : ', failed'}`)
  return code === 0 && failed === 0
}

interface Report {
  numPassedTests?: number
  numFailedTests?: number
  stats?: { expected: number; unexpected: number; flaky: number; skipped: number }
}

/** Reads both runners' reports. A skipped journey would be a promise that nobody checks, so it counts as failed. */
function countOf(file: string): { passed: number; failed: number } {
  const { numPassedTests = 0, numFailedTests = 0, stats }: Report = JSON.parse(readFileSync(file, 'utf8'))
  if (!stats) return { passed: numPassedTests, failed: numFailedTests }
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped }
}
