import type { Server } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { appendToConsole } from '../audit/append.ts'
import { shareAuditLog } from '../audit/audit-log.ts'
import { brokenLog } from '../audit/broken-log.ts'
import { openAuditLog } from '../audit/open-audit-log.ts'
import { startEvent } from '../audit/told-checkpoints.ts'
import { endSessions } from '../auth/sessions.ts'
import { openStore } from '../store/open.ts'
import { shareStore } from '../store/store.ts'
import { buildWhenStale } from './build.ts'
import type { Environment } from './environment.ts'
import { createGate, type Gate } from './gate.ts'
import { type NextHandlers, root, startNext } from './next.ts'
import { createOpenLink } from './open-link.ts'
import { serve } from './serve.ts'
import { createSessionCookie } from './session-cookie.ts'
import { startWorker } from './worker.ts'

export interface ConsoleOptions {
  environment: Environment
  /** Listening already, so that the port is ours before anything is named after it. */
  server: Server
  port: number
  /** `development` compiles pages as they are asked for; `stale` builds first when the sources have changed. */
  pages: 'built' | 'stale' | 'development'
}

/** Store, worker, gate and Next in this one process. Resolves when the console is ready and its link is printed. */
export async function startConsole({ environment, server, port, pages }: ConsoleOptions) {
  // The threads of the analysis start anew each time; compiled once, that takes a fraction of a second.
  process.env.NODE_COMPILE_CACHE ??= join(root, '.cache', 'compiled')
  const ready = Promise.withResolvers<{ gate: Gate; next: NextHandlers }>()
  const stopServing = serve(server, ready.promise)

  const dev = pages === 'development'
  const store = await openStore(environment)
  shareStore(store)
  // In development the process restarts with every edit of lib/; signing in anew each time would be a nuisance.
  if (!dev) await endSessions(store)
  const auditLog = await openAuditLog(store, environment.auditFolder, console.error)
  shareAuditLog(auditLog)
  const logStatus = await auditLog.status()
  if (logStatus.foundAtStart.length > 0) console.error(brokenLog(logStatus.foundAtStart, store))
  await appendToConsole(store.db, startEvent(logStatus))
  await auditLog.sign()
  if (pages === 'stale') await buildWhenStale()
  const gate = createGate({ port, dev, sessions: createSessionCookie(store, port), openLink: createOpenLink() })
  const [worker, next] = await Promise.all([startWorker(store, auditLog, console.error), startNext(port, dev)])
  ready.resolve({ gate, next })

  if (environment.port !== 0 && port !== environment.port)
    console.log(`Port ${environment.port} is in use; using ${port}.`)
  console.log(`Untag is ready: ${gate.link()}`)
  console.log('The link opens once, within ten minutes. Enter prints a new one, Ctrl-C stops.')
  const terminal = createInterface({ input: process.stdin }).on('line', () => console.log(gate.link()))

  return {
    async stop(): Promise<void> {
      terminal.close()
      await stopServing()
      await worker.stop()
      await next.close()
      await auditLog.close()
      await store.close()
    },
  }
}
