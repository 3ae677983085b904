import { expect, test } from 'vitest'
import { tokenize } from '../pattern.ts'
import { substringsThatMatch } from './substrings.ts'
import { the } from './testing.ts'

const pattern = (text: string) => tokenize(text, { variables: true, wildcards: true })

test('the part may be empty', () => {
  expect(substringsThatMatch(pattern(`${the('v')}x`), 'x')).toEqual([''])
})

test('places of start and end may pair up 4,000 times', () => {
  // 80 starts, and as many ends as the characters after the variable leave.
  const within = (after: number) => substringsThatMatch(pattern(`*${the('v')}*${'?'.repeat(after)}`), 'a'.repeat(79))
  expect(within(30)).toHaveLength(50)
  expect(within(29)).toBeUndefined()
})
