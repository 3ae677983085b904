import { rmSync } from 'node:fs'
import { openQueue } from '#lib/jobs/queue.ts'
import { buildWhenStale } from '#lib/server/build.ts'
import { openStore } from '#lib/store/open.ts'
import { emptyData } from './console-process.ts'
import seedStore from './seed.ts'

/** Once before all journeys: the pages are built and the database is there, so that each console starts fast. */
export default async function prepare(): Promise<void> {
  await buildWhenStale()
  await seedStore()
  rmSync(emptyData, { recursive: true, force: true })
  const store = await openStore({ dataFolder: emptyData })
  const queue = await openQueue(store, console.error)
  await queue.stop()
  await store.close()
}
