import { DescribeKeyCommand } from '@aws-sdk/client-kms'
import { AssumeRoleCommand, type AssumeRoleCommandInput, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../../e2e/support/sandbox.ts'
import { type Clients, clientsFor, clientsOf, outcome } from '../testing.ts'

const account = '111122223333'
const other = '444455556666'
const arnOf = (name: string, id = account) => `arn:aws:iam::${id}:role/${name}`
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })
const trust = (AWS: string, Action: string | string[], rest: object = {}) =>
  policy({ Effect: 'Allow', Principal: { AWS }, Action, ...rest })
const allow = (Action: string | string[], rest: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...rest })
const mayAssume = policy(allow(['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']))
const byTeam = policy(allow('kms:DescribeKey', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'blue' } } }))
const both = ['sts:AssumeRole', 'sts:TagSession']

let sandbox: Sandbox
let keyArn: string
let starter: Clients

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.stop())
beforeEach(async () => {
  const root = `arn:aws:iam::${account}:root`
  const report = await sandbox.reset({
    exactly: [{ type: 'key' }],
    principals: [
      { type: 'role', name: 'starter', policies: { P: mayAssume } },
      { type: 'role', name: 'idle' },
      { type: 'role', name: 'tagged', trustPolicy: trust(root, both), policies: { P: byTeam, Q: mayAssume } },
      { type: 'role', name: 'next', trustPolicy: trust(root, both), policies: { P: byTeam } },
      { type: 'role', name: 'untagged', trustPolicy: trust(root, 'sts:AssumeRole'), policies: { P: byTeam } },
      { type: 'role', name: 'direct', trustPolicy: trust(arnOf('idle'), 'sts:AssumeRole') },
      {
        type: 'role',
        name: 'external',
        accountId: other,
        trustPolicy: trust(root, 'sts:AssumeRole', { Condition: { StringEquals: { 'sts:ExternalId': 'our-secret' } } }),
      },
    ],
  })
  keyArn = report.arns[0] ?? ''
  starter = await clientsFor(sandbox, { role: 'starter' })
})

const assume = ({ sts }: Clients, RoleArn: string, input: Partial<AssumeRoleCommandInput> = {}) =>
  outcome(sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'check', ...input })))

async function sessionOf(who: Clients, roleArn: string, input: Partial<AssumeRoleCommandInput> = {}): Promise<Clients> {
  const { Credentials } = await who.sts.send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'check', ...input }),
  )
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  }
  return clientsOf({ url: sandbox.url, credentials })
}

const describeKey = ({ kms }: Clients) => outcome(kms.send(new DescribeKeyCommand({ KeyId: keyArn })))
const denied = { error: 'AccessDenied', status: 403 }
const blue = [{ Key: 'team', Value: 'blue' }]

test('empty lists, which are written as empty texts, are lists', async () => {
  expect(await assume(starter, arnOf('idle'), { Tags: [], PolicyArns: [], TransitiveTagKeys: [] })).toHaveProperty(
    'Credentials',
  )
})

describe('AssumeRole asks the trust policy and the caller’s own', () => {
  test('a trust policy that names the account leaves it to the caller’s policies', async () => {
    expect(await assume(starter, arnOf('tagged'))).toHaveProperty('Credentials')
    expect(await assume(await clientsFor(sandbox, { role: 'idle' }), arnOf('tagged'))).toMatchObject(denied)
  })
  test('a trust policy that names the role is enough in one account', async () => {
    expect(await assume(await clientsFor(sandbox, { role: 'idle' }), arnOf('direct'))).toHaveProperty('Credentials')
    expect(await assume(starter, arnOf('direct'))).toMatchObject(denied)
  })
  test('another account’s role asks for the external id', async () => {
    expect(await assume(starter, arnOf('external', other))).toMatchObject(denied)
    const session = await sessionOf(starter, arnOf('external', other), { ExternalId: 'our-secret' })
    expect(await outcome(session.sts.send(new GetCallerIdentityCommand({})))).toMatchObject({ Account: other })
  })
  test('session tags need sts:TagSession in the trust policy (id_session-tags)', async () => {
    expect(await assume(starter, arnOf('untagged'), { Tags: blue })).toMatchObject({
      ...denied,
      message: expect.stringContaining('is not authorized to perform: sts:TagSession on resource:'),
    })
    expect(await assume(starter, arnOf('untagged'))).toHaveProperty('Credentials')
  })
})

describe('what a session brings along', () => {
  test('its tags are aws:PrincipalTag', async () => {
    expect(await describeKey(await sessionOf(starter, arnOf('tagged')))).toMatchObject({
      error: 'AccessDeniedException',
    })
    expect(await describeKey(await sessionOf(starter, arnOf('tagged'), { Tags: blue }))).toHaveProperty('KeyMetadata')
  })
  test('transitive tags go into the next session and cannot be set anew there', async () => {
    const first = await sessionOf(starter, arnOf('tagged'), { Tags: blue, TransitiveTagKeys: ['team'] })
    expect(await describeKey(await sessionOf(first, arnOf('next')))).toHaveProperty('KeyMetadata')
    expect(await assume(first, arnOf('next'), { Tags: [{ Key: 'Team', Value: 'red' }] })).toMatchObject({ status: 400 })
  })
  test('other tags end with the session', async () => {
    const first = await sessionOf(starter, arnOf('tagged'), { Tags: blue })
    expect(await describeKey(await sessionOf(first, arnOf('next')))).toMatchObject({ error: 'AccessDeniedException' })
  })
  test('a session policy, inline or managed, limits the role', async () => {
    const Policy = JSON.stringify(policy(allow('s3:*')))
    const limited = await sessionOf(starter, arnOf('tagged'), { Tags: blue, Policy })
    expect(await describeKey(limited)).toMatchObject({
      message: expect.stringContaining('because no session policy allows the kms:DescribeKey action'),
    })
    const PolicyArns = [{ arn: 'arn:aws:iam::aws:policy/AWSKeyManagementServicePowerUser' }]
    const powered = await sessionOf(starter, arnOf('tagged'), { Tags: blue, PolicyArns })
    expect(await describeKey(powered)).toHaveProperty('KeyMetadata')
  })
  test.each<[what: string, input: Partial<AssumeRoleCommandInput>, answer: object]>([
    ['a policy that is no policy', { Policy: '{}' }, { error: 'MalformedPolicyDocumentException' }],
    [
      'policies of more than 2,048 characters',
      { Policy: JSON.stringify(policy(allow('s3:*', { Sid: 'x'.repeat(2_048) }))) },
      { error: 'PackedPolicyTooLargeException' },
    ],
    [
      'a managed policy that is not there',
      { PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/None' }] },
      { error: 'ValidationError' },
    ],
    ['the same tag key in two cases', { Tags: [...blue, { Key: 'TEAM', Value: 'red' }] }, { status: 400 }],
  ])('%s is refused', async (_, input, answer) => {
    expect(await assume(starter, arnOf('tagged'), input)).toMatchObject(answer)
  })
})
