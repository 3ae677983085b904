import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GetKeyPolicyCommand,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand as UntagKeyCommand,
} from '@aws-sdk/client-kms'
import { GetSecretValueCommand, PutResourcePolicyCommand, UntagResourceCommand } from '@aws-sdk/client-secrets-manager'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../../e2e/support/sandbox.ts'
import type { ResourceView } from '../control/resources.ts'
import { administrator, type Clients, clientsFor, outcome } from '../testing.ts'
import { createWorld } from '../world.ts'
import { partnerAccountId } from './policies.ts'

let sandbox: Sandbox
let resources: ResourceView[]

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.stop())
beforeEach(async () => {
  await sandbox.reset({ quotas: 'off', authorizationLagMs: 0 })
  resources = await sandbox.resources()
})

const named = (name: string): ResourceView => {
  const found = resources.find((resource) => resource.name === name)
  if (!found) throw new Error(`the demo has no ${name}`)
  return found
}

type Ask = (who: Clients, arn: string) => Promise<Record<string, unknown>>

const decrypt: Ask = ({ kms }, KeyId) => {
  const EncryptionContext = { 'aws:backup:vault': 'main' }
  return outcome(
    kms.send(new DecryptCommand({ KeyId, EncryptionContext, DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT'] })),
  )
}
const encrypt: Ask = ({ kms }, KeyId) =>
  outcome(kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x'), DryRun: true })))
const describeKey: Ask = ({ kms }, KeyId) => outcome(kms.send(new DescribeKeyCommand({ KeyId })))
const readValue: Ask = ({ secrets }, SecretId) => outcome(secrets.send(new GetSecretValueCommand({ SecretId })))

const isAllowed = ({ error }: Record<string, unknown>) => error === undefined || error === 'DryRunOperationException'

interface Scenario {
  story: string
  who: { role: string; accountId?: string } | { user: string }
  asks: Ask
  of: string
  removed: string
  becomes: 'loses' | 'gains' | 'keeps'
}

const scenarios: Scenario[] = [
  {
    story: 'the only access hangs on one tag',
    who: { role: 'settlement-batch' },
    asks: decrypt,
    of: 'alias/payouts',
    removed: 'owner',
    becomes: 'loses',
  },
  {
    story: 'the role’s team tag must be the owner',
    who: { role: 'mobile-service' },
    asks: readValue,
    of: 'mobile/push/fcm-key',
    removed: 'owner',
    becomes: 'loses',
  },
  {
    story: 'a role that the key policy names does not need the tag',
    who: { role: 'mobile-service' },
    asks: decrypt,
    of: 'alias/mobile/prod/push',
    removed: 'owner',
    becomes: 'keeps',
  },
  {
    story: 'an SCP stops new use of keys without an owner',
    who: { role: 'mobile-service' },
    asks: encrypt,
    of: 'alias/mobile/prod/push',
    removed: 'owner',
    becomes: 'loses',
  },
  {
    story: 'out of quarantine',
    who: { role: 'marketing-service' },
    asks: readValue,
    of: 'marketing/newsletter/api-token',
    removed: 'quarantine',
    becomes: 'gains',
  },
  {
    story: 'the boundary keeps production out by its tag',
    who: { role: 'notebooks' },
    asks: decrypt,
    of: 'alias/mobile/prod/push',
    removed: 'env',
    becomes: 'gains',
  },
  {
    story: 'the secret’s own policy hangs on its project',
    who: { role: 'payments-service' },
    asks: readValue,
    of: 'payments/prod/ledger/database',
    removed: 'Project',
    becomes: 'loses',
  },
  {
    story: 'a group reads what is not production',
    who: { user: 'grace' },
    asks: readValue,
    of: 'data/staging/lineage/token',
    removed: 'ENV',
    becomes: 'loses',
  },
  {
    story: 'a user manages what Terraform made',
    who: { user: 'ci-deploy' },
    asks: describeKey,
    of: 'alias/platform/prod/terraform-state',
    removed: 'ManagedBy',
    becomes: 'loses',
  },
  {
    story: 'a grant does not hang on tags',
    who: { role: 'backup-restore' },
    asks: decrypt,
    of: 'alias/platform/prod/terraform-state',
    removed: 'Owner',
    becomes: 'keeps',
  },
  {
    story: 'a service-linked role lives by its grant',
    who: { role: 'AWSServiceRoleForAutoScaling' },
    asks: decrypt,
    of: 'alias/platform/prod/terraform-state',
    removed: 'Owner',
    becomes: 'keeps',
  },
  {
    story: 'another company’s role is in the key policy',
    who: { role: 'analytics', accountId: partnerAccountId },
    asks: decrypt,
    of: 'alias/data-platform/dev/reporting',
    removed: 'owner',
    becomes: 'keeps',
  },
]

describe('what the demo’s company would find out by removing a tag', () => {
  test.each(scenarios)('$story: $who $becomes', async ({ who, asks, of, removed, becomes }) => {
    const { arn, region, tags } = named(of)
    expect(tags).toHaveProperty([removed])
    const principal = await clientsFor(sandbox, who, region)
    const before = isAllowed(await asks(principal, arn))
    await sandbox.deleteTag(arn, removed)
    const after = isAllowed(await asks(principal, arn))
    const expected = { loses: [true, false], gains: [false, true], keeps: [true, true] }
    expect([before, after]).toEqual(expected[becomes])
  })
  test('every principal that a policy names is there', async () => {
    const { world } = createWorld({})
    const roles = [...world.accounts.values()].flatMap((account) => [...account.roles.values()])
    const arns = new Set(roles.map(({ arn }) => arn))
    const texts = [...world.accounts.values()].flatMap(({ regions }) =>
      [...regions.values()].flatMap(({ keys, secrets }) => [
        ...[...keys.values()].map(({ policy, grants }) => policy + JSON.stringify(grants)),
        ...[...secrets.values()].map(({ resourcePolicy }) => resourcePolicy ?? ''),
      ]),
    )
    const namedRoles = new Set(texts.flatMap((text) => text.match(/arn:aws:iam::\d{12}:role\/[^"]+/g) ?? []))
    expect([...namedRoles].filter((arn) => !arns.has(arn))).toEqual([])
    expect(namedRoles.size).toBeGreaterThan(12)
  })
})

describe('the operator', () => {
  const operator = (region: string) => clientsFor(sandbox, { role: 'TagOperator' }, region)

  test('sees and untags every key and secret of the company', async () => {
    const own = resources.filter(({ manager, state }) => manager === 'CUSTOMER' && !state.startsWith('Pending'))
    for (const { arn, type, region } of own) {
      const { kms, secrets } = await operator(region)
      const answers =
        type === 'key'
          ? [
              await outcome(kms.send(new DescribeKeyCommand({ KeyId: arn }))),
              await outcome(kms.send(new ListResourceTagsCommand({ KeyId: arn }))),
              await outcome(kms.send(new GetKeyPolicyCommand({ KeyId: arn }))),
              await outcome(kms.send(new UntagKeyCommand({ KeyId: arn, TagKeys: ['owner'] }))),
            ]
          : [await outcome(secrets.send(new UntagResourceCommand({ SecretId: arn, TagKeys: ['owner'] })))]
      const refused = answers.filter(({ error }) => error === 'AccessDeniedException')
      expect([arn, refused]).toEqual([arn, []])
    }
  })
  test('locks itself out of a key by the tag that says how its data is classified', async () => {
    const { arn, region, tags } = named('alias/payments/prod/ledger')
    expect(tags).toMatchObject({ DataClass: 'PCI', Project: 'Alpha' })
    const { kms } = await operator(region)
    const untag = () => outcome(kms.send(new UntagKeyCommand({ KeyId: arn, TagKeys: ['DataClass'] })))
    expect(await untag()).not.toHaveProperty('error')
    expect(await untag()).toMatchObject({ error: 'AccessDeniedException' })
    const Tags = [{ TagKey: 'DataClass', TagValue: 'PCI' }]
    const putBack = await outcome(kms.send(new TagResourceCommand({ KeyId: arn, Tags })))
    expect(putBack).toMatchObject({ error: 'AccessDeniedException' })
  })
  test('is kept by Secrets Manager from doing the same to a secret', async () => {
    const { arn, region } = named('payments/prod/ledger/database')
    const { secrets } = await operator(region)
    const untag = new UntagResourceCommand({ SecretId: arn, TagKeys: ['DataClass'] })
    expect(await outcome(secrets.send(untag))).toMatchObject({ error: 'AccessDeniedException' })
    expect(await sandbox.tagsOf(arn)).toHaveProperty('DataClass')
  })
  test('is no administrator', async () => {
    const key = named('alias/mobile/prod/push')
    const secret = named('mobile/push/fcm-key')
    const atKey = await operator(key.region)
    const { kms } = atKey
    const { secrets } = await operator(secret.region)
    const [KeyId, SecretId] = [key.arn, secret.arn]
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow' }] })
    const answers = [
      await decrypt(atKey, KeyId),
      await outcome(kms.send(new ScheduleKeyDeletionCommand({ KeyId }))),
      await outcome(kms.send(new PutKeyPolicyCommand({ KeyId, Policy }))),
      await outcome(secrets.send(new GetSecretValueCommand({ SecretId }))),
      await outcome(secrets.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy: Policy }))),
    ]
    expect(answers.map(({ error }) => error)).toEqual(answers.map(() => 'AccessDeniedException'))
  })
  test('looks after the key that IAM policies do not reach, where administrators cannot', async () => {
    const { arn, region } = named('alias/platform/prod/vault-unseal')
    expect(await describeKey(await operator(region), arn)).toHaveProperty('KeyMetadata')
    expect(await describeKey(await clientsFor(sandbox, administrator, region), arn)).toMatchObject({
      error: 'AccessDeniedException',
    })
  })
})
