import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import { minimalPolicy } from '../minimal-policies.ts'
import type { NeedId } from '../needed-actions.ts'
import type { ResetChange } from '../sandbox/settings.ts'
import { administrator } from '../sandbox/testing.ts'
import { type AccessReport, checkAccess } from './check-access.ts'
import { operatorOn, TEST_ACCOUNT } from './testing.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await sandbox.stop()
})

const exactly: NonNullable<ResetChange['exactly']> = [
  { type: 'key', manager: 'AWS', alias: 'alias/aws/s3' },
  { type: 'key', alias: 'alias/pay' },
  { type: 'secret', name: 'rds!db', owningService: 'rds' },
  { type: 'secret', name: 'pay/db' },
]

async function reportOf(whom: Parameters<typeof operatorOn>[1], change: ResetChange = {}, region?: string) {
  await sandbox.reset({ exactly, organization: null, ...change })
  return checkAccess(await operatorOn(sandbox, whom), region)
}

const named = (purpose: 'browse' | 'remove' | 'analyse') =>
  JSON.parse(minimalPolicy(purpose, { account: TEST_ACCOUNT, partition: 'aws' }))
const stateOf = ({ checks }: AccessReport, need: NeedId) => checks.find((check) => check.need === need)
const needsThat = ({ checks }: AccessReport, state: string) =>
  checks.filter((check) => check.state === state).map(({ need }) => need)

const changes: NeedId[] = ['untagKey', 'tagKey', 'untagSecret', 'tagSecret']

test('who may everything sees that all works; what changes something is not tried', async () => {
  const report = await reportOf(administrator)
  expect(needsThat(report, 'denied').concat(needsThat(report, 'failed'))).toEqual([])
  expect(needsThat(report, 'notTried').sort()).toEqual([...changes, 'controlPolicies'].sort())
  expect(stateOf(report, 'controlPolicies')?.note).toBe('the account is in no organization')
  expect(report).toMatchObject({ region: 'eu-central-1', keyArn: expect.stringContaining(':key/') })
  expect(report.secretArn).toContain(':secret:pay/db-')
  const made = await sandbox.calls()
  expect(made.filter(({ operation }) => /Tag(Resource)?$|Untag|Put|Create|Delete/.test(operation))).toEqual([])
})

test('the minimal policies are enough for what they promise, and for nothing else', async () => {
  const role = (name: string, ...purposes: ('browse' | 'remove' | 'analyse')[]) => ({
    type: 'role' as const,
    name,
    policies: Object.fromEntries(purposes.map((purpose) => [purpose, named(purpose)])),
  })
  const principals = [role('browser', 'browse'), role('analyst', 'browse', 'analyse')]
  const analyst = await reportOf({ role: 'analyst' }, { principals })
  expect(needsThat(analyst, 'denied').concat(needsThat(analyst, 'failed'))).toEqual([])
  const browser = await reportOf({ role: 'browser' }, { principals })
  expect(needsThat(browser, 'works').sort()).toEqual(
    [
      'listRegions',
      'listKeys',
      'listAliases',
      'describeKey',
      'listKeyTags',
      'rotation',
      'listSecrets',
      'describeSecret',
    ].sort(),
  )
  expect(stateOf(browser, 'everybody')).toMatchObject({
    state: 'denied',
    note: expect.stringContaining('the missing permission is iam:GetAccountAuthorizationDetails'),
  })
})

test('a user’s own policies are read by the user’s calls', async () => {
  const principals = [{ type: 'user' as const, name: 'eve', policies: { Analyse: named('analyse') } }]
  const report = await reportOf({ user: 'eve' }, { principals })
  expect(needsThat(report, 'works')).toEqual(expect.arrayContaining(['yourself', 'simulate', 'everybody']))
})

test('an organization that keeps its policies closed is told, with the call that was refused', async () => {
  const report = await reportOf(administrator, { organization: { managementAccountId: '999988887777' } })
  expect(stateOf(report, 'organization')?.state).toBe('works')
  expect(stateOf(report, 'controlPolicies')).toMatchObject({
    state: 'denied',
    note: expect.stringContaining('organizations:ListParents'),
  })
})

test('a Region without keys and secrets leaves untried what needs one', async () => {
  const report = await reportOf(administrator, {}, 'us-east-1')
  expect(report).toMatchObject({ region: 'us-east-1', keyArn: null, secretArn: null })
  expect(stateOf(report, 'keyPolicy')).toEqual({
    need: 'keyPolicy',
    state: 'notTried',
    note: 'no key of your own is known in us-east-1 to try it on',
  })
  expect(stateOf(report, 'listKeys')?.state).toBe('works')
})

test('a key that cannot rotate is no denial, and what fails is told as such', async () => {
  const rsa = [{ type: 'key' as const, keySpec: 'RSA_2048' as const }]
  await sandbox.reset({ exactly: rsa, organization: null })
  await sandbox.faults({ operation: 'kms:ListGrants', kind: 'html' })
  const report = await checkAccess(await operatorOn(sandbox))
  expect(stateOf(report, 'rotation')?.state).toBe('works')
  expect(stateOf(report, 'grants')).toMatchObject({ state: 'failed', note: expect.stringContaining('kms:ListGrants') })
})

test('credentials that ended are no answer', async () => {
  await sandbox.reset({ exactly })
  const operator = await operatorOn(sandbox)
  await sandbox.expireCredentials()
  await expect(checkAccess(operator)).rejects.toMatchObject({ code: 'credentialsExpired' })
})
