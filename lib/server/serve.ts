import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Gate } from './gate.ts'
import type { NextHandlers } from './next.ts'

/** How long open requests (above all streams) may take to end by themselves at stop. */
const drainMs = 1000

/**
 * Answers the server's requests through the gate and gives what stops it. Requests that come before `ready` wait instead
 * of being lost: the pages of a console that was killed poll on.
 */
export function serve(server: Server, ready: Promise<{ gate: Gate; next: NextHandlers }>): () => Promise<void> {
  // Node forgets a connection once it is a WebSocket, but server.close() waits for it all the same.
  const webSockets = new Set<Duplex>()

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
    webSockets.add(socket.on('close', () => webSockets.delete(socket)))
    try {
      const { gate, next } = await ready
      if (await gate.upgrade(req)) await next.upgrade(req, socket, head)
      else socket.destroy()
    } catch (error) {
      console.error(error)
      socket.destroy()
    }
  })

  return async () => {
    for (const socket of webSockets) socket.destroy()
    const cut = setTimeout(() => server.closeAllConnections(), drainMs)
    await new Promise((resolve) => server.close(resolve))
    clearTimeout(cut)
  }
}
