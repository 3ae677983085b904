import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fuzz, hostileText, SEED, tampered } from '#lib/testing.ts'
import { visibleParts, visibleText } from './visible-text.ts'

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
  { rule: 'the two kinds of line break differ', text: 'a\rb\nc', shown: 'a␍b⏎c' },
  { rule: 'half a character shows', text: 'a\ud800', shown: 'aU+D800' },
  { rule: 'other scripts stay', text: 'チーム-Größe', shown: 'チーム-Größe' },
  { rule: 'nothing is said to be nothing', text: '', shown: '(empty)' },
]

test.each(cases)('$rule', ({ text, shown }) => {
  expect(visibleText(text)).toBe(shown)
})

test(`what differs looks different, and nothing hides or turns around (seed ${SEED})`, () => {
  const short = hostileText.map((text) => text.slice(0, 200))
  fc.assert(
    fc.property(short, tampered(fc.constantFrom('', 'Owner', 'a b')), (one, other) => {
      const [ofOne, ofOther] = [one, other.slice(0, 200)].map((text) => JSON.stringify(visibleParts(text)))
      expect(ofOne === ofOther).toBe(one === other.slice(0, 200))
      expect(visibleText(one)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
    }),
    fuzz,
  )
})
