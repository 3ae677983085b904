import { expect, test } from 'vitest'
import type { AccessCase } from './case.ts'
import { table } from './cases/table.ts'
import { situationOf } from './decide.ts'
import { mirrored } from './mirror.ts'
import { parseCases } from './parse-case.ts'
import { resolve } from './resolve.ts'
import type { Situation } from './situation.ts'

const contexts = ['open', 'closed'] as const

test.each(contexts)('the mirrored answer is what the engine says of the reverse, %s', (context) => {
  const differing = questions().flatMap((question) => {
    const situation = situationOf(question, { context })
    if (typeof situation === 'string') return []
    const removal = resolve(situation)
    // What the search did not get through stays a “may”, even where the reverse search does get through.
    if (removal.undecided) return []
    const { before, after, effect } = mirrored(removal)
    const reverse = resolve(reversed(situation))
    const expected = { before: reverse.before, after: reverse.after, effect: reverse.effect.toSorted() }
    const found = { before, after, effect: effect.toSorted() }
    return JSON.stringify(found) === JSON.stringify(expected) ? [] : { id: question.id, found, expected }
  })
  expect(differing).toEqual([])
})

test('a gain that starts from some access is, put back, no certain loss', () => {
  expect(mirrored({ before: 'depends', after: 'allow', effect: ['gain'] })).toEqual({
    before: 'allow',
    after: 'depends',
    effect: ['may-lose'],
  })
})

function questions(): AccessCase[] {
  const { cases, problems } = parseCases(JSON.stringify({ cases: table.map(({ request }) => request) }))
  expect(problems).toEqual([])
  return [...cases]
}

function reversed(situation: Situation): Situation {
  const statements = situation.statements.map((each) => ({ ...each, before: each.after, after: each.before }))
  return { ...situation, statements }
}
