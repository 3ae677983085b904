import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { devNull } from 'node:os'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { CallFilter, CallRecord } from '#lib/sandbox/calls.ts'
import type { ResetReport } from '#lib/sandbox/control/control.ts'
import type { ClientCredentials, IssueRequest } from '#lib/sandbox/control/credentials.ts'
import type { ResourceChange, ResourceView } from '#lib/sandbox/control/resources.ts'
import type { FaultRule } from '#lib/sandbox/faults.ts'
import type { HoldEnd, HoldRule, HoldView } from '#lib/sandbox/holds.ts'
import type { ResetChange, RuntimeChange, RuntimeSettings } from '#lib/sandbox/settings.ts'

export interface Sandbox extends AsyncDisposable {
  readonly url: string
  /** The demo's session, role TagOperator as `ada`: good until it is expired or the sandbox is reset. */
  readonly credentials: ClientCredentials
  /** What a child process needs to take the sandbox for AWS: credentials, Region, endpoint, and no profile. */
  readonly env: Readonly<Record<string, string>>
  /** New settings and new data, principals and organization; all that was before (faults, log, credentials) is gone. */
  reset(settings?: ResetChange): Promise<ResetReport>
  settings(change: RuntimeChange): Promise<RuntimeSettings>
  /** Replaces the faults; none given, none left. */
  faults(...rules: FaultRule[]): Promise<(FaultRule & { struck: number })[]>
  /** Holds the first call that is meant, until it is released. */
  hold(rule: HoldRule): Promise<HoldView>
  /** Whether the hold has taken a call. */
  held(id: number): Promise<HoldView>
  release(id: number, how?: HoldEnd['how']): Promise<void>
  /** Answers once everything that was sent before has been read, by a process that has died since, too. */
  comeLast(): Promise<void>
  /** The log of calls, oldest first. */
  calls(filter?: CallFilter): Promise<CallRecord[]>
  clearCalls(): Promise<void>
  resources(): Promise<ResourceView[]>
  tagsOf(arn: string): Promise<Readonly<Record<string, string>>>
  putTag(arn: string, key: string, value: string): Promise<void>
  deleteTag(arn: string, key: string): Promise<void>
  setState(arn: string, state: Extract<ResourceChange, { do: 'setState' }>['state']): Promise<void>
  deleteResource(arn: string): Promise<void>
  /** Ends all sessions' tokens. */
  expireCredentials(): Promise<void>
  renewCredentials(): Promise<void>
  /** For a session of a role (with session tags and policies), a user, or the root user of any account. */
  issueCredentials(whom: IssueRequest): Promise<ClientCredentials>
  /** Ends the process; answers when it is gone. */
  stop(): Promise<void>
}

const main = fileURLToPath(new URL('../../lib/sandbox/main.ts', import.meta.url))

// The demo's session as the sandbox has it at every start: AWS's documented example values.
const credentials: Required<ClientCredentials> = {
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  sessionToken: 'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQW',
}

/** Starts a sandbox of its own on a free port. It ends with the process that started it, however that one ends. */
export async function startSandbox(settings?: ResetChange): Promise<Sandbox> {
  const child = spawn(process.execPath, [main], {
    env: { ...withoutSettings(process.env), UNTAG_SANDBOX_PORT: '0', UNTAG_SANDBOX_PARENT: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const url = await readUrl(child)
  const sandbox = connect(url, child)
  if (settings) await sandbox.reset(settings)
  return sandbox
}

/** The developer's own settings must not leak in. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { HOST: _, ...rest } = environment
  return Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith('UNTAG_'))) as NodeJS.ProcessEnv
}

async function readUrl(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the sandbox has no output')
  for await (const line of createInterface({ input: child.stdout })) {
    const [, url] = /^sandbox ready (\S+)$/.exec(line) ?? []
    if (url) return url
  }
  throw new Error('the sandbox ended before it was ready')
}

function connect(url: string, child: ChildProcess): Sandbox {
  const change = (body: ResourceChange) => post<void>(url, 'resource', body)
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exit = once(child, 'exit')
    child.kill('SIGTERM')
    await exit
  }
  return {
    url,
    credentials,
    env: environmentFor(url),
    reset: (settings = {}) => post(url, 'reset', settings),
    settings: (settings) => post(url, 'settings', settings),
    faults: (...rules) => post(url, 'faults', rules),
    hold: (rule) => post(url, 'hold', rule),
    held: (id) => ask(url, `hold?id=${id}`),
    release: (id, how = 'go') => post(url, 'release', { id, how }),
    comeLast: () => comeLast(url),
    calls: (filter = {}) => ask(url, `calls?${new URLSearchParams(filter)}`),
    clearCalls: () => ask(url, 'calls', { method: 'DELETE' }),
    resources: () => ask(url, 'resources'),
    tagsOf: async (arn) => (await ask<ResourceView>(url, `resource?${new URLSearchParams({ arn })}`)).tags,
    putTag: (arn, key, value) => change({ do: 'putTag', arn, key, value }),
    deleteTag: (arn, key) => change({ do: 'deleteTag', arn, key }),
    setState: (arn, state) => change({ do: 'setState', arn, state }),
    deleteResource: (arn) => change({ do: 'delete', arn }),
    expireCredentials: () => post(url, 'credentials', { do: 'expire' }),
    renewCredentials: () => post(url, 'credentials', { do: 'renew' }),
    issueCredentials: (whom) => post(url, 'credentials', { do: 'issue', ...whom }),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

function environmentFor(url: string): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_REGION: 'eu-central-1',
    AWS_ENDPOINT_URL: url,
    // The operator's own profiles must not leak into a run on the sandbox.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
  }
}

/** Connections are accepted in their order, so what comes by a new one comes after what was sent by others. */
async function comeLast(url: string): Promise<void> {
  const [answer] = await once(get(`${url}/_sandbox/faults`, { agent: false }), 'response')
  await once(answer.resume(), 'end')
}

function post<Answer>(url: string, path: string, body: unknown): Promise<Answer> {
  return ask(url, path, { method: 'POST', body: JSON.stringify(body) })
}

async function ask<Answer>(url: string, path: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(`${url}/_sandbox/${path}`, init)
  const answer = await response.json()
  if (!response.ok) throw new Error(`the sandbox refused ${path}: ${answer.message}`)
  return answer
}
