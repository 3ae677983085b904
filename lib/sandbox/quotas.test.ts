import { expect, test } from 'vitest'
import { type QuotaName, Quotas } from './quotas.ts'

const nobody = new Map<QuotaName, number>()

/** How many of so many requests in one instant pass. */
function passing(quotas: Quotas, quota: QuotaName, atMs: number, others = nobody, region = 'eu-central-1'): number {
  const answers = Array.from({ length: 100 }, () => quotas.take(quota, '111122223333', region, atMs, others))
  return answers.filter((isTaken) => isTaken).length
}

test.each<[quota: QuotaName, perSecond: number, source: string]>([
  ['kms:UntagResource', 5, 'KDG requests-per-second'],
  ['kms:TagResource', 10, 'KDG requests-per-second'],
  ['secretsmanager:TagResource+UntagResource', 50, 'SMUG reference_limits'],
])('%s lets %i requests pass at once, and as many in each second after (%s)', (quota, perSecond) => {
  const quotas = new Quotas()
  expect(passing(quotas, quota, 0)).toBe(perSecond)
  expect(passing(quotas, quota, 0)).toBe(0)
  expect(passing(quotas, quota, 1_000)).toBe(perSecond)
  expect(passing(quotas, quota, 1_400)).toBe(perSecond * 0.4)
})

test('an hour of rest saves up no more than a second’s worth', () => {
  const quotas = new Quotas()
  passing(quotas, 'kms:UntagResource', 0)
  expect(passing(quotas, 'kms:UntagResource', 3_600_000)).toBe(5)
})

test('each Region and each operation has its own', () => {
  const quotas = new Quotas()
  passing(quotas, 'kms:UntagResource', 0)
  expect(passing(quotas, 'kms:UntagResource', 0, nobody, 'us-east-1')).toBe(5)
  expect(passing(quotas, 'kms:TagResource', 0)).toBe(10)
})

test.each([
  [0.4, 3, 3],
  [0.9, 1, 0],
  [1, 0, 0],
])('somebody else who takes %f of five leaves %i at first and %i a second later', (share, first, later) => {
  const quotas = new Quotas()
  const others = new Map<QuotaName, number>([['kms:UntagResource', share]])
  expect(passing(quotas, 'kms:UntagResource', 0, others)).toBe(first)
  expect(passing(quotas, 'kms:UntagResource', 1_000, others)).toBe(later)
})
