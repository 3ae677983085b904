import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import { withoutPace } from '../aws/testing.ts'
import type { ResetChange } from '../sandbox/settings.ts'
import { administrator } from '../sandbox/testing.ts'
import { readAccount } from './read-account.ts'
import type { ReadingProgress } from './read-everybody.ts'
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

const world = (change: ResetChange = {}) => sandbox.reset({ exactly: [], organization: null, ...change })
const named = <Named extends { name: string }>(all: readonly Named[], name: string) =>
  all.find((each) => each.name === name)
const closed = { denied: [{ action: 'iam:GetAccountAuthorizationDetails' }] } as const satisfies ResetChange

describe('everybody in the account', () => {
  test('users, groups, roles, and the managed policies that somebody has', async () => {
    const trustPolicy = policyOf({
      Effect: 'Allow',
      Principal: { Service: 'ec2.amazonaws.com' },
      Action: 'sts:AssumeRole',
    })
    await world({
      principals: [
        { type: 'group', name: 'developers', policies: { Read: allowing('kms:Decrypt') } },
        { type: 'user', name: 'grace', groups: ['developers'], tags: { team: 'blue' }, boundary: allowing('*') },
        {
          type: 'role',
          name: 'app',
          path: '/team/',
          tags: { team: 'blue' },
          trustPolicy,
          policies: { Own: allowing('kms:*') },
          managedPolicies: { Shared: allowing('secretsmanager:*') },
          attached: ['arn:aws:iam::aws:policy/AdministratorAccess'],
          lastUsedDaysAgo: 3,
        },
      ],
    })
    const reading = await readAccount(await operatorOn(sandbox))
    expect(reading).toMatchObject({ account: TEST_ACCOUNT, partition: 'aws', reach: 'account', problem: null })
    const shared = `arn:aws:iam::${TEST_ACCOUNT}:policy/Shared`
    expect(named(reading.roles, 'app')).toEqual({
      name: 'app',
      arn: `arn:aws:iam::${TEST_ACCOUNT}:role/team/app`,
      id: expect.stringMatching(/^AROA/),
      tags: [{ key: 'team', value: 'blue' }],
      trustPolicy: JSON.stringify(trustPolicy),
      lastUsedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      policies: [
        { name: 'Own', text: JSON.stringify(allowing('kms:*')) },
        { managedArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
        { managedArn: shared },
      ],
      boundary: null,
    })
    expect(named(reading.users, 'grace')).toMatchObject({
      groupNames: ['developers'],
      boundary: { managedArn: `arn:aws:iam::${TEST_ACCOUNT}:policy/grace-boundary` },
    })
    expect(named(reading.groups, 'developers')?.policies).toEqual([
      { name: 'Read', text: JSON.stringify(allowing('kms:Decrypt')) },
    ])
    expect(reading.managed[shared]).toEqual({ name: 'Shared', text: JSON.stringify(allowing('secretsmanager:*')) })
    expect(reading.managed['arn:aws:iam::aws:policy/AdministratorAccess']).toMatchObject({
      name: 'AdministratorAccess',
    })
  })

  test('all pages, with counts on the way', async () => {
    const roles = Array.from({ length: 1100 }, (_, index) => ({ type: 'role' as const, name: `app-${index}` }))
    await world({ principals: roles })
    const seen: ReadingProgress[] = []
    const reading = await readAccount(await operatorOn(sandbox), { onProgress: (progress) => seen.push(progress) })
    expect(reading.roles.filter(({ name }) => name.startsWith('app-'))).toHaveLength(1100)
    expect(seen).toHaveLength(3)
    expect(seen.at(-1)).toMatchObject({ roles: reading.roles.length, users: reading.users.length })
  })

  test('a throttled page is asked for again', async () => {
    await world()
    await sandbox.faults({ operation: 'iam:GetAccountAuthorizationDetails', kind: 'throttle', count: 2 })
    expect((await readAccount(await operatorOn(sandbox))).reach).toBe('account')
  })

  test('a managed policy that no page showed is asked for, and refused is no reason to stop', async () => {
    const gone = 'arn:aws:iam::aws:policy/GoneMeanwhile'
    await world({ principals: [{ type: 'role', name: 'app', attached: [gone] }] })
    const { managed, reach } = await readAccount(await operatorOn(sandbox))
    expect(managed[gone]).toMatchObject({ name: 'GoneMeanwhile', problem: { code: 'notFound' } })
    expect(reach).toBe('account')
  })

  test('credentials that end are no answer', async () => {
    await world()
    const operator = await operatorOn(sandbox)
    await sandbox.expireCredentials()
    await expect(readAccount(operator)).rejects.toMatchObject({ code: 'credentialsExpired' })
  })
})

describe('IAM is closed to the operator', () => {
  test('its own role is read by single calls, the path from IAM Identity Center included', async () => {
    await world(closed)
    const reading = await readAccount(await operatorOn(sandbox, administrator))
    expect(reading).toMatchObject({ reach: 'operator', problem: { code: 'denied' }, users: [], groups: [] })
    const admin = 'arn:aws:iam::aws:policy/AdministratorAccess'
    expect(reading.roles).toEqual([
      {
        name: administrator.role,
        arn: `arn:aws:iam::${TEST_ACCOUNT}:role/aws-reserved/sso.amazonaws.com/eu-central-1/${administrator.role}`,
        id: expect.stringMatching(/^AROA/),
        tags: [],
        trustPolicy: expect.stringContaining('sts:AssumeRole'),
        lastUsedAt: expect.any(String),
        policies: [{ managedArn: admin }],
        boundary: null,
      },
    ])
    expect(reading.managed[admin]).toMatchObject({ text: expect.stringContaining('"Action"') })
  })

  test('a user with its groups and its boundary', async () => {
    const iam = allowing(['iam:Get*', 'iam:List*'])
    await world({
      ...closed,
      principals: [
        { type: 'group', name: 'developers', policies: { Read: allowing('kms:Decrypt') } },
        { type: 'user', name: 'grace', groups: ['developers'], policies: { Iam: iam }, boundary: allowing('*') },
      ],
    })
    const reading = await readAccount(await operatorOn(sandbox, { user: 'grace' }))
    const boundary = `arn:aws:iam::${TEST_ACCOUNT}:policy/grace-boundary`
    expect(reading).toMatchObject({
      reach: 'operator',
      users: [{ name: 'grace', groupNames: ['developers'], boundary: { managedArn: boundary } }],
      groups: [{ name: 'developers', policies: [{ name: 'Read', text: JSON.stringify(allowing('kms:Decrypt')) }] }],
      managed: { [boundary]: { name: 'grace-boundary' } },
    })
  })

  test('each refusal stands in its place', async () => {
    await world({
      ...closed,
      denied: [...closed.denied, { action: 'iam:GetRole' }, { action: 'iam:ListAttachedRolePolicies' }],
    })
    const reading = await readAccount(await operatorOn(sandbox))
    const problem = (action: string) => ({ code: 'denied', message: expect.stringContaining(action) })
    const text = expect.stringContaining('Statement')
    expect(reading.reach).toBe('operator')
    expect(reading.roles).toEqual([
      {
        name: 'TagOperator',
        // The path is not known without the role.
        arn: `arn:aws:sts::${TEST_ACCOUNT}:assumed-role/TagOperator/ada`,
        id: null,
        tags: null,
        trustPolicy: null,
        lastUsedAt: null,
        policies: [
          ...['ReadInventory', 'RemoveTagsAndPutBack', 'AnalyzeImpact'].map((name) => ({ name, text })),
          { name: 'attached policies', problem: problem('iam:ListAttachedRolePolicies') },
        ],
        boundary: { name: 'permissions boundary', problem: problem('iam:GetRole') },
      },
    ])
  })

  test('nothing at all may be asked', async () => {
    await world({ principals: [{ type: 'role', name: 'app' }] })
    const reading = await readAccount(await operatorOn(sandbox, { role: 'app' }))
    expect(reading).toMatchObject({ reach: 'closed', problem: { code: 'denied' } })
    expect(reading.roles[0]?.policies.map((policy) => 'name' in policy && policy.name)).toEqual([
      'inline policies',
      'attached policies',
    ])
  })

  test('an answer that is no answer of AWS asks for nothing more', async () => {
    await world()
    await sandbox.faults({ operation: 'iam:GetAccountAuthorizationDetails', kind: 'html' })
    const operator = await operatorOn(sandbox)
    await sandbox.clearCalls()
    expect(await readAccount(operator)).toMatchObject({ reach: 'closed', problem: { code: 'notAws' }, roles: [] })
    const asked = await sandbox.calls()
    expect(asked.filter(({ operation }) => operation.startsWith('iam:Get')).map(({ operation }) => operation)).toEqual([
      'iam:GetAccountAuthorizationDetails',
    ])
  })
})
