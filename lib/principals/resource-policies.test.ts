import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import type { ResetChange } from '../sandbox/settings.ts'
import { operatorOn, policyOf, readGrants, readPolicies, TEST_ACCOUNT } from './testing.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await sandbox.stop()
})

const toAccount = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${TEST_ACCOUNT}:root` },
  Action: '*',
  Resource: '*',
}
const open = policyOf(toAccount)
const role = `arn:aws:iam::${TEST_ACCOUNT}:role/app`

async function world(change: ResetChange) {
  const { arns } = await sandbox.reset({ organization: null, ...change })
  const { aws } = await operatorOn(sandbox)
  return { arns, reader: { aws, account: TEST_ACCOUNT } }
}

describe('policies of resources', () => {
  test('of keys and secrets; a secret without one; equal ones are one object', async () => {
    const key = { type: 'key', policy: open } as const
    const secrets = [{ type: 'secret', name: 'a', policy: open } as const, { type: 'secret', name: 'b' } as const]
    const { arns, reader } = await world({ exactly: [key, key, ...secrets] })
    const done: number[] = []
    const read = await readPolicies(reader, arns, (count) => done.push(count))
    const [one, two, secret, bare] = arns.map((arn) => read.get(arn))
    expect(one).toMatchObject({ problem: null, policyProblems: [], policy: { statements: [{ effect: 'Allow' }] } })
    expect(JSON.parse(one?.text ?? '')).toEqual(open)
    expect(two?.policy).toBe(one?.policy)
    expect(secret?.policy).toMatchObject({ statements: [{ action: { patterns: ['*'] } }] })
    expect(bare).toEqual({ policy: undefined, text: null, problem: null, policyProblems: [] })
    expect(done).toEqual([1, 2, 3, 4])
  })

  test('a refusal stands beside the resource, and the others are read', async () => {
    const exactly = [{ type: 'key' as const }, { type: 'secret' as const, name: 'a', policy: open }]
    const { arns, reader } = await world({ exactly, denied: [{ action: 'kms:GetKeyPolicy' }] })
    const [key = '', secret = ''] = arns
    const read = await readPolicies(reader, arns)
    expect(read.get(key)).toMatchObject({ policy: 'unread', text: null, problem: { code: 'denied' } })
    expect(read.get(secret)?.problem).toBeNull()
  })

  test('one that does not parse is unread, and says where', async () => {
    const strange = policyOf(toAccount, { ...toAccount, Effect: 'Perhaps' })
    const { arns, reader } = await world({ exactly: [{ type: 'key', policy: strange }] })
    const [read] = (await readPolicies(reader, arns)).values()
    expect(read).toMatchObject({ policy: 'unread', problem: null, policyProblems: [{ path: 'Statement[1].Effect' }] })
  })

  test('expired credentials end it; what waits is not sent', async () => {
    const { arns, reader } = await world({ exactly: Array.from({ length: 200 }, () => ({ type: 'key' as const })) })
    await sandbox.expireCredentials()
    await expect(readPolicies(reader, arns)).rejects.toMatchObject({ code: 'credentialsExpired' })
    expect((await sandbox.calls({ operation: 'kms:GetKeyPolicy' })).length).toBeLessThan(200)
  })
})

describe('grants of a key', () => {
  test('all pages, with what constrains them', async () => {
    const plain = { granteePrincipal: role, operations: ['Decrypt' as const] }
    const constrained = {
      ...plain,
      retiringPrincipal: role,
      constraints: { encryptionContextSubset: { app: 'pay' } },
    }
    const grants = [constrained, ...Array.from({ length: 120 }, () => plain)]
    const { arns, reader } = await world({ exactly: [{ type: 'key', grants }] })
    const read = await readGrants(reader, arns[0] ?? '')
    expect(read.problem).toBeNull()
    expect(read.grants).toHaveLength(121)
    expect(read.grants).toContainEqual({
      grantId: expect.any(String),
      granteePrincipal: role,
      retiringPrincipal: role,
      operations: ['Decrypt'],
      constraints: { encryptionContextSubset: new Map([['app', 'pay']]) },
    })
    expect(read.grants).toContainEqual({ ...plain, grantId: expect.any(String) })
  })

  test('refused: some were not read', async () => {
    const { arns, reader } = await world({ exactly: [{ type: 'key' }], denied: [{ action: 'kms:ListGrants' }] })
    expect(await readGrants(reader, arns[0] ?? '')).toMatchObject({ grants: ['unread'], problem: { code: 'denied' } })
  })
})
