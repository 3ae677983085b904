import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle as drizzleServer } from 'drizzle-orm/node-postgres'
import { migrate as migrateServer } from 'drizzle-orm/node-postgres/migrator'
import { drizzle as drizzleEmbedded } from 'drizzle-orm/pglite'
import { migrate as migrateEmbedded } from 'drizzle-orm/pglite/migrator'
import { Pool } from 'pg'
import { ExpectedError, isExpectedError } from '../errors.ts'
import { asOwner, requireAppendOnly, roleOf, storeGrants } from './database-roles.ts'
import './hide-values.ts'
import { lockFolder } from './lock.ts'
import * as schema from './schema.ts'
import { migrationsFolder, readSeed, writeSeed } from './seed.ts'
import type { Db, Store } from './store.ts'
import { takeTurns } from './turns.ts'

// A console that stands still in the middle of a transaction keeps its rows locked from every other one.
const IDLE_MS_MAX = 60_000

interface Where {
  dataFolder: string
  databaseUrl?: string | undefined
  /** Another role on the same database: it owns the schema, and the role of `databaseUrl` may only append to the audit log. */
  databaseOwnerUrl?: string | undefined
}

/**
 * Opens the store and brings its schema up to date: the embedded PostgreSQL in a data folder that belongs to this
 * process alone, or the server behind `databaseUrl`.
 *
 * @throws ExpectedError `dataFolderInUse` (another console has the folder), `unreachable` (no server at `databaseUrl`),
 *   `invalidInput` (the role of `databaseUrl` could change the audit log although another is to own it)
 */
export async function openStore({ dataFolder, databaseUrl, databaseOwnerUrl }: Where): Promise<Store> {
  return databaseUrl === undefined ? openEmbedded(resolve(dataFolder)) : openServer(databaseUrl, databaseOwnerUrl)
}

async function openEmbedded(dataFolder: string): Promise<Store> {
  const unlock = lockFolder(dataFolder, 'data')
  try {
    const databaseFolder = join(dataFolder, 'store')
    const journalFolder = join(dataFolder, 'journal')
    // Tags and their old values are nobody else's on this computer.
    mkdirSync(journalFolder, { recursive: true, mode: 0o700 })
    const isNew = !existsSync(join(databaseFolder, 'PG_VERSION'))
    const client = await openPGlite(isNew, databaseFolder)
    const close = async () => {
      await client.close()
      unlock()
    }
    return { db: embeddedDb(client), connection: { dialect: 'pglite', client }, journalFolder, close }
  } catch (error) {
    unlock()
    throw error
  }
}

/** A migrated embedded database, in memory when no folder is named. A new one is loaded from the seed, or becomes it. */
export async function openPGlite(isNew: boolean, folder?: string): Promise<PGlite> {
  const loadDataDir = isNew ? readSeed() : undefined
  const client = await PGlite.create({ ...(folder && { dataDir: folder }), ...(loadDataDir && { loadDataDir }) })
  await migrateEmbedded(drizzleEmbedded(client), { migrationsFolder })
  if (isNew && !loadDataDir) await writeSeed(client)
  return takeTurns(client)
}

/** Drizzle on an embedded database, under the type that both drivers share. */
export function embeddedDb(client: PGlite): Db {
  return drizzleEmbedded(client, { schema }) as unknown as Db
}

async function openServer(url: string, ownerUrl: string | undefined): Promise<Store> {
  const pool = new Pool({ connectionString: url, max: 10, idle_in_transaction_session_timeout: IDLE_MS_MAX })
  // A connection that breaks while idle is replaced by the pool; unhandled, the event would end the process.
  pool.on('error', () => {})
  try {
    const db = drizzleServer(pool, { schema })
    const migrate = (migrated: Db) => migrateServer(migrated, { migrationsFolder })
    if (ownerUrl === undefined) await migrate(db)
    else {
      await asOwner(ownerUrl, migrate, storeGrants(await roleOf(db)))
      await requireAppendOnly(db)
    }
    const connection = { dialect: 'postgres', url, ownerUrl } as const
    return { db, connection, journalFolder: null, close: () => pool.end() }
  } catch (cause) {
    await pool.end()
    if (isExpectedError(cause)) throw cause
    const { host } = new URL(url)
    throw new ExpectedError(
      'unreachable',
      `PostgreSQL at \`${host}\` did not open; check DATABASE_URL: ${String(cause)}`,
      { cause },
    )
  }
}
