import { expect, test } from 'vitest'
import { actions } from '../access/actions.ts'
import { classOfAction } from './action-class.ts'

const rows = [
  { rule: 'a cryptographic operation is data', action: 'kms:Decrypt', is: 'data' },
  {
    rule: 'the value of a secret is data, though the reference calls it Read',
    action: 'secretsmanager:GetSecretValue',
    is: 'data',
  },
  { rule: 'a policy is management', action: 'kms:PutKeyPolicy', is: 'manage' },
  { rule: 'tags are management', action: 'secretsmanager:UntagResource', is: 'manage' },
  { rule: 'a description only looks', action: 'kms:DescribeKey', is: 'read' },
  { rule: 'a list only looks', action: 'kms:ListGrants', is: 'read' },
] as const
test.each(rows)('$rule', ({ action, is }) => {
  expect(classOfAction(action)).toBe(is)
})

test('whatever generates, encrypts, signs or verifies with a key is data', () => {
  const names = actions.filter(({ resourceTypes }) => resourceTypes.includes('key')).map(({ name }) => name)
  const verbs = /^kms:(Generate|Encrypt|Decrypt|ReEncrypt|Sign|Verify|Derive)/
  expect(names.filter((name) => verbs.test(name) !== (classOfAction(name) === 'data'))).toEqual([])
})
