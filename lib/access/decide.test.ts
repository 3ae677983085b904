import { expect, test } from 'vitest'
import { actions } from './actions.ts'
import { allow, type Case, impactCase, key, role, teamIs } from './cases/build.ts'
import { decide } from './decide.ts'
import { flipsOf } from './flips.ts'
import { parseCases } from './parse-case.ts'

const parsed = (request: Pick<Case, 'principal' | 'resource' | 'context'>) => {
  const document = { cases: [impactCase('case 7', { rule: '', source: '', ...request })] }
  const [accessCase] = parseCases(JSON.stringify(document)).cases
  if (!accessCase) throw new Error('no case was read')
  return accessCase
}
const asked = parsed({
  principal: role(allow('*'), allow('kms:Decrypt', teamIs('blue'))),
  resource: key({ team: 'blue' }),
})
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

test.each(['RSA_2048', 'SYMMETRIC_DEFAULT'])('a kms:KeySpec that the request tells counts: %s', (keySpec) => {
  const principal = role(allow('kms:Decrypt', { StringEquals: { 'kms:KeySpec': 'RSA_2048' } }))
  const resource = key({ team: 'blue' }, { keySpec: 'SYMMETRIC_DEFAULT' })
  const { before } = decide(parsed({ principal, resource, context: { 'kms:KeySpec': keySpec } }), closed)
  expect(before).toBe(keySpec === 'RSA_2048' ? 'allow' : 'deny')
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
