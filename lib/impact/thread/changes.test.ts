import { expect, test } from 'vitest'
import { ordinalsOf } from '../members.ts'
import { type Change, Changes } from './changes.ts'
import { countByResource } from './counts.ts'

const loss: Change = {
  before: 'allow',
  after: 'deny',
  effect: ['loss'],
  actions: ['kms:Decrypt', 'kms:Encrypt'],
  undecided: false,
  reason: null,
}
const unknown: Change = { ...loss, after: 'unknown', effect: ['unknown'], actions: ['kms:Sign'], reason: 'nobody says' }
const [operator, reader] = [0, 1]

const rowsOf = (changes: Changes) =>
  [...changes.byAsker()].map(([asker, rows]) => [asker, rows.map(({ members }) => [...ordinalsOf(members)])])

test('what changes alike is one row, whatever the order in which it is found', () => {
  const changes = new Changes(20)
  changes.add(reader, loss, [9])
  changes.add(operator, loss, [0])
  changes.add(reader, { ...loss }, [1, 8])
  changes.add(reader, unknown, [19])
  expect(rowsOf(changes)).toEqual([
    [operator, [[0]]],
    [reader, [[1, 8, 9], [19]]],
  ])
  expect(changes.unknownOn()).toEqual([19])
})

test('what is forgotten tells whom it was about', () => {
  const changes = new Changes(20)
  changes.add(operator, loss, [1])
  changes.add(reader, loss, [1, 2])
  changes.add(reader, unknown, [2])
  expect(changes.forget([2])).toEqual([reader])
  expect(rowsOf(changes)).toEqual([
    [operator, [[1]]],
    [reader, [[1]]],
  ])
})

test('actions of the operator are counted, and everybody else once in each column', () => {
  const changes = new Changes(3)
  changes.add(operator, loss, [0])
  for (const other of [1, 2]) changes.add(other, loss, [0, 1])
  changes.add(1, { ...loss, actions: ['kms:Verify'] }, [0])
  changes.add(1, { ...loss, effect: ['may-lose', 'gain'], actions: ['kms:Sign'] }, [1])
  changes.add(2, unknown, [1])
  const none = { lose: 0, mayLose: 0, gain: 0, mayGain: 0, unknown: 0 }
  expect(countByResource(changes, 3, operator)).toEqual([
    { own: { ...none, lose: 2 }, others: { ...none, lose: 2 }, reasons: new Set() },
    {
      own: none,
      others: { ...none, lose: 2, mayLose: 1, gain: 1, unknown: 1 },
      reasons: new Set(['nobody says']),
    },
    { own: none, others: none, reasons: new Set() },
  ])
})
