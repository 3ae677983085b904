import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEED } from '../testing.ts'
import { decide } from './decide.ts'
import { explain } from './explain.ts'
import { parseCases } from './parse-case.ts'
import { awkwardTexts, mutated, textMutation, validPolicy } from './testing.ts'

const account = 'arn:aws:iam::111122223333'
const withPrincipal = {
  ...validPolicy,
  Statement: validPolicy.Statement.map((statement) => ({ ...statement, Principal: { AWS: [`${account}:root`] } })),
}
const valid = JSON.stringify({
  cases: [
    {
      id: 'mutated',
      principal: {
        arn: `${account}:role/app`,
        tags: { x: 'a' },
        identityPolicies: [validPolicy],
        boundary: validPolicy,
      },
      scps: [[validPolicy]],
      rcps: [[withPrincipal]],
      resource: {
        arn: 'arn:aws:kms:eu-west-1:111122223333:key/1234',
        type: 'kms-key',
        tags: { team: 'a', y: 'z' },
        policy: withPrincipal,
        aliases: ['alias/app'],
        grants: [{ grantId: 'g', granteePrincipal: `${account}:role/app`, operations: ['Decrypt'] }],
      },
      action: 'kms:Decrypt',
      context: { 'aws:SourceIp': '203.0.113.7' },
      removeTags: ['team'],
    },
  ],
})

/** Decides every case of a file in both contexts, and says how many there were. */
function answered(text: string): number {
  const { cases, problems } = parseCases(text)
  expect(cases.length > 0).toBe(problems.length === 0)
  for (const accessCase of cases) {
    for (const context of ['open', 'closed'] as const) {
      const answer = decide(accessCase, { context })
      expect(explain(accessCase, answer) !== undefined).toBe(answer.effect.length > 0)
    }
  }
  return cases.length
}

const condition = JSON.stringify(validPolicy.Statement[1]?.Condition)

test(`3,000 mutated Condition blocks in every layer are answered or refused (seed ${SEED})`, () => {
  let count = 0
  fc.assert(
    fc.property(fc.array(textMutation, { minLength: 1, maxLength: 3 }), (mutations) => {
      count += answered(valid.replaceAll(condition, mutations.reduce(mutated, condition)))
    }),
    { seed: SEED, numRuns: 3_000 },
  )
  expect(count).toBeGreaterThan(500)
})

test.each(awkwardTexts.map((text) => [text.slice(0, 30), text]))('%j, wherever a policy may hold it', (_, text) => {
  const policies = [
    { Action: text, Resource: '*' },
    { Action: '*', Resource: text },
    { Action: '*', NotResource: [text, text] },
    ...[
      'StringLike',
      'StringNotEqualsIgnoreCase',
      'ForAnyValue:StringLike',
      'ArnLike',
      'IpAddress',
      'Bool',
      'Null',
    ].map((operator) => ({
      Action: '*',
      Resource: '*',
      Condition: { [operator]: { 'aws:ResourceTag/team': text, 'kms:ViaService': [text, 'x'], [text]: text } },
    })),
  ].map((statement) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] }))
  for (const policy of policies) {
    const file = JSON.parse(valid)
    file.cases[0].principal.identityPolicies = [policy]
    file.cases[0].resource.tags.team = text
    answered(JSON.stringify(file))
  }
})
