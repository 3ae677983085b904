import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { answer } from './answer.ts'
import { control, type Sandbox } from './control/control.ts'
import type { HttpRequest, Reply } from './http.ts'
import { isService, type ServiceName } from './services.ts'
import { readAuthorization } from './signature.ts'

// AWS's own limit is smaller for every operation here; a whole account is set up in one request.
const bodyBytesMax = { aws: 2 ** 20, control: 2 ** 26 }
const isControl = (path: string) => path.startsWith('/_sandbox/')

/**
 * An HTTP server on loopback that answers as AWS, and on `/_sandbox/…` to the control path. Port 0 takes a free one.
 * @throws Error `EADDRINUSE`
 */
export async function serve(sandbox: Sandbox, wantedPort: number): Promise<{ server: Server; port: number }> {
  const server = createServer((incoming, outgoing) => {
    handle(sandbox, incoming, outgoing).catch((error: unknown) => {
      console.error(error)
      outgoing.destroy()
    })
  })
  // Longer than any client keeps an idle connection, so that none meets a reset which no fault asked for.
  server.keepAliveTimeout = 120_000
  server.listen(wantedPort, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}

async function handle(sandbox: Sandbox, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const request = await read(incoming)
  if (!request) return void outgoing.writeHead(413).end()
  if (isControl(request.path)) return send(outgoing, control(sandbox, request))

  // The world of the arrival answers, so that a request from before a reset cannot touch what is after it.
  const { world } = sandbox
  if (world.settings.latencyMs > 0) await delay(world.settings.latencyMs)
  send(outgoing, await answer(world, serviceOf(request), request))
}

async function read(incoming: IncomingMessage): Promise<HttpRequest | undefined> {
  const chunks: Buffer[] = []
  const max = bodyBytesMax[isControl(incoming.url ?? '') ? 'control' : 'aws']
  let size = 0
  for await (const chunk of incoming) {
    size += chunk.length
    if (size > max) return undefined
    chunks.push(chunk)
  }
  const url = new URL(incoming.url ?? '/', 'http://sandbox')
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(chunks),
  }
}

/** The service by the credential scope; an unsigned request is judged by its form, so that it is refused in kind. */
function serviceOf(request: HttpRequest): ServiceName {
  const target = request.headers['x-amz-target'] ?? ''
  if (target.startsWith('TrentService.')) return 'kms'
  if (target.startsWith('secretsmanager.')) return 'secretsmanager'
  if (target.startsWith('AWSOrganizations')) return 'organizations'
  if (target.startsWith('CloudTrail_')) return 'cloudtrail'
  const service = readAuthorization(request)?.service ?? ''
  if (isService(service)) return service
  return request.path === '/listRegions' ? 'account' : 'sts'
}

function send(outgoing: ServerResponse, reply: Reply): void {
  if (reply === 'connectionReset') return void outgoing.socket?.resetAndDestroy()
  // The connection stays open until the client gives up.
  if (reply === 'noAnswer') return
  outgoing.writeHead(reply.status, reply.headers).end(reply.body)
}
