import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))

// Of the environment nothing else gets through; compiled once, each process starts in a fraction of the time.
const { PATH, NODE_COMPILE_CACHE } = process.env

function start(env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [main], { env: { PATH, NODE_COMPILE_CACHE, NODE_ENV: 'test', ...env }, stdio: 'pipe' })
}

async function firstOutput(child: ChildProcess): Promise<string> {
  let text = ''
  for await (const chunk of child.stdout ?? []) {
    text += chunk
    if (/(sandbox ready|export) .*\n/.test(text)) return text
  }
  return text
}

async function ended(child: ChildProcess): Promise<{ code: number | null; errors: string }> {
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors += chunk
  })
  const [code] = await once(child, 'close')
  return { code, errors }
}

test.each([
  [{ UNTAG_SANDBOX_PORT: 'many' }, 'UNTAG_SANDBOX_PORT is `many`: write a whole number\n'],
  [{ UNTAG_SANDBOX_PORT: '70000' }, 'UNTAG_SANDBOX_PORT is `70000`: write a number from 0 to 65535\n'],
  [{ UNTAG_SANDBOX_RESOURCES: '-1' }, 'UNTAG_SANDBOX_RESOURCES is `-1`: write a whole number\n'],
  [{ UNTAG_SANDBOX_QUOTAS: 'yes' }, 'UNTAG_SANDBOX_QUOTAS is `yes`: write on or off\n'],
  [{ HOST: '0.0.0.0' }, 'HOST is `0.0.0.0`: the sandbox listens on this machine only: write 127.0.0.1\n'],
])('%o: one sentence and exit 1', async (env, sentence) => {
  expect(await ended(start(env))).toEqual({ code: 1, errors: sentence })
})

test('prints what to export', async () => {
  const child = start({ UNTAG_SANDBOX_PORT: '0' })
  const text = await firstOutput(child)
  expect(text).toMatch(
    /^AWS account 111122223333 answers at (http:\/\/127\.0\.0\.1:\d+)\. .*\nexport AWS_ACCESS_KEY_ID=ASIA\S+ AWS_SECRET_ACCESS_KEY=\S+ AWS_SESSION_TOKEN=\S+ AWS_REGION=eu-central-1 AWS_ENDPOINT_URL=\1\n$/,
  )
  const end = ended(child)
  child.kill('SIGINT')
  expect(await end).toEqual({ code: 0, errors: '' })
})

test('takes the next free port and says so', async () => {
  const occupant = createServer().listen(0, '127.0.0.1')
  await once(occupant, 'listening')
  const { port } = occupant.address() as AddressInfo
  const child = start({ UNTAG_SANDBOX_PORT: String(port) })
  expect(await firstOutput(child)).toMatch(new RegExp(`^Port ${port} is in use; taking \\d+ instead\\.\n`))
  const end = ended(child)
  child.kill('SIGTERM')
  expect(await end).toEqual({ code: 0, errors: '' })
  occupant.close()
})

test('as a child prints one line, and ends when its parent’s pipe closes', async () => {
  const child = start({ UNTAG_SANDBOX_PORT: '0', UNTAG_SANDBOX_PARENT: '1' })
  expect(await firstOutput(child)).toMatch(/^sandbox ready http:\/\/127\.0\.0\.1:\d+\n$/)
  const end = ended(child)
  child.stdin?.end()
  expect(await end).toEqual({ code: 0, errors: '' })
})
