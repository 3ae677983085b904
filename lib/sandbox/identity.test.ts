import { ListRegionsCommand } from '@aws-sdk/client-account'
import { GetRoleCommand, GetUserCommand } from '@aws-sdk/client-iam'
import { ListKeysCommand } from '@aws-sdk/client-kms'
import { ListSecretsCommand } from '@aws-sdk/client-secrets-manager'
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import { administrator, type Clients, clientsFor, clientsOf, outcome } from './testing.ts'

let sandbox: Sandbox
let aws: Clients

beforeAll(async () => {
  sandbox = await startSandbox()
  aws = clientsOf(sandbox)
})
afterAll(() => sandbox.stop())
beforeEach(() => sandbox.reset({ exactly: [], quotas: 'off' }))

const whoAmI = ({ sts }: Clients) => outcome(sts.send(new GetCallerIdentityCommand({})))
const auditor = 'arn:aws:iam::111122223333:role/security/Auditor'

describe('STS', () => {
  test('names the demo session; its ARN carries no role path', async () => {
    const Arn = 'arn:aws:sts::111122223333:assumed-role/TagOperator/ada'
    expect(await whoAmI(aws)).toEqual({
      Account: '111122223333',
      Arn,
      UserId: expect.stringMatching(/^AROA\w{17}:ada$/),
    })
  })
  test('keeps a role id over resets, and between sessions', async () => {
    const before = await whoAmI(aws)
    await sandbox.reset({ exactly: [] })
    expect(await whoAmI(aws)).toEqual(before)
    const other = clientsOf({
      ...sandbox,
      credentials: await sandbox.issueCredentials({ role: 'TagOperator', sessionName: 'lin' }),
    })
    expect(await whoAmI(other)).toMatchObject({ UserId: String(before.UserId).replace(':ada', ':lin') })
  })
  test('names an IAM user', async () => {
    const grace = clientsOf({ ...sandbox, credentials: await sandbox.issueCredentials({ user: 'grace' }) })
    expect(await whoAmI(grace)).toEqual({
      Account: '111122223333',
      Arn: 'arn:aws:iam::111122223333:user/grace',
      UserId: expect.stringMatching(/^AIDA\w{17}$/),
    })
  })
  test('assumes a role with a path, and the credentials work', async () => {
    const { sts } = await clientsFor(sandbox, administrator)
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: auditor, RoleSessionName: 'check', DurationSeconds: 900 }),
    )
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    }
    expect(await whoAmI(clientsOf({ ...sandbox, credentials }))).toMatchObject({
      Arn: 'arn:aws:sts::111122223333:assumed-role/Auditor/check',
    })
  })
  test.each([
    [
      'a role that is not there',
      { RoleArn: 'arn:aws:iam::111122223333:role/None' },
      { error: 'AccessDenied', status: 403 },
    ],
    ['a session name with a space', { RoleSessionName: 'a b' }, { error: 'ValidationError', status: 400 }],
    [
      'less than 15 minutes',
      { DurationSeconds: 899 },
      { error: 'ValidationError', message: expect.stringContaining("Value '899' at 'durationSeconds'") },
    ],
    [
      'more than an hour by role chaining',
      { DurationSeconds: 3601 },
      { error: 'ValidationError', message: expect.stringContaining('role chaining') },
    ],
  ])('does not assume with %s', async (_, input, answer) => {
    const command = new AssumeRoleCommand({ RoleArn: auditor, RoleSessionName: 'check', ...input })
    const { sts } = await clientsFor(sandbox, administrator)
    expect(await outcome(sts.send(command))).toMatchObject(answer)
  })
})

describe('credentials', () => {
  test('an expired session is told so by every service, under its own code (aws-facts §8)', async () => {
    await sandbox.expireCredentials()
    expect(await outcome(aws.kms.send(new ListKeysCommand({})))).toMatchObject({
      error: 'ExpiredTokenException',
      status: 403,
    })
    expect(await outcome(aws.secrets.send(new ListSecretsCommand({})))).toMatchObject({
      error: 'ExpiredTokenException',
      status: 403,
    })
    expect(await whoAmI(aws)).toMatchObject({
      error: 'ExpiredToken',
      status: 403,
    })
    await sandbox.renewCredentials()
    expect(await whoAmI(aws)).toMatchObject({ Account: '111122223333' })
  })
  test.each([
    [
      'an unknown access key',
      { accessKeyId: 'ASIAUNKNOWN000000000' },
      'UnrecognizedClientException',
      'InvalidClientTokenId',
    ],
    ['another session token', { sessionToken: 'another' }, 'UnrecognizedClientException', 'InvalidClientTokenId'],
    ['another secret key', { secretAccessKey: 'another' }, 'InvalidSignatureException', 'SignatureDoesNotMatch'],
  ])('%s is refused (aws-facts §8)', async (_, change, jsonCode, queryCode) => {
    const stranger = clientsOf({ ...sandbox, credentials: { ...sandbox.credentials, ...change } })
    expect(await outcome(stranger.kms.send(new ListKeysCommand({})))).toMatchObject({ error: jsonCode })
    expect(await whoAmI(stranger)).toMatchObject({ error: queryCode, status: 403 })
  })
  test.each(['me-south-1', 'eu-nowhere-9'])(
    'a Region that is not enabled knows no token: %s (aws-facts §8)',
    async (region) => {
      const there = clientsOf(sandbox, region)
      expect(await outcome(there.kms.send(new ListKeysCommand({})))).toMatchObject({
        error: 'UnrecognizedClientException',
        status: 403,
      })
      expect(await whoAmI(there)).toMatchObject({ error: 'InvalidClientTokenId', status: 403 })
    },
  )
  test('another account has the same names and nothing of ours', async () => {
    await sandbox.reset({ resources: 10 })
    const credentials = await sandbox.issueCredentials({ accountId: '444455556666', role: 'TagOperator' })
    const other = clientsOf({ ...sandbox, credentials })
    expect(await whoAmI(other)).toMatchObject({ Account: '444455556666' })
    expect(await outcome(other.kms.send(new ListKeysCommand({})))).toMatchObject({ Keys: [] })
  })
})

describe('IAM', () => {
  test('GetRole tells the path that the session ARN hides; its trust policy is URL-encoded', async () => {
    const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: 'Auditor' }))
    expect(Role).toMatchObject({ Arn: auditor, Path: '/security/', RoleId: expect.stringMatching(/^AROA/) })
    expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toMatchObject({
      Version: '2012-10-17',
    })
  })
  test('GetUser finds a user, and the caller only if it is one', async () => {
    expect(await outcome(aws.iam.send(new GetUserCommand({ UserName: 'grace' })))).toMatchObject({
      User: { UserName: 'grace' },
    })
    expect(await outcome(aws.iam.send(new GetUserCommand({})))).toMatchObject({ error: 'ValidationError' })
  })
  test('what is not there is NoSuchEntity', async () => {
    expect(await outcome(aws.iam.send(new GetRoleCommand({ RoleName: 'None' })))).toMatchObject({
      status: 404,
      message: 'The role with name None cannot be found.',
    })
  })
})

describe('Account', () => {
  test('ListRegions tells which Regions are enabled', async () => {
    const { Regions = [] } = await aws.account.send(new ListRegionsCommand({ MaxResults: 50 }))
    const status = Object.fromEntries(Regions.map(({ RegionName, RegionOptStatus }) => [RegionName, RegionOptStatus]))
    expect(status).toMatchObject({
      'eu-central-1': 'ENABLED_BY_DEFAULT',
      'eu-central-2': 'ENABLED',
      'me-south-1': 'DISABLED',
    })
  })
  test('ListRegions filters by status and pages', async () => {
    const RegionOptStatusContains = ['ENABLED', 'ENABLED_BY_DEFAULT'] as const
    const found = []
    for (let NextToken: string | undefined, more = true; more; ) {
      const page = await aws.account.send(
        new ListRegionsCommand({ MaxResults: 10, NextToken, RegionOptStatusContains: [...RegionOptStatusContains] }),
      )
      found.push(...(page.Regions ?? []))
      NextToken = page.NextToken
      more = NextToken !== undefined
    }
    expect(found).toHaveLength(18)
  })
})
