import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { type AccessChange, type Account, analyseAccount } from '#lib/access/account.ts'
import { requestsAccount, requestsForPeer } from './impact-requests.ts'
import { median, printMeasures } from './print.ts'

const ROUNDS = 9

const account = requestsAccount()
const rounds = Array.from({ length: ROUNDS }, () => analyse(account))
const decisionsPerSecond = median(rounds.map(({ evaluated, seconds }) => evaluated / seconds))
const peer = askPeer(rounds[0]?.changes ?? [])
const whole = analyseReal(1)
const [tenth, hundredth] = [analyseReal(0.1), analyseReal(0.01)]
const [first] = rounds

printMeasures('impact', [
  { metric: 'decisionsPerSecond', value: decisionsPerSecond, unit: '1/s' },
  { metric: 'decisionsEvaluated', value: first?.evaluated ?? 0, unit: '' },
  { metric: 'decisionsDeduplicated', value: first?.deduplicated ?? 0, unit: '' },
  { metric: 'decisionsSkipped', value: first?.skipped ?? 0, unit: '' },
  { metric: 'peerDecisionsPerSecond', value: peer.decisionsPerSecond, unit: '1/s' },
  { metric: 'ratioToPeer', value: decisionsPerSecond / peer.decisionsPerSecond, unit: 'x', goal: 'at least 10,000' },
  { metric: 'accountSeconds', value: whole.seconds, unit: 's', goal: 'under 5' },
  { metric: 'accountPeakMemoryMb', value: whole.peakMemoryMb, unit: 'MB', goal: 'under 1,000' },
  { metric: 'accountChanges', value: whole.changes, unit: '' },
  { metric: 'accountSentences', value: whole.sentences, unit: '' },
  { metric: 'accountDecisionsSkipped', value: 2 * whole.skipped, unit: '' },
  { metric: 'accountDecisionsDeduplicated', value: 2 * whole.deduplicated, unit: '' },
  { metric: 'accountDecisionsEvaluated', value: 2 * whole.evaluated, unit: '' },
  { metric: 'accountSecondsAtTenth', value: tenth.seconds, unit: 's' },
  { metric: 'accountSecondsAtHundredth', value: hundredth.seconds, unit: 's' },
])

/** Before and after are two decisions. */
function analyse(of: Account) {
  const changes: AccessChange[] = []
  const from = performance.now()
  const analysis = analyseAccount(of, { context: 'closed' })
  let step = analysis.next()
  while (!step.done) {
    changes.push(step.value)
    step = analysis.next()
  }
  const seconds = (performance.now() - from) / 1000
  const { evaluated, deduplicated, skipped } = step.value
  return { seconds, changes, evaluated: 2 * evaluated, deduplicated: 2 * deduplicated, skipped: 2 * skipped }
}

/** @throws when the peer decides otherwise than the engine: then one of the two measures something else */
function askPeer(changes: readonly AccessChange[]): { decisionsPerSecond: number } {
  const lost = changes.filter(({ effect }) => effect.includes('loss'))
  const losses = new Set(
    lost.flatMap(({ resources, actions }) =>
      resources.flatMap(({ arn }) => actions.map((action) => `${arn} ${action}`)),
    ),
  )
  const requests = requestsForPeer()
  const input = JSON.stringify(requests.map(({ simulation }) => simulation))
  const { decisions, seconds } = JSON.parse(run('impact-peer.mjs', [], input))
  for (const [at, { resource, action }] of requests.entries()) {
    if (at % 2 === 1) continue
    const isLost = decisions[at] === 'Allowed' && decisions[at + 1] !== 'Allowed'
    if (isLost !== losses.has(`${resource} ${action}`)) throw new Error(`the peer differs: ${action} on ${resource}`)
  }
  return { decisionsPerSecond: decisions.length / seconds }
}

interface RealAnalysis {
  seconds: number
  peakMemoryMb: number
  changes: number
  sentences: number
  skipped: number
  deduplicated: number
  evaluated: number
}

function analyseReal(share: number): RealAnalysis {
  return JSON.parse(run('impact-account.ts', [String(share)]))
}

function run(file: string, args: string[], input?: string): string {
  const path = join(import.meta.dirname, file)
  return execFileSync(process.execPath, [path, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    ...(input && { input }),
  })
}
