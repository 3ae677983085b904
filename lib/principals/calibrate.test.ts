import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import type { AccountPrincipal, AccountResource } from '../access/account.ts'
import { withoutPace } from '../aws/testing.ts'
import type { Store } from '../store/store.ts'
import { openTestStore } from '../store/testing.ts'
import { calibrate } from './calibrate.ts'
import { operatorAmong } from './operator.ts'
import { allowing, keptPicture, operatorOn, policyOf, readPolicies, TEST_ACCOUNT } from './testing.ts'

withoutPace()

let sandbox: Sandbox
let store: Store

beforeAll(async () => {
  sandbox = await startSandbox()
  store = await openTestStore()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await store.close()
  await sandbox.stop()
})
beforeEach(() => sandbox.clearCalls())

type Change = Parameters<typeof keptPicture>[2]

/** The operator and the one resource of an account, as they were read, and the calibration of both. */
async function calibrated(
  change: Change,
  {
    whom,
    differently,
  }: { whom: { role: string; tags?: Record<string, string> }; differently?: () => Promise<unknown> },
) {
  const { picture, identity } = await keptPicture(sandbox, store, change, whom)
  const { aws } = await operatorOn(sandbox, whom)
  const [arn = ''] = (await sandbox.resources()).map((resource) => resource.arn)
  const reader = { aws, account: TEST_ACCOUNT }
  const policy = (await readPolicies(reader, [arn])).get(arn)?.policy
  const resource: AccountResource = {
    arn,
    type: arn.includes(':kms:') ? 'kms-key' : 'secret',
    tags: new Map(Object.entries(await sandbox.tagsOf(arn))),
    ...(policy && { policy }),
    removeTags: ['team'],
  }
  const operator = operatorAmong(picture.principals, identity)?.access as AccountPrincipal
  await sandbox.clearCalls()
  await differently?.()
  const report = await calibrate(reader, operator, [resource])
  const said = report.checks.map(({ action, engine, aws: told }) => [action.split(':')[1], engine, told])
  return { ...report, said }
}

const readable = ['kms:GetKeyPolicy', 'iam:GetAccountAuthorizationDetails', 'secretsmanager:GetResourcePolicy']
const key = { type: 'key', tags: { team: 'blue' } } as const
const secret = { type: 'secret', name: 'pay/db', tags: { team: 'blue' } } as const
const role = (...actions: string[]) =>
  ({
    principals: [{ type: 'role', name: 'op', policies: { Own: allowing([...readable, ...actions]) } }],
  }) satisfies Change
const whom = { role: 'op' }

test('the engine and AWS agree on a key, on what is allowed and what is not', async () => {
  const { said, disagreements } = await calibrated(
    { ...role('kms:DescribeKey', 'kms:Decrypt'), exactly: [key] },
    { whom },
  )
  expect(said).toEqual([
    ['DescribeKey', 'allow', 'allow'],
    ['ListResourceTags', 'deny', 'deny'],
    ['GetKeyPolicy', 'allow', 'allow'],
    ['ListGrants', 'deny', 'deny'],
    ['Encrypt', 'deny', 'deny'],
    ['Decrypt', 'allow', 'allow'],
    ['GenerateDataKey', 'deny', 'deny'],
  ])
  expect(disagreements).toEqual([])
})

test('on a secret, too; nothing is used and no value is read', async () => {
  const asked = role('secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue')
  const { said } = await calibrated({ ...asked, exactly: [secret] }, { whom })
  expect(said).toEqual([
    ['DescribeSecret', 'allow', 'allow'],
    ['GetResourcePolicy', 'allow', 'allow'],
    ['ListSecretVersionIds', 'deny', 'deny'],
  ])
  const calls = (await sandbox.calls()).map(({ operation }) => operation)
  expect(calls).not.toContain('secretsmanager:GetSecretValue')
})

test('cryptography is never carried out', async () => {
  await calibrated({ ...role('kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'), exactly: [key] }, { whom })
  const outcomes = (await sandbox.calls())
    .filter(({ operation }) => /Encrypt|Decrypt|GenerateDataKey/.test(operation))
    .map(({ outcome }) => outcome)
  expect(outcomes).toEqual(Array(3).fill('DryRunOperationException'))
})

test('a layer that nobody read shows as a disagreement', async () => {
  const denied = () => sandbox.settings({ denied: [{ action: 'kms:Decrypt', layer: 'serviceControlPolicy' }] })
  const change = { ...role('kms:Decrypt', 'kms:DescribeKey'), exactly: [key] }
  const { disagreements } = await calibrated(change, { whom, differently: denied })
  expect(disagreements).toEqual([
    {
      resource: expect.stringContaining(':key/'),
      action: 'kms:Decrypt',
      engine: 'allow',
      aws: 'deny',
      problem: { code: 'denied', message: expect.stringContaining('service control policy') },
    },
  ])
})

test('what the engine rules out and AWS does is a disagreement', async () => {
  // Its tag was there when the picture was made, and is gone since.
  const byTag = policyOf({
    Effect: 'Allow',
    Action: 'kms:DescribeKey',
    Resource: '*',
    Condition: { Null: { 'aws:ResourceTag/team': 'true' } },
  })
  const principals = [{ type: 'role' as const, name: 'op', policies: { Read: allowing(readable), Own: byTag } }]
  const gone = async () => {
    const [{ arn = '' } = {}] = await sandbox.resources()
    await sandbox.deleteTag(arn, 'team')
  }
  const change = { principals, exactly: [key], authorizationLagMs: 0 }
  const { disagreements } = await calibrated(change, { whom, differently: gone })
  expect(disagreements).toMatchObject([{ action: 'kms:DescribeKey', engine: 'deny', aws: 'allow', problem: null }])
})

test('what hangs on context never disagrees', async () => {
  const byAddress = policyOf({
    Effect: 'Allow',
    Action: 'kms:DescribeKey',
    Resource: '*',
    Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
  })
  const principals = [{ type: 'role' as const, name: 'op', policies: { Read: allowing(readable), Own: byAddress } }]
  const { checks, disagreements } = await calibrated({ principals, exactly: [key] }, { whom })
  expect(checks[0]).toMatchObject({ action: 'kms:DescribeKey', engine: 'depends', aws: 'deny' })
  expect(disagreements).toEqual([])
})

test('an answer that is neither yes nor no is none: a key in the wrong state, a service that fails', async () => {
  const change = { ...role('kms:*'), exactly: [{ ...key, state: 'Disabled' as const }] }
  const { checks, disagreements } = await calibrated(change, {
    whom,
    differently: () => sandbox.faults({ kind: 'serverError', operation: 'kms:ListGrants' }),
  })
  const unknown = checks.filter(({ aws }) => aws === 'unknown').map(({ action, problem }) => [action, problem?.code])
  expect(unknown).toEqual([
    ['kms:ListGrants', 'serviceError'],
    ['kms:Encrypt', 'refusedByService'],
    ['kms:Decrypt', 'refusedByService'],
    ['kms:GenerateDataKey', 'refusedByService'],
  ])
  expect(disagreements).toEqual([])
})
