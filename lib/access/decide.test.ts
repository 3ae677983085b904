import { expect, test } from 'vitest'
import { actions } from './actions.ts'
import { allow, impactCase, key, role, teamIs } from './cases/build.ts'
import { decide } from './decide.ts'
import { flipsOf } from './flips.ts'
import { parseCases } from './parse-case.ts'

const asked = (() => {
  const principal = role(allow('*'), allow('kms:Decrypt', teamIs('blue')))
  const request = { rule: '', source: '', principal, resource: key({ team: 'blue' }) }
  const [accessCase] = parseCases(JSON.stringify({ cases: [impactCase('case 7', request)] })).cases
  if (!accessCase) throw new Error('no case was read')
  return accessCase
})()
const closed = { context: 'closed' } as const

test('an answer has the id of its case', () => {
  expect(decide(asked, closed).id).toBe('case 7')
})

test.each(actions.filter(({ name }) => name.startsWith('kms:')))('$name is decided', ({ name }) => {
  expect(decide({ ...asked, action: name }, closed)).toMatchObject({ effect: [] })
})

test.each([
  ['s3:GetObject', 'is not an action of KMS or Secrets Manager'],
  ['kms:Decrypted', 'is not in the Service Authorization Reference'],
])('%s %s', (action, reason) => {
  expect(decide({ ...asked, action }, closed)).toEqual({
    id: 'case 7',
    before: 'unknown',
    after: 'unknown',
    effect: ['unknown'],
    because: [],
    reason: `\`${action}\` ${reason}`,
  })
})

test.each([
  [
    'a statement whose match ends',
    'identityPolicies[0].Statement[1]',
    [{ starts: false, layer: 'identityPolicies[0]' }],
  ],
  ['a statement that matches on both sides', 'identityPolicies[0].Statement[0]', []],
  ['a statement that is not there', 'identityPolicies[0].Statement[9]', []],
  ['a grant', 'resource.grants[0]', []],
])('the flip of %s', (_, pointer, flips) => {
  expect(flipsOf(asked, { ...decide(asked, closed), because: [pointer] })).toMatchObject(flips)
})
