import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { addressHeader } from '../auth/sessions.ts'
import type { OpenLink } from './open-link.ts'
import { type RefusalCode, refuse } from './refusals.ts'
import { contentSecurityPolicy, setSecurityHeaders } from './security-headers.ts'
import type { SessionCookie } from './session-cookie.ts'

/** The size that Next accepts for the body of a server action. */
const bodyBytesMax = 1024 * 1024

// Headers by which a client could pose as a proxy or as Next itself. The development server's answers find their way
// back by the last two of `x-nextjs-`: without them it hangs for ever, without an error.
const forgeable = /^x-forwarded-|^forwarded$|^x-middleware-|^x-nextjs-|^content-security-policy|^x-nonce$/
const forgeableInDev =
  /^x-forwarded-|^forwarded$|^x-middleware-|^x-nextjs-(?!(html-)?request-id$)|^content-security-policy|^x-nonce$/

export interface GateOptions {
  port: number
  dev: boolean
  openLink: OpenLink
  sessions: SessionCookie
}

export interface Gate {
  /** True when Next may answer; otherwise the gate has answered. */
  request(req: IncomingMessage, res: ServerResponse): Promise<boolean>
  /** True when the connection may become a WebSocket, which only the development server's hot reload needs. */
  upgrade(req: IncomingMessage): Promise<boolean>
  /** The console's address with a fresh one-time token. */
  link(): string
}

/**
 * Stands before Next and sees every request first. A plain Next server on a loopback address runs server actions for
 * any site that the operator visits (DNS rebinding, requests without Origin, forged X-Forwarded-Host).
 */
export function createGate({ port, dev, openLink, sessions }: GateOptions): Gate {
  // URL leaves the port out where a browser does.
  const hosts = ['127.0.0.1', 'localhost'].map((name) => new URL(`http://${name}:${port}`).host)
  const url = `http://${hosts[0]}/`

  const isOwnHost = ({ headers }: IncomingMessage) => hosts.includes(headers.host ?? '')
  const isOwnOrigin = ({ headers }: IncomingMessage) => headers.origin === `http://${headers.host}`

  async function refusalOf(req: IncomingMessage): Promise<RefusalCode | undefined> {
    if (!isOwnHost(req)) return 'unknownHost'
    if (!isOwnTarget(req)) return 'badRequestTarget'
    if (!isRead(req) && !(isOwnOrigin(req) && isSameOriginFetch(req))) return 'foreignOrigin'
    if (req.headers['transfer-encoding']) return 'bodyOfUnknownLength'
    if (Number(req.headers['content-length'] ?? 0) > bodyBytesMax) return 'bodyTooLarge'
    if (isHealth(req) || (await sessions.isValid(req))) return undefined
    return 'signedOut'
  }

  /** Exchanges the token of a one-time link for a session; a signed-in browser that follows an old link just goes on. */
  async function open(req: IncomingMessage, res: ServerResponse): Promise<RefusalCode | undefined> {
    const token = new URL(req.url ?? '', url).searchParams.get('t') ?? ''
    if (openLink.redeem(token)) res.setHeader('Set-Cookie', await sessions.create(req))
    else if (!(await sessions.isValid(req))) return 'linkUsed'
    res.writeHead(303, { Location: '/' }).end()
    return undefined
  }

  return {
    async request(req, res) {
      const nonce = randomBytes(16).toString('base64')
      const policy = contentSecurityPolicy(nonce, dev)
      stripForgeable(req, dev)
      req.headers[addressHeader] = req.socket.remoteAddress
      setSecurityHeaders(res, policy)

      const isOpening = isOwnHost(req) && isOpenLink(req)
      const refusal = isOpening ? await open(req, res) : await refusalOf(req)
      if (refusal) refuse(req, res, refusal, url, nonce)
      if (refusal || isOpening) return false
      // Next takes the nonce for its own scripts out of the request's header.
      req.headers['content-security-policy'] = policy
      // Next then says itself how long its static files live, which carry their hash in the name.
      if (req.url?.startsWith('/_next/static/')) res.removeHeader('Cache-Control')
      return true
    },
    async upgrade(req) {
      return dev && isOwnHost(req) && isOwnOrigin(req) && (await sessions.isValid(req))
    },
    link: () => `${url}_open?t=${openLink.issue()}`,
  }
}

const isRead = ({ method }: IncomingMessage) => method === 'GET' || method === 'HEAD'
const isHealth = (req: IncomingMessage) => isRead(req) && req.url === '/api/health'
// HEAD must not use the token up: link previews and some mail filters send it.
const isOpenLink = ({ method, url }: IncomingMessage) => method === 'GET' && /^\/_open(\?|$)/.test(url ?? '')
// `GET http://other/` and `GET //other/` are valid HTTP, and each layer behind would read another host out of them.
const isOwnTarget = ({ url }: IncomingMessage) => /^\/(?![/\\])/.test(url ?? '')
const isSameOriginFetch = ({ headers }: IncomingMessage) =>
  [undefined, 'same-origin'].includes(headers['sec-fetch-site'] as string | undefined)

function stripForgeable(req: IncomingMessage, dev: boolean): void {
  for (const name of Object.keys(req.headers)) {
    if ((dev ? forgeableInDev : forgeable).test(name)) delete req.headers[name]
  }
}
