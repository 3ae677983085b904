import { expect, test } from 'vitest'
import { problemIn, sentence } from './problem.ts'

const cases = [
  { rule: 'begins with a capital and ends with a stop', message: 'it is gone', says: 'It is gone.' },
  { rule: 'keeps the spelling of an IAM action', message: 'kms:ListKeys: denied', says: 'kms:ListKeys: denied.' },
  { rule: 'keeps code', message: '`page=0` is not understood', says: '`page=0` is not understood.' },
  { rule: 'adds no second stop', message: 'try again.', says: 'Try again.' },
]
test.each(cases)('a sentence $rule', ({ message, says }) => {
  expect(sentence(message)).toBe(says)
})

test('what was not written for a person is not shown', () => {
  expect(problemIn(new Error('ECONNREFUSED 10.0.0.1')).message).not.toContain('ECONN')
  expect(problemIn(Object.assign(new Error('denied'), { code: 'denied' }))).toEqual({
    code: 'denied',
    message: 'denied',
  })
})
