import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Dialect } from '#lib/store/testing.ts'
import { type ConsoleProcess, shortLived, startConsoleProcess } from '../support/console-process.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { type SignedIn, signIn } from '../support/signed-in.ts'
import { accountOf } from './account.ts'
import type { Dice } from './dice.ts'
import { type Server, startServer } from './postgres.ts'

/** A console with everything around it, all of it a process of its own. */
export interface Stage {
  readonly dialect: Dialect
  readonly sandbox: Sandbox
  /** Null where the database is embedded in the console. */
  readonly server: Server | null
  readonly dataFolder: string
  readonly journalFolder: string
  readonly arns: readonly string[]
  console: ConsoleProcess
  client: SignedIn
  /** Of every console that was started, where its key and its checkpoints are. */
  ownFolders(): string[]
  /** Sets the console's clock wrong by so many milliseconds. */
  setClock(offsetMs: number): void
  /** Starts another console on the same database, which is then the one that is spoken to. */
  startSecond(): Promise<void>
  /** The console is up again and knows us. */
  restart(): Promise<void>
  /** Ends every console; the database stays. */
  killConsoles(): Promise<void>
  close(): Promise<void>
}

const clock = join(import.meta.dirname, 'clock.mjs')

export async function openStage(dialect: Dialect, dice: Dice, resources: number): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'untag-chaos-'))
  const clockFile = join(folder, 'clock')
  writeFileSync(clockFile, '0')
  const sandbox = await startSandbox()
  const { arns } = await sandbox.reset({ exactly: accountOf(dice, resources), seed: dice.between(1, 1e9) })
  const server = dialect === 'postgres' ? await startServer(folder) : null
  const env = {
    ...sandbox.env,
    ...(server && { DATABASE_URL: server.url }),
    UNTAG_SHARE: '1',
    CHAOS_CLOCK: clockFile,
    NODE_OPTIONS: `--import=${clock}`,
  }
  const dataFolder = join(folder, 'data')
  const consoles: ConsoleProcess[] = []
  const ownFolders: string[] = []
  const start = async () => {
    // A second one on the same database keeps its own signatures of the audit log.
    const ownFolder = consoles.length === 0 ? dataFolder : join(folder, `data-${consoles.length}`)
    ownFolders.push(ownFolder)
    const started = await startConsoleProcess(ownFolder, env, shortLived)
    consoles.push(started)
    return { console: started, client: await signIn(await started.link()) }
  }

  const stage: Stage = {
    dialect,
    sandbox,
    server,
    dataFolder,
    journalFolder: join(dataFolder, 'journal'),
    arns,
    ...(await start()),
    ownFolders: () => ownFolders,
    setClock: (offsetMs) => writeFileSync(clockFile, String(offsetMs)),
    async startSecond() {
      Object.assign(stage, await start())
    },
    async restart() {
      await stage.console.restart()
      stage.client = await signIn(await stage.console.link())
    },
    async killConsoles() {
      for (const each of consoles) {
        each.thaw()
        await each.kill()
      }
    },
    async close() {
      await stage.killConsoles()
      await sandbox.stop()
      await server?.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return stage
}
