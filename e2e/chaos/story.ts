import { setTimeout as wait } from 'node:timers/promises'
import type { Dialect } from '#lib/store/testing.ts'
import { readLog } from './chains.ts'
import { diceOf } from './dice.ts'
import { faults } from './faults.ts'
import { type Violation, violationsOf } from './invariants.ts'
import { listItems, requestPlan, requestPutBack, reviewed, settled, start } from './journey.ts'
import { type Blow, type Plan, planOf } from './plan.ts'
import { installSigns } from './row-changes.ts'
import { callsOf, changeTag, count, effectsOf, type Phase, type Scene, tags, untags } from './scene.ts'
import { openStage, type Stage } from './stage.ts'
import { PassedBy } from './until.ts'
import { badWeather } from './weather.ts'

export interface Told {
  seed: number
  dialect: Dialect
  seconds: number
  counts: Scene['counts']
  violations: Violation[]
}

/** What to play. */
export interface Run {
  seed: number
  dialect: Dialect
  resources: number
}

/** One run: resources lose their tags and get them back, while everything goes wrong that the seed has in store. */
export async function tell({ seed, dialect, resources }: Run, say: (text: string) => void): Promise<Told> {
  const startedAt = performance.now()
  const secondsSince = () => (performance.now() - startedAt) / 1000
  const dice = diceOf(seed)
  const stage = await openStage(dialect, dice, resources)
  const scene: Scene = {
    stage,
    dice,
    before: await allTags(stage),
    phase: 'planning',
    removalId: null,
    underWayId: null,
    changes: [],
    withLateCall: new Set(),
    readStale: new Set(),
    seenWrong: [],
    counts: {},
    say: (text) => say(`${dialect} ${seed} ${secondsSince().toFixed(1).padStart(6)} s  ${text}`),
  }
  let violations: Violation[]
  try {
    if (stage.server) await installSigns(stage.server)
    violations = await play(scene, planOf(seed, dialect))
  } catch (error) {
    violations = [{ invariant: 'theRunComesToItsEnd', what: `${error}\n${stage.console.output().slice(-3000)}` }]
  } finally {
    await stage.close()
  }
  return { seed, dialect, seconds: secondsSince(), counts: scene.counts, violations }
}

async function play(scene: Scene, plan: Plan): Promise<Violation[]> {
  const { stage } = scene
  scene.say('planning')
  const planId = await requestPlan(stage)
  await blows(scene, plan, 'planning')
  await reviewed(stage, planId)
  for (const arn of scene.dice.shuffled(stage.arns).slice(0, plan.changedAfterReview)) await changeTag(scene, arn)

  const [removalId] = await Promise.all([start(stage, planId), blows(scene, plan, 'starting')])
  scene.removalId = removalId
  scene.underWayId = removalId
  scene.say('removing')
  await badWeather(scene)
  await blows(scene, plan, 'removing')
  await settled(scene, removalId)
  const removed = await listItems(stage, removalId)
  const afterRemoval = await allTags(stage)
  const untagged = await effectsOf(stage, untags)

  scene.say('planning to put back')
  const putBackPlanId = await requestPutBack(stage, removalId)
  const putBackId = await start(stage, putBackPlanId)
  scene.say('putting back')
  scene.phase = 'puttingBack'
  scene.underWayId = putBackId
  await badWeather(scene)
  await blows(scene, plan, 'puttingBack')
  await settled(scene, putBackId)
  const last = {
    removedLater: await listItems(stage, removalId),
    putBack: await listItems(stage, putBackId),
    afterPutBack: await allTags(stage),
    tagged: await effectsOf(stage, tags),
    received: await callsOf(stage, [...untags, ...tags]),
    isUp: stage.console.isRunning(),
  }
  await stage.killConsoles()
  const log = await readLog(stage, [removalId, putBackId])
  return violationsOf({ scene, removed, afterRemoval, untagged, ...last, ...log })
}

/** Everything that falls into a phase, one after the other. */
async function blows(scene: Scene, { blows }: Plan, phase: Phase): Promise<void> {
  scene.phase = phase
  for (const blow of blows.filter(({ during }) => during === phase)) await strike(scene, blow)
}

async function strike(scene: Scene, blow: Blow): Promise<void> {
  await wait(blow.waitMs)
  scene.say(`${blow.fault} ${blow.point ?? ''}`)
  try {
    await faults[blow.fault].strike(scene, blow)
  } catch (error) {
    if (!(error instanceof PassedBy)) throw error
    count(scene, 'came too late')
  }
}

async function allTags({ sandbox }: Stage): Promise<Map<string, Readonly<Record<string, string>>>> {
  return new Map((await sandbox.resources()).map(({ arn, tags }) => [arn, tags]))
}
