import { expect, test } from 'vitest'
import { TEST_ACCOUNT } from '../../principals/testing.ts'
import { askersAmong } from './askers.ts'

const known = {
  name: 'op',
  kind: 'role' as const,
  role: null,
  lastUsedAt: null,
  access: {
    arn: `arn:aws:iam::${TEST_ACCOUNT}:role/op`,
    tags: new Map<string, string>(),
    identityPolicies: ['unread'] as const,
  },
  documents: [],
}
const arn = `arn:aws:sts::${TEST_ACCOUNT}:assumed-role/op/ada`
const operator = { kind: 'role' as const, name: 'op', arn, session: 'ada' }

test.each([
  ['everybody was read', 'account', ['op/ada', 'op (other sessions)']],
  ['nobody else was read, which is told once', 'operator', ['op/ada']],
] as const)('other sessions of a role with a policy that is not understood, where %s', (_, reach, names) => {
  const askers = askersAmong({ principals: [known], reach }, operator)
  expect(askers.map(({ known: { name } }) => name)).toEqual(names)
})
