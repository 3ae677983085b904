import { expect, test } from 'vitest'
import { parsePolicy } from '../access/parse-policy.ts'
import type { ControlPolicies } from '../account-reading.ts'
import { controlLayer } from './control-layers.ts'
import { PolicyShelf } from './policy-shelf.ts'
import { allowing } from './testing.ts'

const open = JSON.stringify(allowing('*'))
const problem = { code: 'denied', message: 'no' } as const
const imported = {
  importedAt: new Date('2026-01-02T03:04:05Z'),
  levels: [{ target: 'level 1', policies: [{ name: 'a.json', text: open }] }],
}
const parsed = [[parsePolicy(allowing('*'), '', 'scp').policy]]
const layer = (told: ControlPolicies, brought?: typeof imported) =>
  controlLayer(told, 'scp', brought, new PolicyShelf())
const read: ControlPolicies = { state: 'read', levels: [{ target: 'r-1', policies: [{ name: 'Full', text: open }] }] }

test('what AWS told counts, an import beside it does not', () => {
  expect(layer(read, imported)).toMatchObject({ levels: parsed, from: 'organizations', problem: null })
})

test('that nothing binds counts too', () => {
  expect(layer({ state: 'none', why: 'managementAccount' }, imported)).toMatchObject({
    levels: undefined,
    documents: [],
  })
})

test('an import stands in for what is closed; AWS’s answer is still told', () => {
  const from = { importedAt: '2026-01-02T03:04:05.000Z' }
  expect(layer({ state: 'unread', problem }, imported)).toMatchObject({ levels: parsed, from, problem })
})

test('closed, and nothing brought: unread', () => {
  expect(layer({ state: 'unread', problem })).toMatchObject({ levels: 'unread', from: 'organizations', problem })
})

test('a policy that does not parse is unread by itself, and says where', () => {
  const policies = [
    { name: 'Full', text: open },
    { name: 'Odd', text: '{"Statement":[{"Effect":"Maybe"}]}' },
  ]
  const { levels, policyProblems } = layer({ state: 'read', levels: [{ target: 'r-1', policies }] })
  expect(levels).toEqual([[parsed[0]?.[0], 'unread']])
  expect(policyProblems.map(({ path }) => path)).toContain('r-1 Odd Statement[0].Effect')
})
