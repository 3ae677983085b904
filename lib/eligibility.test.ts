import { expect, test } from 'vitest'
import { type Ineligibility, ineligibilities, ineligibilityOf } from './eligibility.ts'
import type { Resource } from './resource.ts'

const account = '111122223333'
const key: Resource = {
  arn: `arn:aws:kms:eu-central-1:${account}:key/a08ff49b-6f77-2632-716c-43069c43a8c3`,
  type: 'key',
  account,
  region: 'eu-central-1',
  name: 'pay',
  aliases: [],
  description: '',
  state: 'Enabled',
  manager: 'customer',
  createdAt: null,
  deletionAt: null,
  primaryRegion: null,
  siblings: [],
  kmsKeyId: null,
  tags: [],
  problem: null,
}
const secret: Resource = {
  ...key,
  type: 'secret',
  arn: `arn:aws:secretsmanager:eu-central-1:${account}:secret:pay-AbC12f`,
}

// States: KMS Developer Guide, "Key states of AWS KMS keys", rows TagResource and UntagResource.
const cases: [string, Resource, Ineligibility | undefined][] = [
  ['an enabled key', key, undefined],
  ['a disabled key can be untagged', { ...key, state: 'Disabled' }, undefined],
  ['a key without material can be untagged', { ...key, state: 'PendingImport' }, undefined],
  ['a key whose key store is away can be untagged', { ...key, state: 'Unavailable' }, undefined],
  ['a replica that is being made can be untagged', { ...key, state: 'Creating' }, undefined],
  ['a key whose primary is changing can be untagged', { ...key, state: 'Updating' }, undefined],
  ['a key pending deletion', { ...key, state: 'PendingDeletion' }, 'pendingDeletion'],
  ['a primary key whose replicas are pending deletion', { ...key, state: 'PendingReplicaDeletion' }, 'pendingDeletion'],
  ['a key that AWS manages, whatever else holds', { ...key, manager: 'AWS', tags: null }, 'awsManaged'],
  ["a key of another account's", { ...key, account: '444455556666' }, 'otherAccount'],
  ['a secret', secret, undefined],
  ['a primary secret', { ...secret, primaryRegion: 'eu-central-1' }, undefined],
  ['a replica secret', { ...secret, primaryRegion: 'us-east-1' }, 'replica'],
  ['a secret marked for deletion', { ...secret, state: 'PendingDeletion' }, 'pendingDeletion'],
  ['a secret of another service', { ...secret, manager: 'rds' }, 'serviceOwned'],
  ['a resource whose tags are unknown is never said to have none', { ...key, tags: null }, 'tagsUnreadable'],
]

test.each(cases)('%s', (_, resource, reason) => {
  expect(ineligibilityOf(resource, account)).toBe(reason)
})

test('every reason has a case, a sentence and a source', () => {
  expect(new Set(cases.map(([, , reason]) => reason).filter(Boolean))).toEqual(new Set(Object.keys(ineligibilities)))
  for (const { sentence, source } of Object.values(ineligibilities)) {
    expect(sentence).not.toBe('')
    expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//)
  }
})
