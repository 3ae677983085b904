import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import type { AccountPrincipal, AccountResource } from '../access/account.ts'
import { withoutPace } from '../aws/testing.ts'
import type { ResetChange } from '../sandbox/settings.ts'
import type { Store } from '../store/store.ts'
import { openTestStore } from '../store/testing.ts'
import { operatorAmong } from './operator.ts'
import { isOwnSideUnread } from './simulated-actions.ts'
import {
  allowing,
  keptPicture,
  operatorOn,
  policyOf,
  readPolicies,
  type SimulatedAccess,
  simulatedOperator,
  TEST_ACCOUNT,
} from './testing.ts'

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

const closed = [
  'iam:GetAccountAuthorizationDetails',
  'iam:GetRole',
  'iam:ListRolePolicies',
  'iam:ListAttachedRolePolicies',
].map((action) => ({ action }))
const needed = allowing(['iam:SimulatePrincipalPolicy', 'kms:GetKeyPolicy', 'secretsmanager:GetResourcePolicy'])
const whom = { role: 'op' }

interface Given {
  policy?: object
  boundary?: ReturnType<typeof policyOf>
  path?: string
  resources?: ResetChange['exactly']
  removeTags?: string[]
  world?: ResetChange
}

/** What the simulator and the engine say of an operator whose IAM is closed to it. */
async function simulated(given: Given) {
  const { aws, operator, resources } = await closedAccount(given)
  return simulatedOperator({ aws, account: TEST_ACCOUNT }, operator, resources)
}

async function closedAccount({ policy, boundary, path, resources = [key], removeTags = ['team'], world }: Given) {
  const op = { type: 'role', name: 'op', policies: { Needed: needed, ...(policy && { Own: policy }) } } as const
  const principals = [{ ...op, ...(boundary && { boundary }), ...(path && { path }) }]
  const change = { principals, exactly: resources, denied: closed, ...world } as ResetChange
  const { picture, identity } = await keptPicture(sandbox, store, change, whom)
  expect(picture.reach).toBe('closed')
  const { aws } = await operatorOn(sandbox, whom)
  const arns = (await sandbox.resources()).map(({ arn }) => arn)
  const policies = await readPolicies({ aws, account: TEST_ACCOUNT }, arns)
  const read = arns.map(async (arn): Promise<AccountResource> => {
    const own = policies.get(arn)?.policy
    const tags = new Map(Object.entries(await sandbox.tagsOf(arn)))
    return { arn, type: arn.includes(':kms:') ? 'kms-key' : 'secret', tags, removeTags, ...(own && { policy: own }) }
  })
  const operator = operatorAmong(picture.principals, identity)?.access as AccountPrincipal
  return { aws, operator, resources: await Promise.all(read) }
}

const key = { type: 'key', tags: { team: 'blue' } } as const
const secret = { type: 'secret', name: 'pay/db', tags: { team: 'blue' } } as const
const byTag = (Action: string, rest: object = {}) =>
  policyOf({
    Effect: 'Allow',
    Action,
    Resource: '*',
    Condition: { StringEquals: { 'aws:ResourceTag/team': 'blue' }, ...rest },
  })
const principal = { AWS: `arn:aws:iam::${TEST_ACCOUNT}:role/op` }

const told = ({ verdicts }: SimulatedAccess, action: string) => {
  const found = verdicts.filter((verdict) => verdict.action === action)
  return found.map(({ before, after, effect }) => [before, after, ...effect])
}

test('an Allow that hangs on the tag is lost, what does not is kept', async () => {
  const policy = policyOf(...byTag('kms:Decrypt').Statement, ...allowing('kms:DescribeKey').Statement)
  const access = await simulated({ policy })
  expect(access.problem).toBeNull()
  expect(told(access, 'kms:Decrypt')).toEqual([['allow', 'deny', 'loss']])
  expect(told(access, 'kms:DescribeKey')).toEqual([['allow', 'allow']])
  expect(told(access, 'kms:Encrypt')).toEqual([['deny', 'deny']])
  expect(new Set(access.verdicts.map(({ reason }) => reason))).toEqual(new Set(['from iam:SimulatePrincipalPolicy']))
})

test('a Deny that hangs on the tag is lifted, and that is a gain', async () => {
  const deny = {
    Effect: 'Deny',
    Action: 'kms:Decrypt',
    Resource: '*',
    Condition: { Null: { 'aws:ResourceTag/team': 'false' } },
  }
  const access = await simulated({ policy: policyOf(...allowing('kms:*').Statement, deny) })
  expect(told(access, 'kms:Decrypt')).toEqual([['deny', 'allow', 'gain']])
})

test('the key policy decides as well: without its delegation nothing is lost', async () => {
  const policy = policyOf({ Effect: 'Allow', Principal: principal, Action: ['kms:GetKeyPolicy'], Resource: '*' })
  const access = await simulated({ policy: byTag('kms:Decrypt'), resources: [{ ...key, policy }] })
  expect(told(access, 'kms:Decrypt')).toEqual([['deny', 'deny']])
  expect(told(access, 'kms:GetKeyPolicy')).toEqual([['allow', 'allow']])
})

test('a secret’s own policy takes and gives by the tag, under either name of it', async () => {
  const own = policyOf({
    Effect: 'Allow',
    Principal: principal,
    Action: 'secretsmanager:GetSecretValue',
    Resource: '*',
    Condition: { StringEquals: { 'secretsmanager:ResourceTag/team': 'blue' } },
  })
  const policy = policyOf({
    Effect: 'Allow',
    Action: 'secretsmanager:DescribeSecret',
    Resource: '*',
    Condition: { StringEquals: { 'secretsmanager:ResourceTag/team': 'blue' } },
  })
  const access = await simulated({ policy, resources: [{ ...secret, policy: own }] })
  expect(told(access, 'secretsmanager:GetSecretValue')).toEqual([['allow', 'deny', 'loss']])
  expect(told(access, 'secretsmanager:DescribeSecret')).toEqual([['allow', 'deny', 'loss']])
})

test('the tag keys of the untag call are known', async () => {
  const policy = policyOf({
    Effect: 'Allow',
    Action: 'kms:UntagResource',
    Resource: '*',
    Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } },
  })
  expect(told(await simulated({ policy }), 'kms:UntagResource')).toEqual([['allow', 'allow']])
  const other = { policy, resources: [{ ...key, tags: { cost: '1' } }], removeTags: ['cost'] }
  expect(told(await simulated(other), 'kms:UntagResource')).toEqual([['deny', 'deny']])
})

test('context that nobody knows: unknown where the tag is read along with it, and no change where it is not', async () => {
  const address = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }
  const unread = policyOf({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', Condition: address })
  expect(told(await simulated({ policy: unread }), 'kms:Decrypt')).toEqual([['depends', 'depends']])
  const access = await simulated({ policy: byTag('kms:Decrypt', address) })
  expect(told(access, 'kms:Decrypt')).toEqual([['unknown', 'unknown', 'unknown']])
  expect(access.verdicts[0]?.reason).toContain('context that nobody knows')
})

test('a loss on the resource’s side counts only where the own side does not allow', async () => {
  const address = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }
  const policy = policyOf({
    Effect: 'Allow',
    Action: 'secretsmanager:GetSecretValue',
    Resource: '*',
    Condition: address,
  })
  const own = policyOf({ ...byTag('secretsmanager:GetSecretValue').Statement[0], Principal: principal })
  const access = await simulated({ policy, resources: [{ ...secret, policy: own }] })
  expect(told(access, 'secretsmanager:GetSecretValue')).toEqual([['depends', 'depends', 'may-lose']])
})

test('a tag in two spellings is left to nobody’s guess', async () => {
  const resources = [{ ...key, tags: { team: 'blue', Team: 'red' } }]
  const access = await simulated({ policy: byTag('kms:Decrypt'), resources })
  expect(told(access, 'kms:Decrypt')).toEqual([['unknown', 'unknown', 'unknown']])
})

test('the boundary caps what a key policy grants the role', async () => {
  const policy = policyOf({ Effect: 'Allow', Principal: principal, Action: 'kms:*', Resource: '*' })
  const boundary = policyOf(...needed.Statement, ...byTag('kms:Decrypt').Statement)
  const access = await simulated({ boundary, policy: allowing('kms:*'), resources: [{ ...key, policy }] })
  expect(told(access, 'kms:Decrypt')).toEqual([['allow', 'deny', 'loss']])
})

test('SCPs that read the tag count, though nobody may read them', async () => {
  const scp = policyOf(...allowing('*').Statement, {
    Effect: 'Deny',
    Action: 'kms:Decrypt',
    Resource: '*',
    Condition: { Null: { 'aws:ResourceTag/team': 'true' } },
  })
  const organization = { managementAccountId: '999900001111', members: [], scps: [[scp]], rcps: [] }
  const access = await simulated({ policy: allowing('kms:*'), world: { organization } as ResetChange })
  expect(told(access, 'kms:Decrypt')).toEqual([['allow', 'deny', 'loss']])
})

test('many resources are asked about in few calls, and each has its own answer', async () => {
  const resources = Array.from({ length: 45 }, (_, index) => ({ ...key, tags: { team: index < 22 ? 'blue' : 'red' } }))
  const access = await simulated({ policy: byTag('kms:Decrypt'), resources })
  const lost = access.verdicts.filter(({ effect }) => effect.includes('loss'))
  expect(lost).toHaveLength(22)
  expect(new Set(lost.map(({ resource }) => resource)).size).toBe(22)
  // Two chunks of each team, two sides, and UntagResource apart.
  expect(await sandbox.calls({ operation: 'iam:SimulatePrincipalPolicy' })).toHaveLength(16)
})

test('denied, too: all is unknown with AWS’s answer, which is asked for once', async () => {
  const denied = [...closed, { action: 'iam:SimulatePrincipalPolicy' }]
  const resources = [key, secret]
  const access = await simulated({ policy: allowing('kms:*'), resources, world: { denied } as ResetChange })
  expect(access.problem).toMatchObject({ code: 'denied' })
  expect(new Set(access.verdicts.map(({ before, effect }) => `${before} ${effect}`))).toEqual(
    new Set(['unknown unknown']),
  )
  expect(access.verdicts[0]?.reason).toContain('iam:SimulatePrincipalPolicy')
  expect(await sandbox.calls({ operation: 'iam:SimulatePrincipalPolicy' })).toHaveLength(1)
})

test('is for those whose own policies are missing, some or all', async () => {
  const { operator } = await closedAccount({})
  expect(isOwnSideUnread(operator)).toBe(true)
  expect(isOwnSideUnread({ ...operator, identityPolicies: [], boundary: 'unread' })).toBe(true)
  const { boundary: _, ...rest } = operator
  expect(isOwnSideUnread({ ...rest, identityPolicies: [] })).toBe(false)
  expect(isOwnSideUnread({ ...rest, identityPolicies: [], groups: [{ name: 'a', policies: ['unread'] }] })).toBe(true)
})

test('a role whose path nobody may read is not found', async () => {
  const access = await simulated({ policy: allowing('kms:*'), path: '/team/' })
  expect(access.problem).toMatchObject({ code: 'notFound' })
  expect(told(access, 'kms:Decrypt')).toEqual([['unknown', 'unknown', 'unknown']])
})
