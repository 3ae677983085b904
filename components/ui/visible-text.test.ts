import { expect, test } from 'vitest'
import { visibleText } from './visible-text.ts'

const cases = [
  { rule: 'plain text stays', text: 'cost-center', shown: 'cost-center' },
  { rule: 'one space inside stays', text: 'Data Platform', shown: 'Data Platform' },
  { rule: 'a space at the end shows', text: 'OWNER ', shown: 'OWNER␣' },
  { rule: 'a space at the start shows', text: ' Owner', shown: '␣Owner' },
  { rule: 'spaces in a row show', text: 'a  b', shown: 'a␣␣b' },
  { rule: 'a tab shows', text: 'a\tb', shown: 'a⇥b' },
  { rule: 'a no-break space shows', text: 'a\u00a0b', shown: 'a⍽b' },
  { rule: 'a zero-width space shows', text: 'Owner\u200b', shown: 'OwnerU+200B' },
  { rule: 'a change of direction shows', text: '\u202eabc', shown: 'U+202Eabc' },
  { rule: 'a thin space shows', text: 'a\u2009b', shown: 'aU+2009b' },
  { rule: 'other scripts stay', text: 'チーム-Größe', shown: 'チーム-Größe' },
  { rule: 'nothing is said to be nothing', text: '', shown: '(empty)' },
]

test.each(cases)('$rule', ({ text, shown }) => {
  expect(visibleText(text)).toBe(shown)
})
