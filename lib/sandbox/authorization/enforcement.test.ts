import { DescribeKeyCommand, GetKeyPolicyCommand, UntagResourceCommand } from '@aws-sdk/client-kms'
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../../e2e/support/sandbox.ts'
import type { ResetChange } from '../settings.ts'
import { type Clients, clientsFor, outcome } from '../testing.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.stop())

const account = '111122223333'
const other = '444455556666'
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })
const allow = (Action: string | string[], rest: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...rest })
const deny = (Action: string | string[], rest: object = {}) => ({ ...allow(Action, rest), Effect: 'Deny' })
const teamTag = { Condition: { StringEquals: { 'aws:ResourceTag/team': 'blue' } } }
const describes = policy(allow('kms:DescribeKey'))
const app = { type: 'role', name: 'app', policies: { P: describes } } as const
const key = { type: 'key', tags: { team: 'blue' } } as const
const toAccount = (id: string) => ({ ...allow('kms:*'), Principal: { AWS: `arn:aws:iam::${id}:root` } })
const toRole = (arn: string, action = 'kms:DescribeKey') => ({ ...allow(action), Principal: { AWS: arn } })

const describeKey = ({ kms }: Clients, KeyId: string) => outcome(kms.send(new DescribeKeyCommand({ KeyId })))

interface Case {
  rule: string
  world: ResetChange
  /** How AWS's text ends (IAM User Guide, troubleshoot_access-denied), or yes. */
  answer: string
}

const cases: Case[] = [
  { rule: 'identity policy and delegation allow', world: { principals: [app], exactly: [key] }, answer: 'yes' },
  {
    rule: 'no identity policy',
    world: { principals: [{ type: 'role', name: 'app' }], exactly: [key] },
    answer: 'because no identity-based policy allows the kms:DescribeKey action',
  },
  {
    rule: 'an identity policy that waits for another tag value',
    world: {
      principals: [{ ...app, policies: { P: policy(allow('kms:*', teamTag)) } }],
      exactly: [{ ...key, tags: { team: 'red' } }],
    },
    answer: 'because no identity-based policy allows the kms:DescribeKey action',
  },
  {
    rule: 'an identity policy whose tag is there',
    world: { principals: [{ ...app, policies: { P: policy(allow('kms:*', teamTag)) } }], exactly: [key] },
    answer: 'yes',
  },
  {
    rule: 'the principal’s tag is the value to be met',
    world: {
      principals: [
        {
          ...app,
          tags: { squad: 'blue' },
          policies: {
            P: policy(
              allow('kms:*', { Condition: { StringEquals: { 'aws:ResourceTag/team': `\${aws:PrincipalTag/squad}` } } }),
            ),
          },
        },
      ],
      exactly: [key],
    },
    answer: 'yes',
  },
  {
    rule: 'a key policy without delegation',
    world: {
      principals: [app],
      exactly: [{ ...key, policy: policy(toRole(`arn:aws:iam::${account}:role/somebody`)) }],
    },
    answer: 'because no resource-based policy allows the kms:DescribeKey action',
  },
  {
    rule: 'a key policy that names the role needs no identity policy',
    world: {
      principals: [{ type: 'role', name: 'app' }],
      exactly: [{ ...key, policy: policy(toRole(`arn:aws:iam::${account}:role/app`)) }],
    },
    answer: 'yes',
  },
  {
    rule: 'a grant stands for what no policy allows',
    world: {
      principals: [{ type: 'role', name: 'app' }],
      exactly: [
        { ...key, grants: [{ granteePrincipal: `arn:aws:iam::${account}:role/app`, operations: ['DescribeKey'] }] },
      ],
    },
    answer: 'yes',
  },
  {
    rule: 'an explicit deny in an identity policy',
    world: {
      principals: [{ ...app, policies: { P: policy(allow('kms:*'), deny('kms:*', teamTag)) } }],
      exactly: [key],
    },
    answer: 'with an explicit deny in an identity-based policy',
  },
  {
    rule: 'an explicit deny in the key policy',
    world: {
      principals: [app],
      exactly: [{ ...key, policy: policy(toAccount(account), { ...deny('kms:DescribeKey'), Principal: '*' }) }],
    },
    answer: 'with an explicit deny in a resource-based policy',
  },
  {
    rule: 'a boundary that does not allow it',
    world: { principals: [{ ...app, boundary: policy(allow('s3:*')) }], exactly: [key] },
    answer: 'because no permissions boundary allows the kms:DescribeKey action',
  },
  {
    rule: 'a boundary that denies it by tag',
    world: { principals: [{ ...app, boundary: policy(allow('*'), deny('kms:*', teamTag)) }], exactly: [key] },
    answer: 'with an explicit deny in a permissions boundary',
  },
  {
    rule: 'an OU whose SCPs allow something else',
    world: {
      principals: [app],
      exactly: [key],
      organization: { scps: [[policy(allow('*'))], [policy(allow('s3:*'))], [policy(allow('*'))]] },
    },
    answer: 'because no service control policy allows the kms:DescribeKey action',
  },
  {
    rule: 'an SCP of the root that denies untagged keys',
    world: {
      principals: [app],
      exactly: [{ ...key, tags: {} }],
      organization: {
        scps: [[policy(allow('*'), deny('kms:*', { Condition: { Null: { 'aws:ResourceTag/team': 'true' } } }))]],
      },
    },
    answer: 'with an explicit deny in a service control policy',
  },
  {
    rule: 'an RCP that denies',
    world: {
      principals: [app],
      exactly: [key],
      organization: { rcps: [[], [policy({ ...deny('kms:*'), Principal: '*' })]] },
    },
    answer: 'with an explicit deny in a resource control policy',
  },
  {
    rule: 'control policies do not bind the management account',
    world: {
      principals: [app],
      exactly: [key],
      organization: { managementAccountId: account, scps: [[policy(deny('*'))]] },
    },
    answer: 'yes',
  },
  {
    rule: 'no organization, no control policies',
    world: { principals: [app], exactly: [key], organization: null },
    answer: 'yes',
  },
  {
    rule: 'another account needs both sides: the key’s is missing',
    world: { principals: [app], exactly: [{ ...key, accountId: other }] },
    answer: 'because no resource-based policy allows the kms:DescribeKey action',
  },
  {
    rule: 'another account needs both sides: the caller’s is missing',
    world: {
      principals: [{ type: 'role', name: 'app' }],
      exactly: [{ ...key, accountId: other, policy: policy(toAccount(other), toAccount(account)) }],
    },
    answer: 'because no identity-based policy allows the kms:DescribeKey action',
  },
  {
    rule: 'another account with both sides',
    world: {
      principals: [app],
      exactly: [{ ...key, accountId: other, policy: policy(toAccount(other), toAccount(account)) }],
    },
    answer: 'yes',
  },
  {
    rule: 'service-linked roles are not bound by SCPs',
    world: {
      principals: [{ ...app, path: '/aws-service-role/autoscaling.amazonaws.com/' }],
      exactly: [key],
      organization: { scps: [[policy(deny('*'))]] },
    },
    answer: 'yes',
  },
]

describe('a role’s request is answered by all layers of policies', () => {
  test.each(cases)('$rule: $answer', async ({ world, answer }) => {
    const [arn = ''] = (await sandbox.reset(world)).arns
    const answered = await describeKey(await clientsFor(sandbox, { role: 'app', sessionName: 'ada' }), arn)
    if (answer === 'yes') return expect(answered).toMatchObject({ KeyMetadata: { Arn: arn } })
    expect(answered).toEqual({
      error: 'AccessDeniedException',
      status: 400,
      message: `User: arn:aws:sts::${account}:assumed-role/app/ada is not authorized to perform: kms:DescribeKey on resource: ${arn} ${answer}`,
    })
  })
})

describe('who asks', () => {
  const secret = { type: 'secret', name: 'pay/db', tags: { team: 'blue' } } as const
  const readsSecrets = policy(allow('secretsmanager:GetSecretValue'))
  const getValue = ({ secrets }: Clients, SecretId: string) =>
    outcome(secrets.send(new GetSecretValueCommand({ SecretId })))

  test('a user has the policies of its groups', async () => {
    const [arn = ''] = (
      await sandbox.reset({
        exactly: [secret],
        principals: [
          { type: 'group', name: 'readers', policies: { P: readsSecrets } },
          { type: 'user', name: 'lin', groups: ['readers'] },
        ],
      })
    ).arns
    expect(await getValue(await clientsFor(sandbox, { user: 'lin' }), arn)).toMatchObject({ Name: 'pay/db' })
    expect(await getValue(await clientsFor(sandbox, { user: 'grace' }), arn)).toMatchObject({
      error: 'AccessDeniedException',
    })
  })
  test('managed policies count like inline ones', async () => {
    const principals = [{ type: 'role', name: 'app', managedPolicies: { Read: readsSecrets } }] as const
    const [arn = ''] = (await sandbox.reset({ exactly: [secret], principals: [...principals] })).arns
    expect(await getValue(await clientsFor(sandbox, { role: 'app' }), arn)).toMatchObject({ Name: 'pay/db' })
  })
  test('the root user needs no identity policy, but a key policy that names its account', async () => {
    const closed = policy(toRole(`arn:aws:iam::${account}:role/somebody`))
    const { arns } = await sandbox.reset({ exactly: [key, { ...key, policy: closed }] })
    const root = await clientsFor(sandbox, { isRoot: true })
    expect(await describeKey(root, arns[0] ?? '')).toHaveProperty('KeyMetadata')
    expect(await describeKey(root, arns[1] ?? '')).toMatchObject({ error: 'AccessDeniedException' })
  })
  test('a session’s tags and policies count', async () => {
    const P = policy(allow('kms:*', { Condition: { StringEquals: { 'aws:PrincipalTag/squad': 'blue' } } }))
    const principals = [{ type: 'role', name: 'app', tags: { Squad: 'red' }, policies: { P } }] as const
    const [arn = ''] = (await sandbox.reset({ exactly: [key], principals: [...principals] })).arns
    const as = async (session: object) => describeKey(await clientsFor(sandbox, { role: 'app', ...session }), arn)
    expect(await as({})).toMatchObject({ error: 'AccessDeniedException' })
    expect(await as({ tags: { squad: 'blue' } })).toHaveProperty('KeyMetadata')
    expect(await as({ tags: { squad: 'blue' }, policies: [policy(allow('s3:*'))] })).toMatchObject({
      message: expect.stringContaining('because no session policy allows the kms:DescribeKey action'),
    })
  })
})

describe('tags of keys reach authorization after a lag (KDG tag-authorization)', () => {
  const P = policy(allow(['kms:DescribeKey', 'kms:UntagResource'], teamTag))
  let arn: string
  beforeEach(async () => {
    const principals = [{ type: 'role', name: 'app', policies: { P } }] as const
    ;[arn = ''] = (await sandbox.reset({ exactly: [key], principals: [...principals] })).arns
  })
  const untag = ({ kms }: Clients) => outcome(kms.send(new UntagResourceCommand({ KeyId: arn, TagKeys: ['team'] })))

  test('the tag is gone at once for who reads it, and counts until the lag is over', async () => {
    const role = await clientsFor(sandbox, { role: 'app' })
    expect(await untag(role)).toEqual({})
    expect(await sandbox.tagsOf(arn)).toEqual({})
    expect(await describeKey(role, arn)).toHaveProperty('KeyMetadata')
    await sandbox.settings({ authorizationLagMs: 0 })
    expect(await describeKey(role, arn)).toMatchObject({ error: 'AccessDeniedException' })
  })
  test('a tag that is set again during the lag was never gone', async () => {
    const role = await clientsFor(sandbox, { role: 'app' })
    await untag(role)
    await sandbox.putTag(arn, 'team', 'blue')
    await sandbox.settings({ authorizationLagMs: 0 })
    expect(await describeKey(role, arn)).toHaveProperty('KeyMetadata')
  })
  test('a new tag opens nothing before the lag is over', async () => {
    await sandbox.reset({
      exactly: [{ ...key, tags: {} }],
      principals: [{ type: 'role', name: 'app', policies: { P } }],
    })
    const [made] = await sandbox.resources()
    const role = await clientsFor(sandbox, { role: 'app' })
    await sandbox.putTag(made?.arn ?? '', 'team', 'blue')
    expect(await describeKey(role, made?.arn ?? '')).toMatchObject({ error: 'AccessDeniedException' })
    await sandbox.settings({ authorizationLagMs: 0 })
    expect(await describeKey(role, made?.arn ?? '')).toHaveProperty('KeyMetadata')
  })
})

test('aws:TagKeys narrows what may be removed', async () => {
  const narrowed = { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['temp'] }, Null: { 'aws:TagKeys': 'false' } }
  const P = policy(allow('kms:UntagResource', { Condition: narrowed }))
  const principals = [{ type: 'role', name: 'app', policies: { P } }] as const
  const [arn = ''] = (await sandbox.reset({ exactly: [key], principals: [...principals] })).arns
  const { kms } = await clientsFor(sandbox, { role: 'app' })
  const untag = (...TagKeys: string[]) => outcome(kms.send(new UntagResourceCommand({ KeyId: arn, TagKeys })))
  expect(await untag('temp')).toEqual({})
  expect(await untag('temp', 'team')).toMatchObject({ error: 'AccessDeniedException' })
})

test('an operation that does not reach into other accounts is refused there, whatever the key policy says', async () => {
  const open = policy(toAccount(other), toAccount(account))
  const principals = [{ ...app, policies: { P: policy(allow('kms:*')) } }]
  const [arn = ''] = (await sandbox.reset({ principals, exactly: [{ ...key, accountId: other, policy: open }] })).arns
  const { kms } = await clientsFor(sandbox, { role: 'app' })
  expect(await outcome(kms.send(new GetKeyPolicyCommand({ KeyId: arn })))).toMatchObject({
    error: 'AccessDeniedException',
  })
})
