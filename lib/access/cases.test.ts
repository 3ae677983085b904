import { describe, expect, test } from 'vitest'
import type { AccessAnswer, AccessCase } from './case.ts'
import { inContext, witnessOf } from './cases/in-context.ts'
import type { Expectation } from './cases/outcome.ts'
import { type TableCase, table } from './cases/table.ts'
import { decide } from './decide.ts'
import { parseCases } from './parse-case.ts'

const flips: Readonly<Record<string, string>> = {
  loss: 'allow deny',
  'may-lose': 'allow deny',
  gain: 'deny allow',
  'may-gain': 'deny allow',
}

for (const [subject, rows] of Map.groupBy(table, (row) => row.subject)) {
  describe(subject, () => {
    for (const row of rows) {
      const { rule, closed, open } = row
      if (closed) test(rule, () => expectClosed(row, closed))
      if (open) test(`${rule}, over all contexts`, () => expectOpen(row, open))
    }
  })
}

function expectClosed(row: TableCase, expected: Expectation): void {
  const answer = decide(parsed(row), { context: 'closed' })
  expectAnswer(answer, expected)
  if (row.awsBlocksUntag !== undefined) expect(answer.awsBlocksUntag).toBe(row.awsBlocksUntag)
}

function expectOpen(row: TableCase, expected: Expectation): void {
  const question = parsed(row)
  const answer = decide(question, { context: 'open' })
  expectAnswer(answer, expected)
  expectWitness(question, answer, expected)
}

function parsed(row: TableCase): AccessCase {
  const { cases, problems } = parseCases(JSON.stringify({ cases: [row.request] }))
  expect(problems).toEqual([])
  const [question] = cases
  if (!question) throw new Error('no case was read')
  return question
}

function expectAnswer(answer: AccessAnswer, { witness: _, effect, ...decisions }: Expectation): void {
  expect(answer).toMatchObject(decisions)
  expect(answer.effect.toSorted()).toEqual(effect.toSorted())
  if (effect.includes('unknown')) expect(answer.reason).toBeTruthy()
}

/** The witness is of the expected kind, names nothing beside the point, and flips the decision when it is tried. */
function expectWitness(question: AccessCase, answer: AccessAnswer, expected: Expectation): void {
  if (expected.witness) expect(answer.witness).toBeDefined()
  if (!answer.witness) return
  const witness = witnessOf(answer.witness)
  if (expected.witness) {
    expect(expected.witness.keys).toEqual(expect.arrayContaining([...witness.keys()]))
    expect(expected.witness.accepts(witness), JSON.stringify(answer.witness)).toBe(true)
  }
  const { before, after } = decide(inContext(question, witness), { context: 'closed' })
  expect(answer.effect.map((effect) => flips[effect])).toContain(`${before} ${after}`)
}
