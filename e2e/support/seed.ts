import { openPGlite } from '#lib/store/open.ts'

/** Runs once before all tests: the first embedded database takes five seconds to create, and every other is a copy of it. */
export default async function seedStore(): Promise<void> {
  const client = await openPGlite(true)
  await client.close()
}
