import { buildWhenStale } from '#lib/server/build.ts'
import seedStore from './seed.ts'

/** Once before all journeys: the pages are built and the database's seed is there, so that each console starts fast. */
export default async function prepare(): Promise<void> {
  await buildWhenStale()
  await seedStore()
}
