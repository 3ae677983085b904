import type { Server } from 'node:http'
import { createInterface } from 'node:readline'
import { endSessions } from '../auth/sessions.ts'
import { openStore } from '../store/open.ts'
import { shareStore } from '../store/store.ts'
import { buildWhenStale } from './build.ts'
import type { Environment } from './environment.ts'
import { createGate, type Gate } from './gate.ts'
import { type NextHandlers, startNext } from './next.ts'
import { createOpenLink } from './open-link.ts'
import { createSessionCookie } from './session-cookie.ts'
import { startWorker } from './worker.ts'

/** How long open requests (above all streams) may take to end by themselves at stop. */
const drainMs = 1000

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
  const ready = Promise.withResolvers<{ gate: Gate; next: NextHandlers }>()
  serve(server, ready.promise)

  const dev = pages === 'development'
  const store = await openStore(environment)
  shareStore(store)
  // In development the process restarts with every edit of lib/; signing in anew each time would be a nuisance.
  if (!dev) await endSessions(store)
  if (pages === 'stale') await buildWhenStale()
  const gate = createGate({ port, dev, sessions: createSessionCookie(store, port), openLink: createOpenLink() })
  const [worker, next] = await Promise.all([startWorker(store, console.error), startNext(port, dev)])
  ready.resolve({ gate, next })

  if (environment.port !== 0 && port !== environment.port)
    console.log(`Port ${environment.port} is in use; using ${port}.`)
  console.log(`Untag is ready: ${gate.link()}`)
  console.log('The link opens once, within ten minutes. Enter prints a new one, Ctrl-C stops.')
  const terminal = createInterface({ input: process.stdin }).on('line', () => console.log(gate.link()))

  return {
    async stop(): Promise<void> {
      terminal.close()
      const cut = setTimeout(() => server.closeAllConnections(), drainMs)
      await new Promise((resolve) => server.close(resolve))
      clearTimeout(cut)
      await worker.stop()
      await next.close()
      await store.close()
    },
  }
}

/** Requests that come while the console starts wait for it instead of being lost: pages of a killed console poll on. */
function serve(server: Server, ready: Promise<{ gate: Gate; next: NextHandlers }>): void {
  server.on('request', async (req, res) => {
    try {
      const { gate, next } = await ready
      if (await gate.request(req, res)) await next.request(req, res)
    } catch (error) {
      console.error(error)
      res.destroy()
    }
  })
  server.on('upgrade', async (req, socket, head) => {
    try {
      const { gate, next } = await ready
      if (await gate.upgrade(req)) return await next.upgrade(req, socket, head)
    } catch (error) {
      console.error(error)
    }
    socket.destroy()
  })
}
