import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { root } from './next.ts'

export interface SandboxProcess {
  /** What makes every AWS tool talk to it, as the role that the demo's company gave its operator. */
  env: Record<
    'AWS_ENDPOINT_URL' | 'AWS_REGION' | 'AWS_ACCESS_KEY_ID' | 'AWS_SECRET_ACCESS_KEY' | 'AWS_SESSION_TOKEN',
    string
  >
  stop(): void
}

const issuedCredentials = z.object({ accessKeyId: z.string(), secretAccessKey: z.string(), sessionToken: z.string() })
const credentialsSeconds = 30 * 24 * 60 * 60

/**
 * Starts the sandbox on any free port. It stands in a process group of its own, so that Ctrl-C reaches this process alone
 * and a removal can finish the call that it is in; it ends when its standard input does, which also kill -9 closes.
 * `authorizationLagMs`: how long KMS takes to follow a changed tag.
 */
export async function startSandboxProcess(
  env: NodeJS.ProcessEnv,
  settings: { authorizationLagMs: number },
): Promise<SandboxProcess> {
  const child = spawn(process.execPath, ['lib/sandbox/main.ts'], {
    cwd: root,
    env: { ...env, HOST: '127.0.0.1', UNTAG_SANDBOX_PORT: '0', UNTAG_SANDBOX_PARENT: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  const url = await readyUrl(child)
  await fetch(`${url}/_sandbox/settings`, { method: 'POST', body: JSON.stringify(settings) })
  const { accessKeyId, secretAccessKey, sessionToken } = await issueCredentials(url)
  return {
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    },
    stop: () => child.stdin.end(),
  }
}

async function issueCredentials(url: string) {
  const wanted = { do: 'issue', role: 'TagOperator', sessionName: 'ada', durationSeconds: credentialsSeconds }
  const answer = await fetch(`${url}/_sandbox/credentials`, { method: 'POST', body: JSON.stringify(wanted) })
  return issuedCredentials.parse(await answer.json())
}

async function readyUrl(child: ChildProcess & { stdout: NodeJS.ReadableStream }): Promise<string> {
  for await (const line of createInterface({ input: child.stdout })) {
    const [, url] = /^sandbox ready (\S+)/.exec(line) ?? []
    if (url) return url
    console.log(line)
  }
  throw new Error('the sandbox did not start')
}
