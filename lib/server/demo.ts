import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { withQuickDrizzle } from '../store/quick-drizzle.ts'
import { readEnvironment } from './environment.ts'
import { listen } from './listen.ts'
import { root } from './next.ts'
import { run } from './run.ts'
import { startSandboxProcess } from './sandbox-process.ts'
import { withoutOwnAws } from './without-own-aws.ts'

/** `--dev` is for working on Untag: pages and components reload as they are edited, and the data stays. */
const { values } = parseArgs({ options: { dev: { type: 'boolean', default: false } } })

await run(async () => {
  // Nobody wants to look at a demo for five minutes; its KMS is as much quicker as a canary waits shorter.
  const env = { UNTAG_CANARY_WAIT: '20', ...withoutOwnAws(process.env) }
  const { port: firstPort } = readEnvironment(env)
  const { server, port } = await listen(firstPort)
  const sandbox = await startSandboxProcess(env, { authorizationLagMs: Number(env.UNTAG_CANARY_WAIT) * 1000 })
  replaceEnvironment({ ...env, ...sandbox.env })

  // Named after the port, which is ours as long as this process listens, so that demos side by side keep apart.
  const dataFolder = join(root, '.cache', values.dev ? 'dev' : 'demo', String(port))
  if (!values.dev) rmSync(dataFolder, { recursive: true, force: true })
  console.log('A made-up company on an AWS endpoint of our own; your AWS credentials and settings are not used.')
  const pages = values.dev ? 'development' : 'stale'
  const environment = { port: firstPort, dataFolder, auditFolder: join(dataFolder, 'audit') }
  const { startConsole } = await withQuickDrizzle(() => import('./console.ts'))
  const running = await startConsole({ environment, server, port, pages })
  return {
    async stop() {
      await running.stop()
      sandbox.stop()
    },
  }
})

function replaceEnvironment(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name]
  Object.assign(process.env, env)
}
