import { expect, test } from 'vitest'
import type { RequiredAcknowledgement } from '#lib/item-impact.ts'
import { acknowledgedText, acknowledgementsOf, type Given, missing, nothingGiven } from './acknowledging.ts'

const ownLoss: RequiredAcknowledgement = { kind: 'ownLoss', resources: 2, typed: 'alias/pay' }
const unknown: RequiredAcknowledgement = { kind: 'unknown', resources: 1, typed: null }
const notRead: RequiredAcknowledgement = { kind: 'notRead', resources: 0, typed: null }
const asked = { impactId: 'first', required: [ownLoss, unknown] }
const ticked = { typed: null, impactId: 'first', resources: 1 }
const typed = { typed: 'alias/pay', impactId: 'first', resources: 2 }
const given: Given = { ownLoss: typed, unknown: ticked }

const cases: [rule: string, given: Given, asked: Parameters<typeof missing>[1], missing: RequiredAcknowledgement[]][] =
  [
    ['nothing is given by itself', nothingGiven, asked, [ownLoss, unknown]],
    ['all is given', given, asked, []],
    ['a name must be typed to its end', { ...given, ownLoss: { ...typed, typed: 'alias/pa' } }, asked, [ownLoss]],
    ['a name must be spelt exactly', { ...given, ownLoss: { ...typed, typed: 'Alias/pay' } }, asked, [ownLoss]],
    ['nothing that was given for another analysis counts', given, { ...asked, impactId: 'second' }, [ownLoss, unknown]],
    ['a name typed for another kind does not count', { unknown: ticked, gain: typed }, asked, [ownLoss]],
    ['a tick is no name', { ...given, ownLoss: { ...typed, typed: null } }, asked, [ownLoss]],
    [
      'what is about more resources by now is asked again',
      given,
      { ...asked, required: [{ ...ownLoss, resources: 3 }, unknown] },
      [{ ...ownLoss, resources: 3 }],
    ],
    ['what is about fewer is not', given, { ...asked, required: [{ ...ownLoss, resources: 1 }] }, []],
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
