import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import { withoutPace } from '../aws/testing.ts'
import type { ResetChange } from '../sandbox/settings.ts'
import { administrator } from '../sandbox/testing.ts'
import { readControlPolicies } from './read-control-policies.ts'
import { allowing, operatorOn, policyOf, TEST_ACCOUNT } from './testing.ts'

withoutPace()

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await sandbox.stop()
})

const managementAccountId = '999988887777'
const ofManagement = { ...administrator, accountId: managementAccountId }
const open = allowing('*')
const deny = policyOf({ Sid: 'NoUntag', Effect: 'Deny', Action: 'kms:UntagResource', Resource: '*' })
const rcp = policyOf({ Sid: 'Ours', Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' })
const text = JSON.stringify

async function world(change: ResetChange = {}) {
  const organization = { managementAccountId, scps: [[open], [open, deny], [open]], rcps: [[], [rcp]] }
  await sandbox.reset({ exactly: [], organization, ...change })
}

async function readAs(whom?: Parameters<Sandbox['issueCredentials']>[0], account = TEST_ACCOUNT) {
  const { aws } = await operatorOn(sandbox, whom)
  return readControlPolicies({ aws, account })
}

describe('who may look reads', () => {
  test('the policies of the root, each OU and the account, in this order', async () => {
    await world()
    const { scps, rcps } = await readAs(ofManagement)
    expect(scps).toEqual({
      state: 'read',
      levels: [
        { target: expect.stringMatching(/^r-/), policies: [{ name: 'scp-level-0-1', text: text(open) }] },
        {
          target: expect.stringMatching(/^ou-/),
          policies: [
            { name: 'scp-level-1-1', text: text(open) },
            { name: 'scp-level-1-2', text: text(deny) },
          ],
        },
        { target: TEST_ACCOUNT, policies: [{ name: 'scp-level-2-1', text: text(open) }] },
      ],
    })
    const names = rcps.state === 'read' && rcps.levels.map(({ policies }) => policies.map(({ name }) => name))
    expect(names).toEqual([['RCPFullAWSAccess'], ['RCPFullAWSAccess', 'rcp-level-1-1'], ['RCPFullAWSAccess']])
  })

  test('a policy that hangs on every level once', async () => {
    await world()
    await sandbox.clearCalls()
    await readAs(ofManagement)
    // Four SCPs, one RCP, and the RCP of AWS on all three levels.
    expect(await sandbox.calls({ operation: 'organizations:DescribePolicy' })).toHaveLength(6)
  })

  test('the one type that may be listed, when the other is refused', async () => {
    await world()
    // Six of twelve listings and descriptions of SCPs pass, then nothing more.
    await sandbox.faults({ operation: 'organizations:ListPoliciesForTarget', kind: 'denied', afterCalls: 3 })
    const { scps, rcps } = await readAs(ofManagement)
    expect(scps.state).toBe('read')
    expect(rcps).toMatchObject({ state: 'unread', problem: { code: 'denied' } })
  })
})

describe('nothing binds', () => {
  test('an account in no organization', async () => {
    await world({ organization: null })
    const none = { state: 'none', why: 'noOrganization' }
    expect(await readAs()).toEqual({ scps: none, rcps: none })
  })

  test('the management account', async () => {
    await world()
    const none = { state: 'none', why: 'managementAccount' }
    expect(await readAs(ofManagement, managementAccountId)).toEqual({ scps: none, rcps: none })
  })
})

describe('closed', () => {
  test('to a member account, with AWS’s answer', async () => {
    await world()
    const unread = {
      state: 'unread',
      problem: { code: 'denied', message: expect.stringContaining('organizations:ListParents') },
    }
    expect(await readAs()).toEqual({ scps: unread, rcps: unread })
  })

  test('to whom not even the organization is told', async () => {
    await world({ principals: [{ type: 'role', name: 'app' }] })
    const problem = { code: 'denied', message: expect.stringContaining('organizations:DescribeOrganization') }
    expect((await readAs({ role: 'app' })).scps).toEqual({ state: 'unread', problem })
  })
})
