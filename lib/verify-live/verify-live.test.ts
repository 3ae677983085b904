import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import { serviceOf } from '../resource.ts'
import type { PrincipalInput } from '../sandbox/principal-spec.ts'
import { administratorRole } from '../sandbox/seed/standard-principals.ts'
import type { ResetChange } from '../sandbox/settings.ts'
import { rules } from './rules.ts'
import type { Finding, Findings } from './verify.ts'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))
const account = '111122223333'
const region = 'eu-central-1'

let sandbox: Sandbox
let env: Record<string, string>

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.stop())
beforeEach(() => become({ role: administratorRole }))

/** A role that may use keys and that anybody of the account may assume. */
const keyUser: PrincipalInput = {
  type: 'role',
  name: 'key-user',
  policies: { Keys: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }] } },
  trustPolicy: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' }],
  },
}

async function become(whom: { role: string }, change: ResetChange = {}) {
  await sandbox.reset({ exactly: [], principals: [keyUser], authorizationLagMs: 0, ...change })
  const { accessKeyId, secretAccessKey, sessionToken = '' } = await sandbox.issueCredentials(whom)
  const credentials = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }
  env = { ...sandbox.env, ...credentials, AWS_SESSION_TOKEN: sessionToken }
}

// Of the environment nothing else gets through; compiled once, each process starts in a fraction of the time.
const { PATH, NODE_COMPILE_CACHE } = process.env

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [main, ...args], { env: { PATH, NODE_COMPILE_CACHE, NODE_ENV: 'test', ...env } })
}

async function run(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  return ended(start(...args))
}

async function ended(child: ChildProcess) {
  let [out, err] = ['', '']
  child.stdout?.on('data', (chunk) => (out += chunk))
  child.stderr?.on('data', (chunk) => (err += chunk))
  const [code] = await once(child, 'close')
  return { code, out, err }
}

const go = ['--create-throwaway-resources', '--region', region, '--wait-seconds', '0']
const assume = ['--assume-role', `arn:aws:iam::${account}:role/key-user`]

async function findingsOf(...args: string[]): Promise<Findings & { code: number | null }> {
  const { code, out } = await run(...go, '--json', ...args)
  return { code, ...JSON.parse(out) }
}
const named = ({ service, rule }: Pick<Finding, 'service' | 'rule'>) => `${service}: ${rule}`
const find = ({ findings }: Findings, text: string): Finding | undefined =>
  findings.find(({ rule }) => rule.includes(text))

async function expectAllScheduled(count: number) {
  const left = (await sandbox.resources()).filter(({ manager }) => manager !== 'AWS')
  expect(left.map(({ state }) => state)).toEqual(Array(count).fill('PendingDeletion'))
}

describe('nothing is created', () => {
  test.each([
    ['without the flag', [], 2, /add --create-throwaway-resources if/],
    ['with an option that is none', ['--fast'], 2, /Unknown option '--fast'/],
    ['with a role that is no ARN', [...go, '--assume-role', 'admin'], 2, /write a role’s ARN/],
    ['with a wait that is no number', [...go, '--wait-seconds', '-1'], 2, /wait-seconds/],
  ])('%s', async (_, args, code, sentence) => {
    const ended = await run(...args)
    expect(ended).toMatchObject({ code, out: '', err: expect.stringMatching(sentence) })
    expect(await sandbox.resources()).toEqual([])
  })

  test('without a Region', async () => {
    const { AWS_REGION: _, ...rest } = env
    env = rest
    expect(await run('--create-throwaway-resources')).toMatchObject({ code: 2, out: '' })
    expect(await sandbox.resources()).toEqual([])
  })
})

test('every rule holds in the sandbox, and both throwaways are scheduled for deletion', async () => {
  const found = await findingsOf(...assume)
  const all = rules.map(({ on, rule }) => [named({ service: serviceOf[on], rule }), 'held'])
  expect(found.findings.map((finding) => [named(finding), finding.state]).sort()).toEqual(all.sort())
  expect(found).toMatchObject({ code: 0, problems: [], made: [expect.any(String), expect.any(String)] })
  await expectAllScheduled(2)
})

test('a person reads first what it creates and costs, then each rule, then the count', async () => {
  const { code, out } = await run(...go)
  expect(code).toBe(0)
  expect(out).toMatch(/^As arn:aws:sts::111122223333:assumed-role\/\S+ of account 111122223333 at http:\S+ \(not AWS\)/)
  expect(out.indexOf('Cost: ')).toBeLessThan(out.indexOf('created arn:aws:kms:'))
  expect(out).toContain('needs a role of its own: name one with --assume-role')
  expect(out).toMatch(/\n\d+ rules: \d+ held, 1 not tested\.\n$/)
})

describe('what AWS does otherwise', () => {
  test('is told as not held, and the exit code says so', async () => {
    await become(
      { role: administratorRole },
      { denied: [{ action: 'kms:UntagResource', tagKeys: ['untag-verify-access'] }] },
    )
    const found = await findingsOf(...assume)
    expect(find(found, 'the access ends')).toMatchObject({
      state: 'didNotHold',
      saw: expect.stringContaining('refused'),
    })
    expect(found.code).toBe(1)
    await expectAllScheduled(2)
  })

  test('in the time that was waited is not yet a breach, when AWS names a longer one', async () => {
    await become({ role: administratorRole }, { authorizationLagMs: 3_600_000 })
    const found = await findingsOf(...assume)
    expect(find(found, 'the access ends')).toMatchObject({ state: 'notTested', saw: expect.stringContaining('300 s') })
    expect(found.code).toBe(0)
  })

  test('without an answer is told as failed', async () => {
    await sandbox.faults({ operation: 'kms:Encrypt', kind: 'html' })
    const found = await findingsOf()
    expect(find(found, 'dry run of Encrypt')).toMatchObject({ state: 'failed' })
    expect(found.code).toBe(1)
    await expectAllScheduled(2)
  })
})

describe('what the caller may not', () => {
  test('leaves a rule untested, with the missing permission', async () => {
    await become({ role: administratorRole }, { denied: [{ action: 'kms:Decrypt' }] })
    const found = await findingsOf()
    expect(find(found, 'dry run of Decrypt')).toMatchObject({
      state: 'notTested',
      saw: expect.stringContaining('the missing permission is kms:Decrypt'),
    })
    expect(found.code).toBe(0)
  })

  test('create is a problem; the other service is tried all the same', async () => {
    await become({ role: administratorRole }, { denied: [{ action: 'kms:CreateKey' }] })
    const found = await findingsOf()
    expect(found).toMatchObject({ code: 1, problems: [expect.stringContaining('kms:CreateKey')] })
    const states = (service: string) =>
      found.findings.filter((each) => each.service === service).map(({ state }) => state)
    expect(new Set(states('kms'))).toEqual(new Set(['notTested']))
    expect(new Set(states('secretsmanager'))).toEqual(new Set(['held']))
    await expectAllScheduled(1)
  })

  test('delete is told with the command that does it', async () => {
    await become({ role: administratorRole }, { denied: [{ action: 'kms:ScheduleKeyDeletion' }] })
    const found = await findingsOf()
    expect(found.code).toBe(1)
    expect(found.problems).toEqual([
      expect.stringMatching(/delete it yourself: aws kms schedule-key-deletion --region eu-central-1 --key-id arn:\S+/),
    ])
    expect((await sandbox.resources()).find(({ type }) => type === 'secret')?.state).toBe('PendingDeletion')
  })
})

test.each(['SIGINT', 'SIGTERM'] as const)('%s schedules the deletion of what is there, and ends', async (signal) => {
  await sandbox.settings({ latencyMs: 50 })
  const child = start(...go)
  const end = ended(child)
  await heard(child, /created \S+:secret:/)
  child.kill(signal)
  const { code, out } = await end
  expect(code).toBe(130)
  expect(out).toContain('Stopping; ')
  await expectAllScheduled(2)
})

test('closed output does not keep the deletion from being scheduled', async () => {
  await sandbox.settings({ latencyMs: 50 })
  const child = start(...go)
  const gone = once(child, 'exit')
  await heard(child, /created \S+:secret:/)
  child.stdout?.destroy()
  await gone
  await expectAllScheduled(2)
})

async function heard(child: ChildProcess, words: RegExp): Promise<void> {
  let text = ''
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      text += chunk
      if (words.test(text)) resolve()
    })
    child.once('exit', () => reject(new Error(`it ended before: ${text}`)))
  })
}
