import { expect, test } from 'vitest'
import { isToldForAll, problemIn, sentence } from './problem.ts'

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

const [noAnswer, denied] = [new Error('Failed to fetch'), Object.assign(new Error('denied'), { code: 'denied' })]
const signedOut = Object.assign(new Error('signed out'), { code: 'signedOut' })
test.each([
  ['nobody answers: told once', noAnswer, 'lost', true],
  ['the session has ended: told once', signedOut, 'ended', true],
  ['the gate refuses what has no session', noAnswer, 'ended', true],
  ['what AWS denied is told where it was asked for', denied, 'lost', false],
  ['a fault of ours, while the console answers', noAnswer, 'fine', false],
] as const)('%s', (_, error, connection, isTold) => {
  expect(isToldForAll(error, connection)).toBe(isTold)
})
