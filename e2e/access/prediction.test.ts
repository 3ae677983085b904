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

let sandbox: Sandbox
let trials: Trial[]

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
  trials = []
  for (const tagKeys of campaigns) {
    trials.push(...(await runCampaign({ sandbox, reading, callers: opened, operators, tagKeys })))
  }
}, 60_000)
afterAll(() => sandbox.stop())

/** An authorized call that Secrets Manager refused all the same. */
const decisionOf = (outcome: string) => (outcome === 'blocked' ? 'allow' : outcome)
const told = ({ combination: { caller, attempt, target, tagKeys }, predicted, before, after }: Trial) =>
  `${caller.principal.arn} ${attempt.action} ${target.resource.arn} without ${tagKeys}: predicted ${predicted.before} → ${predicted.after}, seen ${before} → ${after}`
const countWhere = (isIt: (trial: Trial) => boolean) => trials.filter(isIt).length

test('what was predicted happens, for every principal, action, resource and removal', () => {
  const differing = trials.filter(
    ({ predicted, before, after }) => predicted.before !== decisionOf(before) || predicted.after !== decisionOf(after),
  )
  expect(differing.map(told)).toEqual([])

  const counts = {
    combinations: trials.length,
    losses: countWhere(({ before, after }) => before === 'allow' && after === 'deny'),
    gains: countWhere(({ before, after }) => before === 'deny' && after === 'allow'),
    unchanged: countWhere(({ before, after }) => decisionOf(before) === decisionOf(after)),
  }
  console.log(counts)
  expect(counts.combinations).toBeGreaterThan(200)
  expect(counts.losses).toBeGreaterThan(100)
  expect(counts.gains).toBeGreaterThan(100)
})

test('Secrets Manager refuses an untag where it was predicted, and nowhere else', () => {
  const allowed = trials.filter(({ predicted, before }) => predicted.awsBlocksUntag !== undefined && before !== 'deny')
  const seen = Object.groupBy(allowed, ({ predicted, before }) => `${predicted.awsBlocksUntag}: ${before}`)
  console.log(Object.fromEntries(Object.entries(seen).map(([name, some]) => [name, some?.length])))
  expect((seen['true: allow'] ?? []).concat(seen['false: blocked'] ?? []).map(told)).toEqual([])
  for (const name of ['true: blocked', 'false: allow', 'unknown: allow']) expect(seen).toHaveProperty(name)
})

test('until the lag is over, a key whose tags are gone is authorized as before', () => {
  const delayed = trials.filter(({ duringLag }) => duringLag !== undefined)
  expect(delayed.filter(({ duringLag, before }) => duringLag !== before).map(told)).toEqual([])
  expect(delayed.length).toBeGreaterThan(50)
})

test('every layer decides often enough for its word to be tried', () => {
  const decisive = trials.flatMap(({ predicted: { cases } }) => cases.flatMap(decisiveLayers))
  const counts = Object.fromEntries(layers.map((layer) => [layer, decisive.filter((each) => each === layer).length]))
  console.log(counts)
  expect(layers.filter((layer) => (counts[layer] ?? 0) < 5)).toEqual([])
})
