import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { runCampaign, type Trial } from './prediction/campaign.ts'
import { decisiveLayers, layers } from './prediction/decisive-layers.ts'
import { openCaller } from './prediction/open-callers.ts'
import { organization } from './prediction/organization.ts'
import { callers, principals } from './prediction/principals.ts'
import { readWorld } from './prediction/read-world.ts'
import { campaigns, resources } from './prediction/resources.ts'
import { own, partner } from './prediction/statements.ts'
import { scale } from './seed.ts'

let sandbox: Sandbox
const trials: Trial[] = []

beforeAll(async () => {
  sandbox = await startSandbox({ quotas: 'off', principals, organization, exactly: resources })
  const { reading, identities } = await readWorld(sandbox)
  const opened = await Promise.all(callers.map((caller) => openCaller(sandbox, caller, identities)))
  const operators = new Map(
    await Promise.all(
      [own, partner].map(async (accountId) => {
        return [accountId, await openCaller(sandbox, { accountId, role: 'TagOperator' }, identities)] as const
      }),
    ),
  )
  for (const tagKeys of campaigns) {
    trials.push(...(await runCampaign({ sandbox, reading, callers: opened, operators, tagKeys })))
  }
}, 300_000 * scale)
afterAll(() => sandbox.stop())

/** What authorization said, without Secrets Manager's guard. */
const decisionOf = (outcome: string) => (outcome === 'blocked' ? 'allow' : outcome)
const seen = ({ before, after }: Trial) => `${decisionOf(before)} → ${decisionOf(after)}`
const predictedOf = ({ predicted: { before, after } }: Trial) => `${before} → ${after}`
const told = (trial: Trial) => {
  const { caller, attempt, target, tagKeys } = trial.combination
  const what = `${caller.principal.arn} ${attempt.action} ${target.resource.arn} without ${tagKeys}`
  return `${what}: predicted ${predictedOf(trial)}, seen ${seen(trial)} (${trial.before})`
}
/** How many are of each kind. */
const tally = (kinds: readonly string[]) =>
  Object.fromEntries(Object.entries(Object.groupBy(kinds, String)).map(([kind, all]) => [kind, all?.length ?? 0]))

test('what was predicted happens, for every principal, action, resource and removal', () => {
  const counts = tally(trials.map(seen))
  console.log(`${trials.length} combinations`, counts)
  expect(trials.filter((trial) => predictedOf(trial) !== seen(trial)).map(told)).toEqual([])
  expect(counts).toEqual({
    // Losses and gains.
    'allow → deny': expect.toSatisfy((count) => count > 200),
    'deny → allow': expect.toSatisfy((count) => count > 100),
    'allow → allow': expect.toSatisfy((count) => count > 100),
    'deny → deny': expect.toSatisfy((count) => count > 200),
  })
})

test('Secrets Manager refuses an untag where it was predicted, and nowhere else', () => {
  const allowed = trials.filter(({ predicted, before }) => predicted.awsBlocksUntag !== undefined && before !== 'deny')
  const foretold = allowed.map(({ predicted, before }) => `${predicted.awsBlocksUntag}: ${before}`)
  console.log('awsBlocksUntag', tally(foretold))
  const wrong = allowed.filter((_, at) => ['true: allow', 'false: blocked'].includes(foretold[at] ?? ''))
  expect(wrong.map(told)).toEqual([])
  expect(new Set(foretold)).toEqual(new Set(['true: blocked', 'false: allow', 'unknown: allow']))
})

test('until the lag is over, a key whose tags are gone is authorized as before', () => {
  const delayed = trials.filter(({ duringLag }) => duringLag !== undefined)
  expect(delayed.filter(({ duringLag, before }) => duringLag !== before).map(told)).toEqual([])
  expect(delayed.length).toBeGreaterThan(200)
})

/** `principal.boundary.Statement[1]`, without what is only a place in a list. */
const layerOf = (pointer: string) => pointer.replace(/\[\d+\]/g, '').replace(/\.Statement$/, '')

test('every layer decides often enough for its word to be tried', () => {
  const counts = tally(trials.flatMap(({ predicted: { cases } }) => cases.flatMap(decisiveLayers)))
  const flips = tally(trials.flatMap(({ predicted: { because } }) => because.map(layerOf)))
  console.log('decisive', counts, 'flipped', flips)
  expect(layers.filter((layer) => (counts[layer] ?? 0) < 10)).toEqual([])
})
