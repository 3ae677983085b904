import { expect, test } from 'vitest'
import { type ImpactReview, type ImpactSign, impactSigns } from '#lib/impact-review.ts'
import { canaryLabel, canarySentences, isCanaryProposed } from './canary-words.ts'

const offer = { first: 3, resources: 315, classes: 3, unfit: 0, beyond: 0, waitSeconds: 300 }
const signsOf = (...shown: ImpactSign[]) =>
  Object.fromEntries(impactSigns.map((sign) => [sign, Number(shown.includes(sign))])) as ImpactReview['signs']

test.each<[ImpactSign[], boolean]>([
  [[], false],
  [['protected'], false],
  [['othersLose'], true],
  [['gain'], true],
  [['unknown'], true],
  [['ownLoss'], true],
])('signs %j: proposed %s', (signs, isProposed) => {
  expect(isCanaryProposed({ signs: signsOf(...signs) })).toBe(isProposed)
})

test('it says how many go first, what they stand for, and how long it takes', () => {
  expect(canaryLabel(offer)).toBe('First only 3 of 315 resources, then ask me')
  expect(canarySentences(offer).join(' ')).toContain('Then KMS is given 5 min to follow')
  expect(canarySentences({ ...offer, waitSeconds: 0 }).join(' ')).not.toContain('KMS')
  expect(canarySentences({ ...offer, classes: 5, unfit: 2 })).toContain(
    '2 kinds have no resource that could surely be put back; they come after.',
  )
})

test('where each is of a kind of its own, nobody is told that only some go first', () => {
  expect(canaryLabel({ ...offer, resources: 3 })).toBe('Check 3 resources and ask me before this counts as done')
})
