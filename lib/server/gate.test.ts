import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type RequestOptions, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestStore } from '../store/testing.ts'
import { createGate, type Gate } from './gate.ts'
import { createOpenLink } from './open-link.ts'
import { createSessionCookie } from './session-cookie.ts'

// What stands behind the gate here notes who came through, and with which headers.
let passed: { url: string | undefined; headers: IncomingHttpHeaders }[] = []
let gate: Gate
let port: number
let cookie: string
let store: Awaited<ReturnType<typeof openTestStore>>
const server = createServer(async (req, res) => {
  if (!(await gate.request(req, res))) return
  passed.push({ url: req.url, headers: req.headers })
  res.end('next')
})
const switching = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
server.on('upgrade', async (req, socket) => {
  socket.end((await gate.upgrade(req)) ? switching : undefined)
})

function openGate(dev: boolean) {
  gate = createGate({ port, dev, openLink: createOpenLink(), sessions: createSessionCookie(store, port) })
}

beforeAll(async () => {
  store = await openTestStore()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  port = (server.address() as AddressInfo).port
  openGate(false)
  const { headers } = await send({ path: new URL(gate.link()).pathname + new URL(gate.link()).search })
  cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? ''
})
beforeEach(() => {
  passed = []
  openGate(false)
})
afterAll(async () => {
  server.close()
  await store.close()
})

const own = () => ({ host: `127.0.0.1:${port}`, cookie })
const post = () => ({ ...own(), origin: `http://127.0.0.1:${port}` })

interface Case {
  rule: string
  status: number
  method?: string
  path?: string
  /** On top of our own Host, the session's cookie and, for changes, our own Origin. `PORT` is the console's. */
  headers?: Record<string, string | null>
}

const noCookie = { cookie: null }
const noOrigin = { origin: null }
const cases: Case[] = [
  { rule: 'a signed-in page is shown', status: 200 },
  { rule: 'localhost is our name too', headers: { host: 'localhost:PORT' }, status: 200 },
  { rule: 'a change from our own page', method: 'POST', headers: { 'sec-fetch-site': 'same-origin' }, status: 200 },
  { rule: 'a change from a browser without Sec-Fetch-Site', method: 'POST', status: 200 },
  { rule: 'health needs no session', path: '/api/health', headers: noCookie, status: 200 },
  { rule: 'health under another name', path: '/api/health', headers: { host: 'evil.example' }, status: 421 },
  { rule: 'only health itself is open', path: '/api/health/../removals', headers: noCookie, status: 401 },
  { rule: 'health is not for writing', path: '/api/health', method: 'POST', headers: noOrigin, status: 403 },
  { rule: 'no cookie: another user of this computer', headers: noCookie, status: 401 },
  { rule: 'a change without cookie', method: 'POST', headers: noCookie, status: 401 },
  { rule: 'a made-up cookie', headers: { cookie: `untag-PORT=${'x'.repeat(43)}` }, status: 401 },
  { rule: 'static files need a session', path: '/_next/static/x.js', headers: noCookie, status: 401 },
  { rule: 'a change without Origin', method: 'POST', headers: noOrigin, status: 403 },
  { rule: 'a change from another site', method: 'POST', headers: { origin: 'http://evil.example' }, status: 403 },
  { rule: 'a change from a sandboxed frame', method: 'POST', headers: { origin: 'null' }, status: 403 },
  { rule: 'a change from another port', method: 'POST', headers: { origin: 'http://127.0.0.1:1' }, status: 403 },
  {
    rule: 'our other name is another origin',
    method: 'POST',
    headers: { origin: 'http://localhost:PORT' },
    status: 403,
  },
  { rule: 'our origin with https', method: 'POST', headers: { origin: 'https://127.0.0.1:PORT' }, status: 403 },
  { rule: 'a change, cross-site', method: 'POST', headers: { 'sec-fetch-site': 'cross-site' }, status: 403 },
  { rule: 'a change, same-site', method: 'POST', headers: { 'sec-fetch-site': 'same-site' }, status: 403 },
  { rule: 'a change, typed by nobody', method: 'POST', headers: { 'sec-fetch-site': 'none' }, status: 403 },
  { rule: 'PUT without Origin', method: 'PUT', headers: noOrigin, status: 403 },
  { rule: 'DELETE without Origin', method: 'DELETE', headers: noOrigin, status: 403 },
  { rule: 'OPTIONS without Origin', method: 'OPTIONS', headers: noOrigin, status: 403 },
  { rule: 'TRACE without Origin', method: 'TRACE', headers: noOrigin, status: 403 },
  { rule: 'DNS rebinding by GET', headers: { host: 'evil.example:PORT' }, status: 421 },
  {
    rule: 'DNS rebinding by POST: Host and Origin agree',
    method: 'POST',
    headers: { host: 'evil.example:PORT', origin: 'http://evil.example:PORT' },
    status: 421,
  },
  { rule: 'our name without our port', headers: { host: '127.0.0.1' }, status: 421 },
  { rule: 'a name that only ends like ours', headers: { host: 'evil-127.0.0.1:PORT' }, status: 421 },
  {
    rule: 'a forged X-Forwarded-Host makes an evil Origin no better',
    method: 'POST',
    headers: { origin: 'http://evil.example', 'x-forwarded-host': 'evil.example' },
    status: 403,
  },
  { rule: 'a request target that names another host', path: 'http://evil.example/', status: 400 },
  { rule: 'a request target with two slashes', path: '//evil.example/', status: 400 },
  { rule: 'a request target with slash and backslash', path: '/\\evil.example/', status: 400 },
  { rule: 'a body of more than 1 MB', method: 'POST', headers: { 'content-length': '1048577' }, status: 413 },
  { rule: 'a body of unknown length', method: 'POST', headers: { 'transfer-encoding': 'chunked' }, status: 411 },
  { rule: 'a link with a wrong token', path: '/_open?t=wrong', headers: noCookie, status: 401 },
  { rule: 'a link without a token', path: '/_open', headers: noCookie, status: 401 },
  { rule: 'a signed-in browser that follows an old link goes on', path: '/_open?t=old', status: 303 },
  { rule: 'a link under another name', path: '/_open?t=x', headers: { host: 'evil.example' }, status: 421 },
]

test.each(cases)('$rule: $status', async ({ method = 'GET', path = '/', headers, status }) => {
  const all = { ...(method === 'GET' ? own() : post()), ...headers }
  const sent = Object.entries(all).flatMap(([name, value]) =>
    value === null ? [] : [[name, value.replace('PORT', `${port}`)]],
  )
  const answer = await send({ method, path, headers: Object.fromEntries(sent) })
  expect(answer.status).toBe(status)
  expect(passed.length).toBe(status === 200 ? 1 : 0)
  expect(answer.headers['content-security-policy']).toContain(`frame-ancestors 'none'`)
  expect(answer.headers['cache-control']).toBe('no-store')
})

test('a one-time link opens once and gives a strict cookie for twelve hours', async () => {
  const { pathname, search } = new URL(gate.link())
  const first = await send({ path: pathname + search })
  expect(first).toMatchObject({ status: 303, headers: { location: '/' } })
  expect(first.headers['set-cookie']).toEqual([
    expect.stringMatching(new RegExp(`^untag-${port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/; Max-Age=43200$`)),
  ])
  expect((await send({ path: pathname + search })).status).toBe(401)
})

test('asking for the head of a one-time link does not use it up', async () => {
  const { pathname, search } = new URL(gate.link())
  expect((await send({ method: 'HEAD', path: pathname + search })).status).toBe(401)
  expect((await send({ path: pathname + search })).status).toBe(303)
})

test('headers by which a client could pose as a proxy or as Next do not get through; the nonce does', async () => {
  const forged = {
    'x-forwarded-host': 'evil',
    'x-forwarded-for': '1.2.3.4',
    forwarded: 'host=evil',
    'x-middleware-subrequest': 'x',
    'x-nextjs-data': '1',
    'x-nextjs-request-id': '1',
    'x-nonce': 'evil',
    'content-security-policy': `script-src 'nonce-evil'`,
  }
  const { headers } = await send({ headers: { ...own(), ...forged, 'next-action': 'kept' } })
  const [through] = passed
  expect(Object.keys(through?.headers ?? {}).sort()).toEqual([
    'connection',
    'content-security-policy',
    'cookie',
    'host',
    'next-action',
    'x-untag-address',
  ])
  expect(through?.headers['content-security-policy']).toBe(headers['content-security-policy'])
  expect(headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-[\w+/=]{24}';/)
})

test('only static files that passed the gate may be kept by the browser', async () => {
  const path = '/_next/static/chunks/x.js'
  expect((await send({ path, headers: own() })).headers['cache-control']).toBeUndefined()
  expect((await send({ path })).headers['cache-control']).toBe('no-store')
})

test('people get a page that says what to do, programs get JSON', async () => {
  const headers = { host: own().host }
  const asPerson = await send({ headers: { ...headers, accept: 'text/html,*/*' } })
  expect(asPerson.headers['content-type']).toContain('text/html')
  expect(asPerson.body).toContain('Press Enter in that terminal for a new one.')
  const asProgram = await send({ headers })
  expect(JSON.parse(asProgram.body)).toEqual({ error: { code: 'signedOut', message: expect.any(String) } })
})

const upgrade = { connection: 'Upgrade', upgrade: 'websocket' }
test.each([
  { rule: 'never in production', dev: false, headers: () => post(), opens: false },
  { rule: 'our own page in development', dev: true, headers: () => post(), opens: true },
  { rule: 'another site', dev: true, headers: () => ({ ...post(), origin: 'http://evil.example' }), opens: false },
  { rule: 'another host', dev: true, headers: () => ({ ...post(), host: 'evil.example' }), opens: false },
  { rule: 'no cookie', dev: true, headers: () => ({ ...post(), cookie: '' }), opens: false },
])('WebSocket, $rule: $opens', async ({ dev, headers, opens }) => {
  openGate(dev)
  const opened = await new Promise((resolve) => {
    const req = request({ port, host: '127.0.0.1', headers: { ...headers(), ...upgrade } })
    req.on('upgrade', (_res, socket) => resolve(socket.destroy() && true))
    req.on('error', () => resolve(false))
    req.end()
  })
  expect(opened).toBe(opens)
})

function send(
  options: RequestOptions,
): Promise<{ status: number | undefined; headers: IncomingHttpHeaders; body: string }> {
  return new Promise((resolve, reject) => {
    const req = request(
      { host: '127.0.0.1', port, headers: { host: `127.0.0.1:${port}` }, ...options },
      async (res) => {
        let body = ''
        for await (const chunk of res.setEncoding('utf8')) body += chunk
        resolve({ status: res.statusCode, headers: res.headers, body })
      },
    )
    req.on('error', reject)
    // A body that is announced but never sent: the gate must answer from the headers alone.
    if (Number((options.headers as IncomingHttpHeaders)?.['content-length'] ?? 0) > 0) req.flushHeaders()
    else req.end()
  })
}
