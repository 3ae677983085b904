import { expect, test } from 'vitest'
import type { RequiredAcknowledgement } from '#lib/item-impact.ts'
import { acknowledgedText, acknowledgementsOf, type Given, missing, nothingGiven } from './acknowledging.ts'

const ownLoss: RequiredAcknowledgement = { kind: 'ownLoss', resources: 2, typed: 'alias/pay' }
const unknown: RequiredAcknowledgement = { kind: 'unknown', resources: 1, typed: null }
const notRead: RequiredAcknowledgement = { kind: 'notRead', resources: 0, typed: null }
const asked = { impactId: 'first', required: [ownLoss, unknown] }
const given: Given = { typed: { ownLoss: 'alias/pay' }, ticked: { unknown: 'first' } }

const cases: [rule: string, given: Given, asked: Parameters<typeof missing>[1], missing: RequiredAcknowledgement[]][] =
  [
    ['nothing is given by itself', nothingGiven, asked, [ownLoss, unknown]],
    ['all is given', given, asked, []],
    ['a name must be typed to its end', { ...given, typed: { ownLoss: 'alias/pa' } }, asked, [ownLoss]],
    ['a name must be spelt exactly', { ...given, typed: { ownLoss: 'Alias/pay' } }, asked, [ownLoss]],
    ['a tick of another analysis does not count', given, { ...asked, impactId: 'second' }, [unknown]],
    ['a name typed for another kind does not count', { ...given, typed: { gain: 'alias/pay' } }, asked, [ownLoss]],
    ['nothing is asked, nothing is missing', nothingGiven, { impactId: 'first', required: [] }, []],
  ]
test.each(cases)('%s', (_, given, asked, expected) => {
  expect(missing(given, asked)).toEqual(expected)
})

test('only what is asked is sent', () => {
  expect(acknowledgementsOf({ impactId: 'first', required: [ownLoss, unknown] })).toEqual([
    { kind: 'ownLoss', typed: 'alias/pay' },
    { kind: 'unknown', typed: null },
  ])
})

test('what concerns the whole plan has no count', () => {
  expect(acknowledgedText(unknown, 'remove')).toBe('it is unknown what becomes of access: 1 resource')
  expect(acknowledgedText(notRead, 'putBack')).toBe('parts of the picture were not read')
})
