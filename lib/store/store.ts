import '#server-only'
import type { PGlite } from '@electric-sql/pglite'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import type * as schema from './schema.ts'

/** Queries through drizzle. Both drivers answer alike; the type is that of the PostgreSQL server's. */
export type Db = NodePgDatabase<typeof schema>

export interface Store {
  db: Db
  /** How the queue reaches the same database: the embedded instance itself, or a connection string for it and its owner. */
  connection: { dialect: 'pglite'; client: PGlite } | { dialect: 'postgres'; url: string; ownerUrl: string | undefined }
  /** Old tag values are written here too, flushed to disk before each call. Null on a PostgreSQL server, which flushes itself. */
  journalFolder: string | null
  /** Ends the connections and lets the data folder go. */
  close(): Promise<void>
}

const shared = globalThis as typeof globalThis & { untagStore?: Store }

/** Makes this the store of the process. Next loads several copies of every module, so it hangs on `globalThis`. */
export function shareStore(opened: Store): void {
  shared.untagStore = opened
}

/** The store that the process opened at start. */
export function store(): Store {
  if (!shared.untagStore) throw new Error('the store is not open: start the console through lib/server/main.ts')
  return shared.untagStore
}
