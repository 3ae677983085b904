import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'

export const root = join(import.meta.dirname, '..', '..')

export interface NextHandlers {
  request(req: IncomingMessage, res: ServerResponse): Promise<void>
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>
  close(): Promise<void>
}

/** Next in this process, on no port of its own: `dev` compiles pages as they are asked for, otherwise .next is served. */
export async function startNext(port: number, dev: boolean): Promise<NextHandlers> {
  Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' })
  const { default: next } = await import('next')
  // Next hangs an upgrade listener of its own on the server that it is given or meets, past the gate; this one never listens.
  const decoy = createServer()
  const app = next({ dev, dir: root, hostname: '127.0.0.1', port, httpServer: decoy })
  await app.prepare()
  // The public getUpgradeHandler() is a lower one that knows nothing of hot reload.
  const { upgradeHandler } = app as unknown as { upgradeHandler: NextHandlers['upgrade'] }
  return { request: app.getRequestHandler(), upgrade: upgradeHandler, close: () => app.close() }
}
