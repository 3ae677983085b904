import { expect, test } from 'vitest'
import { searchSituation } from './search.ts'
import { allowed, denied, ends, lifted, loss, none, situation, the } from './testing.ts'

test('what one key has for aliases is nothing to another', () => {
  const question = situation(ends(['StringEquals', 'kms:requestalias', 'alias/app']))
  expect(searchSituation(question)).toMatchObject(loss)
  expect(searchSituation({ ...question, facts: { ...question.facts, aliases: ['alias/web'] } })).toMatchObject(none)
})

test('a change in every context has no witness', () => {
  expect(searchSituation(situation(ends(), denied(['StringEquals', 'v', 'x'])))).toMatchObject({ effect: ['loss'] })
  expect(searchSituation(situation(ends()))).toEqual({
    before: 'allow',
    after: 'deny',
    effect: ['loss'],
    flipped: ['statement 0'],
  })
})

test('what hangs on other keys than the witness has does not flip', () => {
  expect(searchSituation(situation(ends(), ends(['StringEquals', 'w', 'b']))).flipped).toEqual(['statement 0'])
})

test('a witness leaves out what does not matter', () => {
  const unrelated = allowed(['StringEquals', 'u', the('v')], ['StringEquals', 'u', 'y'])
  expect(searchSituation(situation(ends(['StringEquals', 'u', 'x']), unrelated)).witness).toEqual({ u: 'x' })
})

test('a witness names what matters, in words', () => {
  const { witness, when, flipped } = searchSituation(
    situation(
      ends(
        ['NotIpAddress', 'i', '10.0.0.0/8'],
        ['Null', 'i', 'false'],
        ['StringNotEquals', 'v', 'a', 'b', 'c', 'd'],
        ['Null', 'v', 'false'],
      ),
      allowed(['StringLike', 'w', 'x*']),
      lifted(['StringEquals', 'u', 'y']),
    ),
  )
  expect(witness).toEqual({ i: '203.0.113.7', v: 'other', w: null, u: null })
  expect(when).toBe(
    'i is outside `10.0.0.0/8` (such as `203.0.113.7`) and u is absent and v is not `a` or `b` or `c` or 1 more (such as `other`) and w is absent',
  )
  expect(flipped).toEqual(['statement 0'])
})
