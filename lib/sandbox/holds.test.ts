import { ListResourceTagsCommand, UntagResourceCommand } from '@aws-sdk/client-kms'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import { type Clients, clientsOf, outcome } from './testing.ts'

let sandbox: Sandbox
let aws: Clients
let keyArn: string
let otherArn: string

beforeAll(async () => {
  sandbox = await startSandbox()
  aws = clientsOf(sandbox)
})
afterAll(() => sandbox.stop())
beforeEach(async () => {
  const tags = { Owner: 'ada' }
  const exactly = [0, 1].map(() => ({ type: 'key' as const, tags }))
  ;[keyArn = '', otherArn = ''] = (await sandbox.reset({ quotas: 'off', exactly })).arns
})

const operations = ['kms:UntagResource']
const untag = (KeyId = keyArn) => outcome(aws.kms.send(new UntagResourceCommand({ KeyId, TagKeys: ['Owner'] })))
const heldCall = (id: number) => expect.poll(async () => (await sandbox.held(id)).call)

test.each([
  ['arrived', { Owner: 'ada' }],
  ['done', {}],
] as const)('a call that is held when it has %s shows what has come of it, then goes on', async (place, tags) => {
  const { id } = await sandbox.hold({ operations, place })
  const answer = untag()
  await heldCall(id).toMatchObject({ operation: 'kms:UntagResource', resource: keyArn })
  expect(await sandbox.tagsOf(keyArn)).toEqual(tags)
  await sandbox.release(id)
  expect(await answer).toEqual({})
  expect(await sandbox.tagsOf(keyArn)).toEqual({})
})

test.each([
  ['arrived', { Owner: 'ada' }],
  ['done', {}],
] as const)('dropped when it has %s, its caller hears nothing and the tags stay as they are', async (place, tags) => {
  const { id } = await sandbox.hold({ operations, place })
  const answer = untag()
  await heldCall(id).not.toBeNull()
  await sandbox.release(id, 'drop')
  expect(await answer).toHaveProperty('error')
  expect(await sandbox.tagsOf(keyArn)).toEqual(tags)
})

test('a hold takes one call, of the operations and the resource that it is for', async () => {
  const { id } = await sandbox.hold({ operations, resource: keyArn, place: 'arrived' })
  await aws.kms.send(new ListResourceTagsCommand({ KeyId: keyArn }))
  expect(await untag(otherArn)).toEqual({})
  expect((await sandbox.held(id)).call).toBeNull()
  const first = untag()
  await heldCall(id).not.toBeNull()
  expect(await untag()).toEqual({})
  await sandbox.release(id)
  expect(await first).toEqual({})
})

test('what a fault refuses is not held, nor what comes after the hold has ended', async () => {
  const { id } = await sandbox.hold({ operations, otherThan: [otherArn], place: 'arrived' })
  await sandbox.faults({ operation: 'kms:UntagResource', kind: 'throttle', count: 1 })
  expect(await untag()).toHaveProperty('error', 'ThrottlingException')
  expect(await untag(otherArn)).toEqual({})
  await sandbox.release(id)
  expect(await untag()).toEqual({})
  await expect(sandbox.held(id)).rejects.toThrow('no such')
})
