import { expect, test } from 'vitest'
import type { ItemImpact } from '../item-impact.ts'
import { shapeOf } from './shape.ts'
import { quiet } from './testing.ts'

const keyArn = (id: string) => `arn:aws:kms:eu-central-1:111122223333:key/${id}`
const one = keyArn('11111111-1111-1111-1111-111111111111')
const other = keyArn('22222222-2222-2222-2222-222222222222')
const secret = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:pay/db-AbCdEf'
const shape = (arn: string, text: string | null, impact: Partial<ItemImpact> = {}) =>
  shapeOf({ arn, policy: { text, problem: null }, impact: { ...quiet, ...impact } })
const naming = (arn: string) => JSON.stringify({ Statement: [{ Effect: 'Allow', Resource: arn }] }, null, 2)

test.each<[string, string, string, boolean]>([
  ['the same policy', shape(one, '{"a":1}'), shape(other, '{"a":1}'), true],
  ['each its own ARN in it', shape(one, naming(one)), shape(other, naming(other)), true],
  ['the ARN of the other in it', shape(one, naming(other)), shape(other, naming(other)), false],
  ['laid out otherwise', shape(one, '{"a":1}'), shape(other, '{ "a": 1 }'), true],
  ['another policy', shape(one, '{"a":1}'), shape(other, '{"a":2}'), false],
  ['another type', shape(one, null), shape(secret, null), false],
  ['another verdict', shape(one, null), shape(other, null, { verdict: 'others' }), false],
  ['another sign', shape(one, null), shape(other, null, { reverse: 'deny' }), false],
])('%s', (_, first, second, isSame) => {
  expect(first === second).toBe(isSame)
})
