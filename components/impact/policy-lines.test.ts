import { expect, test } from 'vitest'
import { policyLines } from './policy-lines.ts'

const first = { Sid: 'First', Effect: 'Allow', Action: ['kms:Decrypt', 'kms:Encrypt'], Resource: '*' }
const second = { Sid: 'Second', Effect: 'Deny', Action: '*', Resource: '*', Condition: { Null: { 'aws:x': 'true' } } }
const third = { Sid: 'Third', Effect: 'Allow', Action: [], Resource: '*' }
const many = { Version: '2012-10-17', Id: 'x', Statement: [first, second, third], More: { a: [1] } }

const cases = [
  { rule: 'the first statement', policy: many, index: 0, sid: 'First' },
  { rule: 'one in the middle', policy: many, index: 1, sid: 'Second' },
  { rule: 'the last', policy: many, index: 2, sid: 'Third' },
  {
    rule: 'a statement without brackets',
    policy: { Version: '2012-10-17', Statement: second },
    index: 0,
    sid: 'Second',
  },
  { rule: 'the only member', policy: { Statement: [first] }, index: 0, sid: 'First' },
]
test.each(cases)('the lines of $rule are the statement', ({ policy, index, sid }) => {
  const { lines, from, to } = policyLines(JSON.stringify(policy), index)
  expect(lines.join('\n')).toBe(JSON.stringify(policy, null, 2))
  const found = lines
    .slice(from, to)
    .join('\n')
    .replace(/,$/, '')
    .replace(/^ *"Statement": /, '')
  expect(JSON.parse(found)).toMatchObject({ Sid: sid })
})

test('what is no policy is shown as it is', () => {
  expect(policyLines('{\nno', 0)).toEqual({ lines: ['{', 'no'], from: 0, to: 0 })
})
