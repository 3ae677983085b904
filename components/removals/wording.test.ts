import { expect, test } from 'vitest'
import { counted } from '#components/ui/counted.ts'
import { changeTitle, durationText, percentOf } from './wording.ts'

test.each([
  [0.2, 'less than a second'],
  [12.4, '12 s'],
  [59.4, '59 s'],
  [90, '2 min'],
  [3600, '1 h'],
  [7500, '2 h 5 min'],
])('a duration of %d s reads as %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text)
})

test.each([
  [0, 0, 100],
  [999, 1000, 99],
  [1000, 1000, 100],
  [1, 3, 33],
])('%d of %d is %d %', (part, whole, percent) => {
  expect(percentOf(part, whole)).toBe(percent)
})

test('one is singular, everything else plural, thousands are grouped', () => {
  expect([counted(1, 'tag'), counted(0, 'tag'), counted(1204, 'tag')]).toEqual(['1 tag', '0 tags', '1,204 tags'])
})

test('a put-back is never called a removal', () => {
  expect(changeTitle('remove', 3, 1, 'verb')).toBe('Remove 3 tags from 1 resource')
  expect(changeTitle('putBack', 1, 2, 'running')).toBe('Putting back 1 tag on 2 resources')
})
