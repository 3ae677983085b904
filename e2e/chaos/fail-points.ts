import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { HoldRule } from '#lib/sandbox/holds.ts'
import { itemOf, readRemoval } from './journey.ts'
import { watchRows } from './row-changes.ts'
import { type Phase, reads, type Scene, spokenFor, untouched, writesOf } from './scene.ts'
import { storesOldValues } from './stored.ts'
import { PassedBy, until } from './until.ts'

/** What stands still at a point, for whoever has killed the process there. */
export interface Standstill {
  hold?: number
  arn?: string
}

interface FailPoint {
  /** The steps of an item of a removal are those of a put-back, too. */
  during: Phase
  /** Resolves when the process stands there, which is seen from outside: by its calls, its journal, its database's rows. */
  reach(scene: Scene, place?: HoldRule['place']): Promise<Standstill>
}

/** The steps of a removal and of an item, in their order, at each of which the process is killed. */
export const failPoints = {
  planSaved: { during: 'planning', reach: (scene) => held(scene, { operations: analysing, place: 'arrived' }) },
  checkMade: { during: 'starting', reach: bySign('checkMade', (scene) => journalGrows(scene)) },
  // The story itself waits until the start is answered with the removal, and kills then.
  removalBegun: { during: 'removing', reach: async () => ({}) },
  claimStored: { during: 'removing', reach: bySign('claimed', (scene) => journalGrows(scene)) },
  reRead: { during: 'removing', reach: reRead },
  aboutToSend: {
    during: 'removing',
    reach: bySign('sent', async (scene) => letGo(scene, await reRead(scene))),
  },
  callReceived: { during: 'removing', reach: (scene) => write(scene, 'arrived') },
  effectDone: { during: 'removing', reach: (scene) => write(scene, 'done') },
  replySent: { during: 'removing', reach: async (scene) => letGo(scene, await write(scene, 'done')) },
  outcomeStored: {
    during: 'removing',
    reach: async (scene) => nextRead(scene, await write(scene, 'done'), 'arrived'),
  },
  firstProof: {
    during: 'removing',
    reach: async (scene) => nextRead(scene, await write(scene, 'done'), 'done'),
  },
  secondProof: {
    during: 'removing',
    reach: async (scene) => nextRead(scene, await nextRead(scene, await write(scene, 'done'), 'done'), 'arrived'),
  },
  settled: {
    during: 'removing',
    async reach(scene) {
      const first = await nextRead(scene, await write(scene, 'done'), 'done')
      const { arn = '' } = await letGo(scene, first)
      await until('one item to settle', async () => {
        return (await itemOf(scene.stage, scene.underWayId ?? '', arn))?.state === 'settled'
      })
      return {}
    },
  },
} as const satisfies Record<string, FailPoint>
export type FailPointName = keyof typeof failPoints

/** The first that an analysis asks of AWS: its plan is stored by then. */
const analysing = ['iam:GetAccountAuthorizationDetails']
const EVERY_MS = 30
const LOOKS_PER_CHECK = 50

async function held(scene: Scene, rule: HoldRule): Promise<Standstill> {
  const { sandbox } = scene.stage
  const { id } = await sandbox.hold(rule)
  try {
    const { resource } = await unlessOver(scene, async () => (await sandbox.held(id)).call ?? undefined)
    return { hold: id, ...(resource !== undefined && { arn: resource }) }
  } catch (error) {
    await sandbox.release(id)
    throw error
  }
}

/**
 * Waits for what can only come while the removal goes on.
 *
 * @throws PassedBy when it has settled
 */
export async function unlessOver<Found>(scene: Scene, look: () => Promise<Found | undefined | false>): Promise<Found> {
  let looks = 0
  const found = await until(
    'the process to stand at a point',
    async () => {
      const seen = await look()
      looks += 1
      const isOver = seen === undefined && looks % LOOKS_PER_CHECK === 0 && (await isSettled(scene))
      return isOver ? { isOver } : seen !== undefined && seen !== false && { seen }
    },
    { everyMs: EVERY_MS },
  )
  if ('isOver' in found) throw new PassedBy('the removal has settled')
  return found.seen
}

async function isSettled({ stage, underWayId }: Scene): Promise<boolean> {
  return underWayId !== null && (await readRemoval(stage, underWayId)).state === 'settled'
}

/** The read right before a call, answered, with the answer still on its way. */
async function reRead(scene: Scene, place: HoldRule['place'] = 'done'): Promise<Standstill> {
  const still = new Set(await untouched(scene))
  const otherThan = scene.stage.arns.filter((arn) => !still.has(arn))
  return held(scene, { operations: reads, otherThan, place })
}

async function write(scene: Scene, place: HoldRule['place']): Promise<Standstill> {
  const standstill = await held(scene, { operations: writesOf(scene), otherThan: spokenFor(scene), place })
  const { arn = '' } = standstill
  if (scene.phase === 'removing' && !(await storesOldValues(scene, arn)))
    scene.seenWrong.push(`the old values of ${arn} are not stored at its call`)
  return standstill
}

async function nextRead(scene: Scene, after: Standstill, place: HoldRule['place']): Promise<Standstill> {
  const { arn = '' } = after
  const next = held(scene, { operations: reads, resource: arn, place })
  await letGo(scene, after)
  return next
}

/** Lets a held call go on. */
async function letGo(scene: Scene, { hold, arn }: Standstill): Promise<Standstill> {
  if (hold !== undefined) await scene.stage.sandbox.release(hold)
  return arn === undefined ? {} : { arn }
}

/** A PostgreSQL server tells of its rows; beside the embedded database other signs must do. */
function bySign(sign: Parameters<typeof watchRows>[1], otherwise: FailPoint['reach']): FailPoint['reach'] {
  return async (scene) => {
    const { server } = scene.stage
    if (server === null) return otherwise(scene)
    const watch = await watchRows(server, sign)
    await unlessOver(scene, async () => watch.isTold() || undefined).finally(watch.end)
    return {}
  }
}

/** A line more in a journal, or a journal more. */
async function journalGrows(scene: Scene): Promise<Standstill> {
  const { journalFolder } = scene.stage
  const size = () =>
    existsSync(journalFolder)
      ? readdirSync(journalFolder).reduce((sum, name) => sum + statSync(join(journalFolder, name)).size, 0)
      : 0
  const before = size()
  await unlessOver(scene, async () => size() > before || undefined)
  return {}
}
