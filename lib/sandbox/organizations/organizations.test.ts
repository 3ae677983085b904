import * as organizations from '@aws-sdk/client-organizations'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../../e2e/support/sandbox.ts'
import { administrator, type Clients, clientsFor, outcome } from '../testing.ts'

const account = '111122223333'
const managementAccountId = '999988887777'
const document = (Sid: string) => ({
  Version: '2012-10-17',
  Statement: [{ Sid, Effect: 'Allow', Action: '*', Resource: '*' }],
})
const scp = 'SERVICE_CONTROL_POLICY'

let sandbox: Sandbox
let member: Clients
let management: Clients

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.stop())
beforeEach(async () => {
  const scps = [[document('root')], [document('unit')], [document('account')]]
  const organization = { managementAccountId, members: ['444455556666'], scps, rcps: [[document('resources')]] }
  await sandbox.reset({ exactly: [], organization })
  member = await clientsFor(sandbox, administrator)
  management = await clientsFor(sandbox, { ...administrator, accountId: managementAccountId })
})

const parentOf = async (ChildId: string) =>
  (await management.organizations.send(new organizations.ListParentsCommand({ ChildId }))).Parents?.[0]
const contentsAt = async (TargetId: string, Filter: organizations.PolicyType) => {
  const { Policies = [] } = await management.organizations.send(
    new organizations.ListPoliciesForTargetCommand({ TargetId, Filter }),
  )
  const described = Policies.map(({ Id }) =>
    management.organizations.send(new organizations.DescribePolicyCommand({ PolicyId: Id })),
  )
  return (await Promise.all(described)).map(({ Policy }) => JSON.parse(Policy?.Content ?? '').Statement[0].Sid)
}

describe('the management account', () => {
  test('reads the policies of each level from the account up to the root', async () => {
    const unit = await parentOf(account)
    const root = await parentOf(unit?.Id ?? '')
    expect([unit?.Type, root?.Type]).toEqual(['ORGANIZATIONAL_UNIT', 'ROOT'])
    expect(await contentsAt(account, scp)).toEqual(['account'])
    expect(await contentsAt(unit?.Id ?? '', scp)).toEqual(['unit'])
    expect(await contentsAt(root?.Id ?? '', scp)).toEqual(['root'])
    // RCPFullAWSAccess has no Sid and stands before our own.
    expect(await contentsAt(root?.Id ?? '', 'RESOURCE_CONTROL_POLICY')).toEqual([undefined, 'resources'])
    expect(
      await outcome(management.organizations.send(new organizations.ListParentsCommand({ ChildId: root?.Id }))),
    ).toEqual({
      Parents: [],
    })
  })
  test('lists policies by type and in pages, and the accounts', async () => {
    const names: (string | undefined)[] = []
    const pages = organizations.paginateListPolicies({ client: management.organizations, pageSize: 2 }, { Filter: scp })
    for await (const { Policies = [] } of pages) names.push(...Policies.map(({ Name }) => Name))
    expect(names.sort()).toEqual(['FullAWSAccess', 'scp-level-0-1', 'scp-level-1-1', 'scp-level-2-1'])
    const { Accounts = [] } = await management.organizations.send(new organizations.ListAccountsCommand({}))
    expect(Accounts.map(({ Id }) => Id).sort()).toEqual([account, '444455556666', managementAccountId])
  })
  test.each<[what: string, ask: () => Promise<{ $metadata: object }>, error: string]>([
    [
      'policy',
      () => management.organizations.send(new organizations.DescribePolicyCommand({ PolicyId: 'p-none0000' })),
      'PolicyNotFoundException',
    ],
    [
      'target',
      () =>
        management.organizations.send(
          new organizations.ListPoliciesForTargetCommand({ TargetId: 'ou-none-00000000', Filter: scp }),
        ),
      'TargetNotFoundException',
    ],
    [
      'child',
      () => management.organizations.send(new organizations.ListParentsCommand({ ChildId: '000000000000' })),
      'ChildNotFoundException',
    ],
  ])('a %s that is not there', async (_, ask, error) => {
    expect(await outcome(ask())).toMatchObject({ error, status: 400 })
  })
})

describe('a member account', () => {
  test('is told of its organization and of nothing in it (aws-facts §4.5)', async () => {
    const { Organization } = await member.organizations.send(new organizations.DescribeOrganizationCommand({}))
    expect(Organization).toMatchObject({ Id: expect.stringMatching(/^o-/), MasterAccountId: managementAccountId })
    const refused = { error: 'AccessDeniedException', status: 400 }
    const { organizations: client } = member
    const asks = [
      () => client.send(new organizations.ListPoliciesCommand({ Filter: scp })),
      () => client.send(new organizations.ListPoliciesForTargetCommand({ TargetId: account, Filter: scp })),
      () => client.send(new organizations.DescribePolicyCommand({ PolicyId: 'p-FullAWSAccess' })),
      () => client.send(new organizations.ListParentsCommand({ ChildId: account })),
      () => client.send(new organizations.ListAccountsCommand({})),
    ]
    for (const ask of asks) expect(await outcome(ask())).toMatchObject(refused)
  })
  test('of no organization is told so', async () => {
    await sandbox.reset({ exactly: [], organization: null })
    const { organizations: alone } = await clientsFor(sandbox, administrator)
    expect(await outcome(alone.send(new organizations.DescribeOrganizationCommand({})))).toMatchObject({
      error: 'AWSOrganizationsNotInUseException',
    })
  })
})
