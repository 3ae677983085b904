import { expect, test } from 'vitest'
import { ordinalsOf } from '../members.ts'
import { type Change, Changes } from './changes.ts'
import { doubt } from './doubt.ts'
import type { PlannedResource } from './planned-resource.ts'

const OPERATOR = 0
const resource = (type: 'key' | 'secret') => ({ known: { type } }) as PlannedResource
const resources = [resource('key'), resource('key'), resource('secret')]
const loss: Omit<Change, 'actions'> = {
  before: 'allow',
  after: 'deny',
  effect: ['loss'],
  undecided: false,
  reason: null,
}
const told = (changes: Changes) =>
  [...changes.byAsker()].flatMap(([asker, rows]) =>
    rows.map(({ actions, effect, members }) => `${asker} ${effect} ${actions} on ${[...ordinalsOf(members)]}`),
  )

test('what is doubted replaces what was found for the operator on resources of the type, and nothing else', () => {
  const changes = new Changes(resources.length)
  changes.add(OPERATOR, { ...loss, actions: ['kms:Decrypt', 'kms:DescribeKey'] }, [0, 2])
  changes.add(1, { ...loss, actions: ['kms:DescribeKey'] }, [0])
  doubt(changes, OPERATOR, resources, [{ type: 'key', name: 'alias/a', action: 'kms:DescribeKey' }])
  expect(told(changes).sort()).toEqual([
    '0 loss kms:Decrypt on 0',
    '0 loss kms:Decrypt,kms:DescribeKey on 2',
    '0 unknown kms:DescribeKey on 0,1',
    '1 loss kms:DescribeKey on 0',
  ])
})

test('nothing is doubted where the plan has no resource of the type', () => {
  const changes = new Changes(1)
  doubt(changes, OPERATOR, [resource('secret')], [{ type: 'key', name: 'alias/a', action: 'kms:Decrypt' }])
  expect(told(changes)).toEqual([])
})
