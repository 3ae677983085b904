import { z } from 'zod'
import { faultRule } from '../faults.ts'
import { holdEnd, holdRule } from '../holds.ts'
import type { HttpRequest, HttpResponse } from '../http.ts'
import { isLoopback } from '../loopback.ts'
import { resetSettings, runtimeChange } from '../settings.ts'
import { changeSettings, createWorld, type World } from '../world.ts'
import { changeCredentials, credentialsChange } from './credentials.ts'
import { changeResource, listResources, resourceChange, viewResource } from './resources.ts'

/** The running sandbox: its world is exchanged by a reset. */
export interface Sandbox {
  world: World
}

interface Asked {
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
}

/** Answers anything that is JSON; undefined is a 404. */
type Route = (sandbox: Sandbox, asked: Asked) => unknown

const routes: Readonly<Record<string, Route>> = {
  'POST reset': (sandbox, { body }) => reset(sandbox, body),
  'GET settings': ({ world }) => world.settings,
  'POST settings': ({ world }, { body }) => {
    changeSettings(world, runtimeChange.parse(body))
    return world.settings
  },
  'GET faults': ({ world }) => world.faults.list(),
  'POST faults': ({ world }, { body }) => {
    world.faults.replace(z.array(faultRule).parse(body))
    return world.faults.list()
  },
  'POST hold': ({ world }, { body }) => world.holds.arm(holdRule.parse(body)),
  'GET hold': ({ world }, { query }) => world.holds.view(Number(query.id)),
  'POST release': ({ world }, { body }) => (world.holds.end(holdEnd.parse(body)) ? {} : undefined),
  'GET calls': ({ world }, { query }) => world.calls.find(callFilter.parse(query)),
  'DELETE calls': ({ world }) => {
    world.calls.clear()
    return {}
  },
  'GET resources': ({ world }) => listResources(world),
  'GET resource': ({ world }, { query }) => viewResource(world, query.arn ?? ''),
  'POST resource': ({ world }, { body }) => (changeResource(world, resourceChange.parse(body)) ? {} : undefined),
  'POST credentials': ({ world }, { body }) => changeCredentials(world, credentialsChange.parse(body)),
}

const callFilter = z.strictObject({
  operation: z.string().exactOptional(),
  region: z.string().exactOptional(),
  resource: z.string().exactOptional(),
  outcome: z.string().exactOptional(),
  accountId: z.string().exactOptional(),
})

/** What a reset answers: whom the demo's credentials are for, and the ARNs of an exact list in its order. */
export interface ResetReport {
  readonly accountId: string
  readonly resources: number
  readonly arns: readonly string[]
}

/**
 * Serves `/_sandbox/…`, JSON in and out. Web pages are kept out: no request with an Origin, and no Host but a
 * loopback one, which a rebound name is not.
 */
export function control(sandbox: Sandbox, request: HttpRequest): HttpResponse {
  if (request.headers.origin !== undefined || !isLoopback(hostOf(request))) {
    return json(403, { message: 'the control path answers programs on this machine only' })
  }
  const name = `${request.method} ${request.path.replace('/_sandbox/', '')}`
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined
  if (!route) return json(404, { message: `no control path \`${name}\`` })
  try {
    const answer = route(sandbox, { query: request.query, body: parseBody(request) })
    return answer === undefined
      ? json(404, { message: 'there is no such resource, role, user or hold' })
      : json(200, answer)
  } catch (error) {
    if (error instanceof z.ZodError) return json(400, { message: z.prettifyError(error) })
    if (error instanceof SyntaxError) return json(400, { message: 'the body is not JSON' })
    throw error
  }
}

function reset(sandbox: Sandbox, body: unknown): ResetReport {
  const { world, arns } = createWorld(resetSettings.parse(body))
  sandbox.world = world
  return { accountId: world.accountId, resources: listResources(world).length, arns }
}

function parseBody({ body }: HttpRequest): unknown {
  return body.length === 0 ? {} : JSON.parse(Buffer.from(body).toString())
}

function hostOf({ headers }: HttpRequest): string {
  return (headers.host ?? '').replace(/:\d+$/, '')
}

function json(status: number, body: unknown): HttpResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
