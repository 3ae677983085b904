import { expect, test } from 'vitest'
import { evaluate } from '../evaluation/evaluate.ts'
import { keyFacts } from '../kms/key-facts.ts'
import { sessionPrincipal } from '../principals.ts'
import { secretFacts } from '../secrets/secret-facts.ts'
import { createWorld } from '../world.ts'
import { factsOf } from './facts.ts'
import { narrowToAction } from './narrow.ts'

const { world } = createWorld({ resources: 30 })
const now = new Date('2026-11-21T12:00:00Z')
const actions = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:GenerateDataKey',
  'kms:UntagResource',
  'secretsmanager:GetSecretValue',
  'secretsmanager:UntagResource',
  'iam:GetRole',
]

test('without the statements about other actions every decision of the demo is the same', () => {
  const decided = { allowed: 0, explicitDeny: 0, implicitDeny: 0 }
  for (const account of world.accounts.values()) {
    for (const role of account.roles.values()) {
      const principal = sessionPrincipal(account.id, role, 'ada', { issuedAt: now })
      for (const action of actions) {
        for (const resource of resources()) {
          const call = { world, account, principal, region: 'eu-central-1', action, now, requestId: '' }
          const facts = factsOf(call, resource, {})
          const narrowed = evaluate(narrowToAction(facts))
          expect(narrowed).toEqual(evaluate(facts))
          decided[narrowed.decision] += 1
        }
      }
    }
  }
  expect(decided.allowed).toBeGreaterThan(100)
  expect(decided.explicitDeny).toBeGreaterThan(10)
  expect(decided.implicitDeny).toBeGreaterThan(100)
})

function resources() {
  const regions = [...world.accounts.values()].flatMap((account) => [...account.regions])
  return regions.flatMap(([region, { keys, secrets }]) => [
    ...[...keys.values()].map((key) => keyFacts({ world, now }, key)),
    ...[...secrets.values()].map((secret) => secretFacts({ region }, secret)),
  ])
}
