import * as iam from '@aws-sdk/client-iam'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../../e2e/support/sandbox.ts'
import { type Clients, clientsFor, clientsOf, outcome } from '../testing.ts'

const policy = (Sid: string) => ({
  Version: '2012-10-17',
  Statement: [{ Sid, Effect: 'Allow', Action: 'kms:*', Resource: '*' }],
})
const roleArn = 'arn:aws:iam::111122223333:role/apps/app'

let sandbox: Sandbox
let client: iam.IAMClient

beforeAll(async () => {
  sandbox = await startSandbox()
  client = clientsOf(sandbox).iam
})
afterAll(() => sandbox.stop())
beforeEach(() =>
  sandbox.reset({
    exactly: [],
    quotas: 'off',
    principals: [
      { type: 'group', name: 'devs', policies: { OfGroup: policy('G') } },
      { type: 'user', name: 'lin', groups: ['devs'], tags: { team: 'blue' }, policies: { OfUser: policy('U') } },
      {
        type: 'role',
        name: 'app',
        path: '/apps/',
        tags: { team: 'blue' },
        policies: { Inline: policy('100% inline') },
        managedPolicies: { Managed: policy('M') },
        attached: ['arn:aws:iam::aws:policy/AWSKeyManagementServicePowerUser'],
        boundary: policy('B'),
        lastUsedDaysAgo: 3,
      },
    ],
  }),
)

const decoded = (document: string | undefined) => JSON.parse(decodeURIComponent(document ?? ''))

describe('GetAccountAuthorizationDetails', () => {
  const all = async (input: iam.GetAccountAuthorizationDetailsCommandInput = {}) => {
    const pages = []
    for await (const page of iam.paginateGetAccountAuthorizationDetails({ client }, input)) pages.push(page)
    return {
      pages: pages.length,
      users: pages.flatMap(({ UserDetailList }) => UserDetailList ?? []),
      groups: pages.flatMap(({ GroupDetailList }) => GroupDetailList ?? []),
      roles: pages.flatMap(({ RoleDetailList }) => RoleDetailList ?? []),
      policies: pages.flatMap(({ Policies }) => Policies ?? []),
    }
  }
  test('tells a role with its trust, policies, boundary, tags and last use; documents are URL-encoded', async () => {
    const role = (await all()).roles.find(({ RoleName }) => RoleName === 'app')
    expect(role).toMatchObject({
      Arn: roleArn,
      Path: '/apps/',
      RoleId: expect.stringMatching(/^AROA\w{17}$/),
      AttachedManagedPolicies: [
        { PolicyName: 'AWSKeyManagementServicePowerUser' },
        { PolicyName: 'Managed', PolicyArn: 'arn:aws:iam::111122223333:policy/Managed' },
      ],
      PermissionsBoundary: {
        PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
        PermissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/app-boundary',
      },
      Tags: [{ Key: 'team', Value: 'blue' }],
      RoleLastUsed: { LastUsedDate: expect.any(Date), Region: 'eu-central-1' },
    })
    expect(role?.RolePolicyList).toHaveLength(1)
    expect(role?.RolePolicyList?.[0]?.PolicyDocument).toContain('100%25%20inline')
    expect(decoded(role?.RolePolicyList?.[0]?.PolicyDocument)).toEqual(policy('100% inline'))
    expect(decoded(role?.AssumeRolePolicyDocument)).toHaveProperty('Statement')
  })
  test('tells users with their groups, and groups with their policies', async () => {
    const { users, groups } = await all()
    expect(users.find(({ UserName }) => UserName === 'lin')).toMatchObject({
      GroupList: ['devs'],
      UserPolicyList: [{ PolicyName: 'OfUser' }],
      Tags: [{ Key: 'team', Value: 'blue' }],
    })
    expect(groups).toMatchObject([{ GroupName: 'devs', GroupPolicyList: [{ PolicyName: 'OfGroup' }] }])
  })
  test('tells managed policies with their default version and how they are used', async () => {
    const { policies } = await all()
    expect(policies.find(({ PolicyName }) => PolicyName === 'app-boundary')).toMatchObject({
      AttachmentCount: 0,
      PermissionsBoundaryUsageCount: 1,
    })
    const managed = policies.find(({ PolicyName }) => PolicyName === 'Managed')
    expect(managed).toMatchObject({ AttachmentCount: 1, DefaultVersionId: 'v1' })
    expect(managed?.PolicyVersionList).toMatchObject([{ VersionId: 'v1', IsDefaultVersion: true }])
    expect(decoded(managed?.PolicyVersionList?.[0]?.Document)).toEqual(policy('M'))
  })
  test('shows what the filter names, and nothing else', async () => {
    expect(await all({ Filter: ['Group'] })).toMatchObject({ users: [], roles: [], policies: [], groups: [{}] })
    const local = await all({ Filter: ['LocalManagedPolicy'] })
    expect(local.policies.map(({ PolicyName }) => PolicyName)).toEqual(['Managed', 'app-boundary'])
    const ofAws = await all({ Filter: ['AWSManagedPolicy'] })
    expect(ofAws.policies.every(({ Arn }) => Arn?.startsWith('arn:aws:iam::aws:policy/'))).toBe(true)
  })
  test('pages over all kinds as one list', async () => {
    const { pages: _, ...whole } = await all()
    const { pages, ...small } = await all({ MaxItems: 3 })
    expect(pages).toBeGreaterThan(3)
    // Each of these calls is itself a use of the role that makes it.
    const roles = whole.roles.map((role) => ({ ...role, RoleLastUsed: expect.anything() }))
    expect(small).toEqual({ ...whole, roles })
  })
  test('is refused to who may not', async () => {
    const { iam: idle } = await clientsFor(sandbox, { user: 'ci-deploy' })
    expect(await outcome(idle.send(new iam.GetAccountAuthorizationDetailsCommand({})))).toMatchObject({
      error: 'AccessDenied',
      status: 403,
    })
  })
})

describe('the single reads tell the same', () => {
  const PolicyArn = 'arn:aws:iam::111122223333:policy/Managed'
  test.each<[operation: string, ask: () => Promise<{ $metadata: object }>, answer: object]>([
    ['ListRoles', () => client.send(new iam.ListRolesCommand({ PathPrefix: '/apps/' })), { Roles: [{ Arn: roleArn }] }],
    ['ListUsers', () => client.send(new iam.ListUsersCommand({})), { Users: [{}, {}, { UserName: 'lin' }] }],
    ['ListGroups', () => client.send(new iam.ListGroupsCommand({})), { Groups: [{ GroupName: 'devs' }] }],
    [
      'ListGroupsForUser',
      () => client.send(new iam.ListGroupsForUserCommand({ UserName: 'lin' })),
      { Groups: [{ GroupName: 'devs' }], IsTruncated: false },
    ],
    [
      'GetRole',
      () => client.send(new iam.GetRoleCommand({ RoleName: 'app' })),
      { Role: { Tags: [{ Key: 'team' }], PermissionsBoundary: {}, RoleLastUsed: { Region: 'eu-central-1' } } },
    ],
    ['GetUser', () => client.send(new iam.GetUserCommand({ UserName: 'lin' })), { User: { Tags: [{ Key: 'team' }] } }],
    [
      'ListRolePolicies',
      () => client.send(new iam.ListRolePoliciesCommand({ RoleName: 'app' })),
      { PolicyNames: ['Inline'] },
    ],
    [
      'ListUserPolicies',
      () => client.send(new iam.ListUserPoliciesCommand({ UserName: 'lin' })),
      { PolicyNames: ['OfUser'] },
    ],
    [
      'ListGroupPolicies',
      () => client.send(new iam.ListGroupPoliciesCommand({ GroupName: 'devs' })),
      { PolicyNames: ['OfGroup'] },
    ],
    [
      'ListAttachedRolePolicies',
      () => client.send(new iam.ListAttachedRolePoliciesCommand({ RoleName: 'app' })),
      { AttachedPolicies: [{}, { PolicyArn }] },
    ],
    [
      'ListAttachedUserPolicies',
      () => client.send(new iam.ListAttachedUserPoliciesCommand({ UserName: 'lin' })),
      { AttachedPolicies: [] },
    ],
    [
      'ListAttachedGroupPolicies',
      () => client.send(new iam.ListAttachedGroupPoliciesCommand({ GroupName: 'devs' })),
      { AttachedPolicies: [] },
    ],
    ['GetPolicy', () => client.send(new iam.GetPolicyCommand({ PolicyArn })), { Policy: { DefaultVersionId: 'v1' } }],
  ])('%s', async (_, ask, answer) => {
    expect(await ask()).toMatchObject(answer)
  })
  test('the documents of inline and managed policies are URL-encoded', async () => {
    const inline = await client.send(new iam.GetRolePolicyCommand({ RoleName: 'app', PolicyName: 'Inline' }))
    expect(decoded(inline.PolicyDocument)).toEqual(policy('100% inline'))
    const ofUser = await client.send(new iam.GetUserPolicyCommand({ UserName: 'lin', PolicyName: 'OfUser' }))
    expect(decoded(ofUser.PolicyDocument)).toEqual(policy('U'))
    const ofGroup = await client.send(new iam.GetGroupPolicyCommand({ GroupName: 'devs', PolicyName: 'OfGroup' }))
    expect(decoded(ofGroup.PolicyDocument)).toEqual(policy('G'))
    const { PolicyVersion } = await client.send(new iam.GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }))
    expect(decoded(PolicyVersion?.Document)).toEqual(policy('M'))
  })
  test.each<[what: string, ask: () => Promise<{ $metadata: object }>]>([
    ['role', () => client.send(new iam.ListRolePoliciesCommand({ RoleName: 'none' }))],
    ['inline policy', () => client.send(new iam.GetRolePolicyCommand({ RoleName: 'app', PolicyName: 'None' }))],
    ['managed policy', () => client.send(new iam.GetPolicyCommand({ PolicyArn: `${PolicyArn}X` }))],
    ['version', () => client.send(new iam.GetPolicyVersionCommand({ PolicyArn, VersionId: 'v9' }))],
  ])('a %s that is not there is NoSuchEntity', async (_, ask) => {
    expect(await outcome(ask())).toMatchObject({ error: 'NoSuchEntityException', status: 404 })
  })
})

describe('SimulatePrincipalPolicy', () => {
  const key = 'arn:aws:kms:eu-central-1:111122223333:key/0e32b8a5-9b7c-4d7e-8f1a-2b3c4d5e6f70'
  const simulate = async (
    input: Partial<iam.SimulatePrincipalPolicyCommandInput>,
    { iam: as }: Pick<Clients, 'iam'> = { iam: client },
  ) => {
    const answer = await as.send(
      new iam.SimulatePrincipalPolicyCommand({
        PolicySourceArn: roleArn,
        ActionNames: ['kms:Decrypt'],
        ResourceArns: [key],
        ...input,
      }),
    )
    return answer.EvaluationResults ?? []
  }
  const byTag = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*', Condition: { Null: { 'aws:ResourceTag/team': 'true' } } },
    ],
  })
  test('says yes by identity policies alone: no key policy is fetched for a role', async () => {
    expect(await simulate({})).toMatchObject([
      { EvalActionName: 'kms:Decrypt', EvalResourceName: key, EvalDecision: 'allowed' },
    ])
    const nobody = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }],
    })
    expect(await simulate({ ResourcePolicy: nobody })).toMatchObject([{ EvalDecision: 'allowed' }])
  })
  test('takes a resource policy for a user', async () => {
    const PolicySourceArn = 'arn:aws:iam::111122223333:user/lin'
    const ResourcePolicy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 'secretsmanager:*', Resource: '*' }],
    })
    const ActionNames = ['secretsmanager:GetSecretValue']
    const ResourceArns = ['arn:aws:secretsmanager:eu-central-1:111122223333:secret:pay/db-AbCdEf']
    const asked = { PolicySourceArn, ActionNames, ResourceArns }
    expect(await simulate(asked)).toMatchObject([{ EvalDecision: 'implicitDeny' }])
    expect(await simulate({ ...asked, ResourcePolicy })).toMatchObject([{ EvalDecision: 'explicitDeny' }])
  })
  test('takes tags as context entries, and names those that are missing', async () => {
    const [without] = await simulate({ PolicyInputList: [byTag] })
    expect(without).toMatchObject({ EvalDecision: 'explicitDeny', MissingContextValues: ['aws:ResourceTag/team'] })
    const ContextEntries = [
      { ContextKeyName: 'aws:ResourceTag/team', ContextKeyValues: ['blue'], ContextKeyType: 'string' as const },
    ]
    const [given] = await simulate({ PolicyInputList: [byTag], ContextEntries })
    expect(given).toMatchObject({ EvalDecision: 'allowed', MissingContextValues: [] })
  })
  test('knows boundaries and SCPs, and answers for each action, and in it for each resource', async () => {
    const results = await simulate({ ActionNames: ['kms:Decrypt', 's3:GetObject'], ResourceArns: [key, '*'] })
    expect(
      results.map(({ EvalActionName, EvalDecision, ResourceSpecificResults = [] }) => [
        EvalActionName,
        EvalDecision,
        ...ResourceSpecificResults.map((each) => [each.EvalResourceName, each.EvalResourceDecision]),
      ]),
    ).toEqual([
      ['kms:Decrypt', 'allowed', [key, 'allowed'], ['*', 'allowed']],
      ['s3:GetObject', 'implicitDeny', [key, 'implicitDeny'], ['*', 'implicitDeny']],
    ])
    expect(results[0]).toMatchObject({
      OrganizationsDecisionDetail: { AllowedByOrganizations: true },
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true },
    })
  })
  test('a policy that is none is invalid input', async () => {
    expect(
      await outcome(
        client.send(
          new iam.SimulatePrincipalPolicyCommand({
            PolicySourceArn: roleArn,
            ActionNames: ['kms:Decrypt'],
            PolicyInputList: ['{}'],
          }),
        ),
      ),
    ).toMatchObject({
      error: 'InvalidInputException',
      status: 400,
    })
  })
})
