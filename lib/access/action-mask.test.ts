import { expect, test } from 'vitest'
import { actionsIn, actionsOf, difference, intersection, isEmptyMask, maskOf, maskWhere, union } from './action-mask.ts'

const mask = (...patterns: string[]) => maskOf({ negated: false, patterns }, 'kms')
const named = (...patterns: string[]) => actionsIn('kms', mask(...patterns))
const all = actionsOf('kms').map(({ name }) => name)

test.each([
  ['KMS:encrypt', ['kms:Encrypt']],
  ['kms:?ncrypt', ['kms:Encrypt']],
  ['kms:DisableKey*', ['kms:DisableKey', 'kms:DisableKeyRotation']],
  [`kms:\${x}ncrypt`, []],
  ['secretsmanager:*', []],
  ['*', all],
])('%s names actions of KMS', (pattern, names) => {
  expect(named(pattern)).toEqual(names)
})

test('NotAction names all others', () => {
  const others = maskOf({ negated: true, patterns: ['kms:Encrypt'] }, 'kms')
  expect(actionsIn('kms', others)).toEqual(all.filter((name) => name !== 'kms:Encrypt'))
})

test('masks are sets', () => {
  const [one, other] = [mask('kms:Encrypt', 'kms:Decrypt'), mask('kms:Decrypt', 'kms:Verify')]
  expect(actionsIn('kms', union(one, other))).toEqual(['kms:Decrypt', 'kms:Encrypt', 'kms:Verify'])
  expect(actionsIn('kms', intersection(one, other))).toEqual(['kms:Decrypt'])
  expect(actionsIn('kms', difference(one, other))).toEqual(['kms:Encrypt'])
})

test('a mask is empty that holds no action', () => {
  const last = all.at(-1)
  expect(isEmptyMask(mask())).toBe(true)
  expect(isEmptyMask(maskWhere('kms', ({ name }) => name === last))).toBe(false)
})
