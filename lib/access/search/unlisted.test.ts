import { expect, test } from 'vitest'
import { searchSituation } from './search.ts'
import { type Ask, allow, atom, ends, situation, the } from './testing.ts'

test('numbers that are equal may be written in more ways than are listed', () => {
  const equal = ['u', 'v', 'w'].map((key): Ask => ['NumericEquals', key, '5'])
  const different = [
    ['u', 'v'],
    ['v', 'w'],
    ['w', 'u'],
  ].map(([one = '', other = '']): Ask => ['StringNotEquals', one, the(other)])
  expect(searchSituation(situation(ends(...equal, ...different))).effect).not.toEqual([])
})

test.each([
  ['by themselves', [`${the('v')}${the('w')}`]],
  ['beside one that is alone', [`${the('v')}${the('w')}`, `x${the('v')}`]],
])('two variables in one value leave both open, %s', (_, patterns) => {
  const both = atom(['StringEquals', { known: ['abcd'] }, ...patterns])
  const verdict = searchSituation(situation(allow([both, atom(['StringLike', 'v', '?'])], null)))
  expect(verdict.effect).toEqual(['may-lose'])
})

test('a variable that is part of a value leaves its key open, beside one that is alone', () => {
  const either = atom(['StringEquals', 'u', the('v'), `a-${the('v')}`])
  const verdict = searchSituation(situation(allow([either, atom(['StringNotEquals', 'u', the('v')])], null)))
  expect(verdict.effect).not.toEqual([])
})

test.each(['İ', 'aİ'])('a text in another case may be longer: %s', (text) => {
  const wild = text.replaceAll(/./g, '?')
  const asks: Ask[] = [
    ['StringEqualsIgnoreCase', 'v', text],
    ['StringNotLike', 'v', wild],
    ['StringNotEqualsIgnoreCase', 'v', 'x'],
  ]
  const verdict = searchSituation(situation(ends(...asks)))
  expect(verdict.effect).not.toEqual([])
})

test('a known text that is longer in another case leaves its variable open', () => {
  const verdict = searchSituation(situation(ends(['StringEquals', { known: ['İx'] }, `${the('v')}x`])))
  expect(verdict.effect).not.toEqual([])
})

test('so does one with too many parts beside a variable that is listed', () => {
  const either: Ask = ['StringLike', { known: ['ab'.repeat(100)] }, `*a${the('v')}a*`, the('w')]
  const verdict = searchSituation(situation(ends(either, ['StringLike', 'v', '?a?'], ['StringEquals', 'w', 'c'])))
  expect(verdict).toMatchObject({ effect: ['may-lose'], undecided: true })
})

test.each<[string, Ask[]]>([
  ['by itself', []],
  ['as one that is held against another', [['StringEquals', 'u', the('v')]]],
])('a known text with too many parts leaves its variable open, %s', (_, more) => {
  const parts: Ask = ['StringLike', { known: ['ab'.repeat(100)] }, `*${the('v')}*`]
  const verdict = searchSituation(situation(ends(parts, ['StringLike', 'v', '?a?'], ...more)))
  expect(verdict).toMatchObject({ effect: ['may-lose'], undecided: true })
})
