import { linkSync, readdirSync, renameSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Dialect } from '#lib/store/testing.ts'
import { failPoints, type Standstill, unlessOver } from './fail-points.ts'
import { itemOf } from './journey.ts'
import type { Blow } from './plan.ts'
import { closeGate } from './row-changes.ts'
import { changeTag, count, type Scene, untouched } from './scene.ts'
import { until } from './until.ts'

interface Fault {
  on: readonly Dialect[]
  strike(scene: Scene, blow: Blow): Promise<void>
}

const both = ['pglite', 'postgres'] as const
const LEASE_MS = 60_000
const CLOCK_WRONG_MS = 10 * 60_000
const DISK_FULL_MS_MAX = 4_000
const CHANGED_WHILE_DEAD = 3

export type FaultName =
  | 'kill'
  | 'killAnywhere'
  | 'cutConnections'
  | 'killPostgres'
  | 'diskFull'
  | 'clockWrong'
  | 'freeze'
  | 'changeBeforeRead'
  | 'changeAfterEffect'

/** Everything that goes wrong at a chosen moment. What goes wrong all the time is in weather.ts. */
export const faults: Record<FaultName, Fault> = {
  kill: {
    on: both,
    async strike(scene, { point, late }) {
      if (point === undefined) throw new Error('a kill needs a point')
      const standstill = await failPoints[point].reach(scene)
      await kill(scene, { standstill, late })
      count(scene, `killed at ${point}`)
    },
  },
  killAnywhere: { on: both, strike: (scene, { late }) => kill(scene, { standstill: {}, late }) },
  cutConnections: {
    on: ['postgres'],
    strike: async ({ stage, counts }) => {
      counts['connections cut'] = (counts['connections cut'] ?? 0) + ((await stage.server?.cutConnections()) ?? 0)
    },
  },
  killPostgres: {
    on: ['postgres'],
    async strike(scene) {
      await scene.stage.server?.killAndRestart()
      count(scene, 'PostgreSQL killed')
    },
  },
  diskFull: { on: ['pglite'], strike: fillDisk },
  clockWrong: {
    on: both,
    async strike(scene) {
      scene.stage.setClock(scene.dice.one([-1, 1]) * CLOCK_WRONG_MS)
      count(scene, 'clock set wrong')
    },
  },
  freeze: { on: both, strike: freeze },
  changeBeforeRead: {
    on: both,
    async strike(scene) {
      const { arn, hold } = await failPoints.reRead.reach(scene, 'arrived')
      await changeTag(scene, arn ?? '')
      await scene.stage.sandbox.release(hold ?? 0)
    },
  },
  changeAfterEffect: {
    on: both,
    async strike(scene) {
      const { arn, hold } = await failPoints.effectDone.reach(scene)
      await changeTag(scene, arn ?? '')
      await scene.stage.sandbox.release(hold ?? 0)
    },
  },
}

/** kill -9 of the whole process; before it is up again, a call that was held ends and somebody changes a few tags. */
async function kill(scene: Scene, { standstill: { hold, arn }, late }: { standstill: Standstill; late: boolean }) {
  const { stage } = scene
  await stage.console.kill()
  count(scene, 'killed')
  // A call that changes nothing may as well never arrive.
  const isLate = late && arn !== undefined
  if (isLate) scene.withLateCall.add(arn)
  else if (hold !== undefined) await stage.sandbox.release(hold, 'drop')
  if (scene.phase === 'removing') {
    // What the dead process had sent has its effect before anybody changes a tag.
    await stage.sandbox.comeLast()
    const free = await untouched(scene)
    for (const each of scene.dice.shuffled(free).slice(0, CHANGED_WHILE_DEAD)) await changeTag(scene, each)
  }
  await stage.restart()
  if (isLate && hold !== undefined) await stage.sandbox.release(hold)
}

/** The journal of the running removal cannot be written for a while. */
async function fillDisk(scene: Scene): Promise<void> {
  const { journalFolder } = scene.stage
  const name = readdirSync(journalFolder).find((file) => file === `${scene.removalId}.jsonl`)
  if (name === undefined) throw new Error('the removal has no journal')
  const file = join(journalFolder, name)
  const [aside, full] = [`${file}.aside`, `${file}.full`]
  linkSync(file, aside)
  symlinkSync('/dev/full', full)
  // Whoever writes meanwhile meets the one or the other, never nothing.
  renameSync(full, file)
  await wait(scene.dice.between(500, DISK_FULL_MS_MAX))
  renameSync(aside, file)
  count(scene, 'disk full')
}

/**
 * SIGSTOP for twice the lease, at the worst moment: the process has just read the tags, or even been told that it may
 * send. Whoever takes over meanwhile ends the item, somebody sets the tag anew, and then the process wakes up.
 */
async function freeze(scene: Scene): Promise<void> {
  const { stage } = scene
  const read = await failPoints.reRead.reach(scene)
  const arn = read.arn ?? ''
  const sleeper = stage.console
  const gate = stage.server && (await closeGate(stage.server, arn))
  if (gate === null) sleeper.freeze()
  await stage.sandbox.release(read.hold ?? 0)
  if (gate !== null) {
    try {
      await unlessOver(scene, async () => (await gate.isReached()) || undefined)
      sleeper.freeze()
    } finally {
      await gate.open()
    }
    await stage.startSecond()
  }
  const wakesAt = performance.now() + 2 * LEASE_MS
  if (gate !== null)
    await until('another process to end the item', async () => {
      return (await itemOf(stage, scene.removalId ?? '', arn))?.state === 'settled'
    })
  await wait(Math.max(0, wakesAt - performance.now()))
  await changeTag(scene, arn)
  sleeper.thaw()
  count(scene, 'frozen')
}
