import type { Server } from 'node:http'
import { readEnvironment } from './environment.ts'
import { serve } from './server.ts'
import { createWorld, type World } from './world.ts'

const environment = readEnvironment(process.env)
if ('problems' in environment) {
  for (const problem of environment.problems) console.error(problem)
  process.exit(1)
}
const { UNTAG_SANDBOX_PORT: wantedPort } = environment
const { world } = createWorld({
  resources: environment.UNTAG_SANDBOX_RESOURCES,
  latencyMs: environment.UNTAG_SANDBOX_LATENCY_MS,
  quotas: environment.UNTAG_SANDBOX_QUOTAS,
  seed: environment.UNTAG_SANDBOX_SEED,
})
const { server, port } = await serveOnFreePort(wantedPort)
const url = `http://127.0.0.1:${port}`

process.on('SIGTERM', () => stop(server))
process.on('SIGINT', () => stop(server))
if (environment.UNTAG_SANDBOX_PARENT === '1') {
  // The pipe closes with the parent, however that one ends, so that nothing is left behind.
  process.stdin.on('end', () => stop(server)).resume()
  console.log(`sandbox ready ${url}`)
} else {
  if (wantedPort !== 0 && port !== wantedPort) console.log(`Port ${wantedPort} is in use; taking ${port} instead.`)
  console.log(`AWS account ${world.accountId} answers at ${url}. To use it, paste this line into another terminal:`)
  console.log(exportLine(world, url))
}

async function serveOnFreePort(first: number): Promise<{ server: Server; port: number }> {
  for (let candidate = first; ; candidate += 1) {
    try {
      return await serve({ world }, candidate)
    } catch (error) {
      if (!isPortInUse(error) || candidate === 65_535) throw error
    }
  }
}

function isPortInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}

function exportLine({ credentials }: World, endpoint: string): string {
  const session = [...credentials.values()].find(({ sessionToken }) => sessionToken)
  const variables = {
    AWS_ACCESS_KEY_ID: session?.accessKeyId,
    AWS_SECRET_ACCESS_KEY: session?.secretAccessKey,
    AWS_SESSION_TOKEN: session?.sessionToken,
    AWS_REGION: 'eu-central-1',
    AWS_ENDPOINT_URL: endpoint,
  }
  const assignments = Object.entries(variables).map(([name, value]) => `${name}=${value}`)
  return `export ${assignments.join(' ')}`
}

function stop(running: Server): void {
  running.close(() => process.exit(0))
  // Calls that a fault leaves without an answer would hold the server open.
  running.closeAllConnections()
}
