import { once } from 'node:events'
import { request } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import type { Gate } from './gate.ts'
import { listen } from './listen.ts'
import type { NextHandlers } from './next.ts'
import { serve } from './serve.ts'

const gate: Gate = { request: async () => true, upgrade: async () => true, link: () => '' }
const switching = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
const next: NextHandlers = {
  request: async (_req, res) => void res.end('next'),
  upgrade: async (_req, socket) => void socket.write(switching),
  close: async () => {},
}

afterEach(() => vi.restoreAllMocks())

test('a request that comes while the console starts waits for it', async () => {
  const { server, port } = await listen(0)
  const ready = Promise.withResolvers<{ gate: Gate; next: NextHandlers }>()
  const stop = serve(server, ready.promise)
  const answer = fetch(`http://127.0.0.1:${port}`)
  await once(server, 'request')
  ready.resolve({ gate, next })
  expect(await (await answer).text()).toBe('next')
  await stop()
})

test('an open WebSocket does not hold up the stop', async () => {
  const { server, port } = await listen(0)
  const stop = serve(server, Promise.resolve({ gate, next }))
  const client = request({ host: '127.0.0.1', port, headers: { connection: 'Upgrade', upgrade: 'websocket' } }).end()
  const [, socket] = await once(client, 'upgrade')
  const closed = once(socket, 'close')
  await Promise.all([stop(), closed])
})

test('a request that fails is cut off and told to the terminal, and the console goes on', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => {})
  const { server, port } = await listen(0)
  const failing = { ...gate, request: vi.fn(gate.request).mockRejectedValueOnce(new Error('the store is closed')) }
  const stop = serve(server, Promise.resolve({ gate: failing, next }))
  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow('fetch failed')
  expect(told).toHaveBeenCalledWith(expect.objectContaining({ message: 'the store is closed' }))
  expect((await fetch(`http://127.0.0.1:${port}`)).status).toBe(200)
  await stop()
})

test('a port that is in use is passed over', async () => {
  const first = await listen(0)
  const second = await listen(first.port)
  expect(second.port).toBeGreaterThan(first.port)
  first.server.close()
  second.server.close()
})
