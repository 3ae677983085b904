import { eq } from 'drizzle-orm'
import type { ImpactPicture } from '../impact-facts.ts'
import { readOfEach } from '../principals/read-of-each.ts'
import { readSimulations } from '../principals/read-simulations.ts'
import type { Reader } from '../principals/reader.ts'
import { listGrants } from '../principals/resource-policies.ts'
import { impacts } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { AnalysisThread } from './analysis-thread.ts'
import type { ProgressNote } from './progress.ts'
import type { ReadResources } from './read-resources.ts'
import { RowWriter } from './store-rows.ts'
import type { Answer, Grants, ResourceInput } from './thread/messages.ts'

const RESOURCES_AT_ONCE = 200
const GRANTS_AT_ONCE = 16

/** Resources while reading, principals while analysing. */
export type AnalysisProgress = ProgressNote<{ state: 'reading' | 'analysing'; done: number; total: number }>

/** What an analysis is followed with. The resources are still being read when it begins. */
export interface Following {
  readonly store: Store
  readonly reader: Reader
  readonly impactId: string
  readonly progress: AnalysisProgress
  readonly reading: Promise<ReadResources>
}

/** Gives the thread of an analysis what it wants and keeps what it finds; answers with the digest of all. */
export async function follow(thread: AnalysisThread, following: Following): Promise<string> {
  const { store, reader, impactId, progress, reading } = following
  const rows = new RowWriter(store, impactId)
  const note = (picture: ImpactPicture) => store.db.update(impacts).set({ picture }).where(eq(impacts.id, impactId))
  let grants: ReadonlyMap<number, Grants> = new Map()
  let sent = 0
  let answer: Answer = {}
  for (;;) {
    const told = await thread.next(answer)
    answer = {}
    switch (told.is) {
      case 'picture':
        await note(told.picture)
        break
      case 'resourcesWanted': {
        const { resources, aliasProblem } = await reading
        answer = { resources: resources.slice(sent, sent + RESOURCES_AT_ONCE), aliasProblem }
        sent += RESOURCES_AT_ONCE
        break
      }
      case 'progress':
        progress.tell({ state: 'analysing', done: told.done, total: told.total })
        break
      case 'grantsWanted':
        grants = await readGrants(reader, told.ordinals, (await reading).resources, progress)
        answer = { grants }
        break
      case 'simulationsWanted':
        answer = { simulations: await readSimulations(reader, told.operator, told.resources) }
        break
      case 'items':
        await rows.items(told.rows, (await reading).resources, grants)
        break
      case 'principals':
        await rows.principals(told.rows)
        break
      case 'changes':
        await rows.changes(told.rows)
        break
      case 'end':
        return told.digest
    }
  }
}

async function readGrants(
  reader: Reader,
  ordinals: readonly number[],
  resources: readonly ResourceInput[],
  progress: AnalysisProgress,
): Promise<Map<number, Grants>> {
  const read = new Map<number, Grants>()
  const tell = () => progress.tell({ state: 'reading', done: read.size, total: ordinals.length })
  tell()
  const wanted = ordinals.map((ordinal) => ({ ordinal, arn: resources[ordinal]?.arn ?? '' }))
  await readOfEach(reader, wanted, GRANTS_AT_ONCE, async (own, { ordinal, arn }) => {
    read.set(ordinal, (await listGrants(own, arn)).grants)
    tell()
  })
  return read
}
