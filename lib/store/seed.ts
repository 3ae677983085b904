import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'

const root = join(import.meta.dirname, '..', '..')
export const migrationsFolder = join(import.meta.dirname, 'migrations')

/**
 * A migrated empty database as a file, so that a new data folder opens in half a second; creating one takes five.
 * Undefined when there is none for today's migrations and versions.
 */
export function readSeed(): Blob | undefined {
  const file = seedFile()
  return existsSync(file) ? new Blob([readFileSync(file)]) : undefined
}

/** Keeps a freshly migrated, still empty database as the seed. Written aside and renamed, so nobody reads half of it. */
export async function writeSeed(client: PGlite): Promise<void> {
  const dump = await client.dumpDataDir('none')
  const file = seedFile()
  mkdirSync(join(root, '.cache'), { recursive: true })
  const aside = `${file}.${process.pid}`
  writeFileSync(aside, Buffer.from(await dump.arrayBuffer()))
  renameSync(aside, file)
}

function seedFile(): string {
  const hash = createHash('sha256')
  // The journal, too: what was migrated is told apart by the time in it.
  for (const file of globSync(['*.sql', 'meta/_journal.json'], { cwd: migrationsFolder }).sort())
    hash.update(readFileSync(join(migrationsFolder, file)))
  hash.update(readFileSync(join(root, 'node_modules/@electric-sql/pglite/package.json')))
  return join(root, '.cache', `store-${hash.digest('hex').slice(0, 16)}.tar`)
}
