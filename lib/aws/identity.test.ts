import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import { openAws } from './clients.ts'
import { currentIdentity, readIdentity } from './identity.ts'

let sandbox: Sandbox
let home: string
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.stop())
beforeEach(async () => {
  await sandbox.reset()
  home = mkdtempSync(join(tmpdir(), 'untag-home-'))
  for (const [name, value] of Object.entries(sandbox.env)) vi.stubEnv(name, value)
  vi.stubEnv('HOME', home)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true })
})

const noKeysInEnvironment = () => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) vi.stubEnv(name, undefined)
}
/** Writes ~/.aws/config or ~/.aws/credentials and lets the SDK look there. */
function write(file: 'config' | 'credentials', text: string) {
  const path = join(home, file)
  writeFileSync(path, text)
  vi.stubEnv(file === 'config' ? 'AWS_CONFIG_FILE' : 'AWS_SHARED_CREDENTIALS_FILE', path)
}
async function profileOf(user: string) {
  const { accessKeyId, secretAccessKey } = await sandbox.issueCredentials({ user })
  return `[work]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`
}

describe('who AWS says we are', () => {
  test('a session of a role: its unique id does not hang on the session', async () => {
    const identity = await readIdentity(openAws())
    expect(identity).toMatchObject({
      account: '111122223333',
      kind: 'role',
      name: 'TagOperator',
      session: 'ada',
      partition: 'aws',
      endpoint: sandbox.url,
      profile: null,
    })
    expect(identity.uniqueId).toMatch(/^AROA[A-Z0-9]+$/)
    expect(identity.scope).toBe(`111122223333:${identity.uniqueId}`)
  })

  test('a user, through a profile', async () => {
    noKeysInEnvironment()
    write('credentials', await profileOf('grace'))
    vi.stubEnv('AWS_PROFILE', 'work')
    const identity = await readIdentity(openAws())
    expect(identity).toMatchObject({ kind: 'user', name: 'grace', session: null, profile: 'work' })
    expect(identity.uniqueId).toMatch(/^AIDA/)
  })

  test('Region and endpoint of the profile count', async () => {
    noKeysInEnvironment()
    vi.stubEnv('AWS_ENDPOINT_URL', undefined)
    vi.stubEnv('AWS_REGION', undefined)
    write('credentials', await profileOf('grace'))
    write('config', `[profile work]\nregion = eu-west-3\nendpoint_url = ${sandbox.url}\n`)
    vi.stubEnv('AWS_PROFILE', 'work')
    const aws = openAws()
    expect(await readIdentity(aws)).toMatchObject({ endpoint: sandbox.url })
    expect(await aws.defaultRegion()).toBe('eu-west-3')
    expect((await sandbox.calls()).map(({ region }) => region)).toEqual(['eu-west-3'])
  })

  test('an endpoint for one service only is told as well', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', undefined)
    expect(await openAws().endpoint()).toBeNull()
    vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', sandbox.url)
    expect(await openAws().endpoint()).toBe(sandbox.url)
  })
})

describe('credentials that are no good: which, and what mends them', () => {
  test('none', async () => {
    noKeysInEnvironment()
    const message = expect.stringContaining('aws configure sso')
    await expect(readIdentity(openAws())).rejects.toMatchObject({ code: 'credentialsMissing', message })
  })

  test('a profile that is not there', async () => {
    noKeysInEnvironment()
    vi.stubEnv('AWS_PROFILE', 'nowhere')
    const message = expect.stringContaining('aws configure --profile nowhere')
    await expect(readIdentity(openAws())).rejects.toMatchObject({ code: 'credentialsMissing', message })
  })

  test('expired, out of the environment', async () => {
    await sandbox.expireCredentials()
    const message = expect.stringContaining('AWS_ACCESS_KEY_ID')
    await expect(readIdentity(openAws())).rejects.toMatchObject({ code: 'credentialsExpired', message })
  })

  test('unknown to AWS, out of a profile', async () => {
    noKeysInEnvironment()
    write('credentials', '[work]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = x\n')
    vi.stubEnv('AWS_PROFILE', 'work')
    const message = expect.stringContaining('`aws configure --profile work`')
    await expect(readIdentity(openAws())).rejects.toMatchObject({ code: 'credentialsInvalid', message })
  })

  test('a wrong secret key', async () => {
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'wrong')
    await expect(readIdentity(openAws())).rejects.toMatchObject({ code: 'credentialsInvalid' })
  })

  test.each([
    { session: 'none yet', token: undefined },
    { session: 'expired', token: { accessToken: 'x', expiresAt: '2020-01-01T00:00:00Z' } },
  ])('single sign-on, session $session', async ({ token }) => {
    noKeysInEnvironment()
    const sso = 'sso_start_url = https://example.awsapps.com/start\nsso_region = eu-central-1\n'
    write('config', `[profile work]\nsso_account_id = 111122223333\nsso_role_name = R\n${sso}`)
    vi.stubEnv('AWS_PROFILE', 'work')
    if (token) {
      mkdirSync(join(home, '.aws/sso/cache'), { recursive: true })
      // The file's name is the SHA-1 of the start URL.
      writeFileSync(join(home, '.aws/sso/cache/e8be5486177c5b5392bd9aa76563515b29358e6e.json'), JSON.stringify(token))
    }
    const message = expect.stringContaining('`aws sso login --profile work`')
    await expect(readIdentity(openAws())).rejects.toMatchObject({ code: 'credentialsExpired', message })
  })

  test.each([
    { kind: 'html', code: 'notAws' },
    { kind: 'reset', code: 'unreachable' },
  ] as const)('no fault of the credentials: $kind', async ({ kind, code }) => {
    await sandbox.faults({ operation: 'sts:GetCallerIdentity', kind })
    await expect(readIdentity(openAws())).rejects.toMatchObject({ code })
  })
})

describe('renewed credentials are seen without a restart', () => {
  test('refused ones are read anew from the file before that is said', async () => {
    noKeysInEnvironment()
    const session = await sandbox.issueCredentials({ role: 'TagOperator' })
    write(
      'credentials',
      `[work]\naws_access_key_id = ${session.accessKeyId}\naws_secret_access_key = ${session.secretAccessKey}\naws_session_token = ${session.sessionToken}\n`,
    )
    vi.stubEnv('AWS_PROFILE', 'work')
    const aws = openAws()
    expect(await readIdentity(aws)).toMatchObject({ kind: 'role' })
    await sandbox.expireCredentials()
    write('credentials', await profileOf('grace'))
    expect(await readIdentity(aws)).toMatchObject({ kind: 'user', name: 'grace' })
  })

  test('good ones are kept until they are forgotten', async () => {
    noKeysInEnvironment()
    write('credentials', await profileOf('grace'))
    vi.stubEnv('AWS_PROFILE', 'work')
    const aws = openAws()
    expect(await readIdentity(aws)).toMatchObject({ name: 'grace' })
    write('credentials', await profileOf('ci-deploy'))
    expect(await readIdentity(aws)).toMatchObject({ name: 'grace' })
    aws.forget()
    expect(await readIdentity(aws)).toMatchObject({ name: 'ci-deploy' })
  })

  test('a Region that is configured meanwhile', async () => {
    vi.stubEnv('AWS_REGION', undefined)
    const aws = openAws()
    expect(await aws.defaultRegion()).toBeNull()
    write('config', '[default]\nregion = eu-west-3\n')
    aws.forget()
    expect(await aws.defaultRegion()).toBe('eu-west-3')
  })

  test('an answer is kept for a while, a failure never', async () => {
    const aws = openAws()
    await sandbox.expireCredentials()
    await expect(currentIdentity(aws)).rejects.toMatchObject({ code: 'credentialsExpired' })
    await sandbox.renewCredentials()
    const before = (await sandbox.calls({ outcome: 'OK' })).length
    const identities = await Promise.all([currentIdentity(aws), currentIdentity(aws), currentIdentity(aws)])
    expect(new Set(identities.map(({ scope }) => scope)).size).toBe(1)
    expect((await sandbox.calls({ outcome: 'OK' })).length - before).toBe(1)
  })
})
