import { expect, test } from 'vitest'
import type { AffectedCell } from '#lib/impact-review.ts'
import { cellInWords } from './effects.ts'

const action = 'kms:Decrypt'
const cases: { rule: string; effects: AffectedCell['effects']; words: string }[] = [
  { rule: 'one effect', effects: { loss: 12 }, words: 'batch loses kms:Decrypt on 12 resources' },
  { rule: 'one resource', effects: { gain: 1 }, words: 'batch gains kms:Decrypt on 1 resource' },
  {
    rule: 'several effects, what is sure first',
    effects: { unknown: 1, 'may-lose': 3, loss: 2 },
    words: 'batch loses kms:Decrypt on 2 resources, may lose it on 3 resources, unknown on 1 resource',
  },
  { rule: 'nothing but unknown', effects: { unknown: 4 }, words: 'batch: kms:Decrypt is unknown on 4 resources' },
]

test.each(cases)('a cell in words: $rule', ({ effects, words }) => {
  expect(cellInWords('batch', { action, class: 'data', effects })).toBe(words)
})
