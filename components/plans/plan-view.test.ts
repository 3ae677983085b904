import fc from 'fast-check'
import { expect, test } from 'vitest'
import { impactSigns } from '#lib/impact-review.ts'
import { impactVerdicts } from '#lib/item-impact.ts'
import { fuzz, hostileText, SEED } from '#lib/testing.ts'
import { formatPlanView, type PlanView, parsePlanView } from './plan-view.ts'

const plain: PlanView = { show: 'included', text: '', page: 1, verdict: null, sign: null }

const malformed = [
  ['an unknown verdict', 'verdict=harmless'],
  ['an unknown sign', 'sign=omen'],
  ['an unknown list', 'show=nonsense'],
] as const
test.each(malformed)('%s falls back and is named', (_, search) => {
  const { view, problems } = parsePlanView(new URLSearchParams(search))
  expect(view).toEqual(plain)
  expect(problems).toHaveLength(1)
})

const views: PlanView[] = [
  plain,
  { ...plain, verdict: 'gain', page: 3 },
  { ...plain, sign: 'irreversible', text: 'a & b' },
  { ...plain, show: 'skipped', text: 'é' },
]
test.each(views)('what is written is read back: $show $verdict $sign', (view) => {
  expect(parsePlanView(new URLSearchParams(formatPlanView(view, new URLSearchParams())))).toEqual({
    view,
    problems: [],
  })
})

test('a sign beside a verdict is left out, because a list has one filter', () => {
  expect(parsePlanView(new URLSearchParams('verdict=you&sign=gain')).view).toEqual({ ...plain, verdict: 'you' })
})

test('what others wrote into the address stays, and defaults are left out', () => {
  const search = new URLSearchParams('who-page=2&show=skipped&verdict=you')
  expect(formatPlanView(plain, search)).toBe('?who-page=2')
})

test(`no address breaks the review: of what is read at most one is chosen, and it is an address again (seed ${SEED})`, () => {
  const names = fc.constantFrom('show', 'text', 'page', 'verdict', 'sign', 'who-text', '__proto__')
  const value = fc.oneof(hostileText, fc.constantFrom(...impactVerdicts, ...impactSigns))
  fc.assert(
    fc.property(fc.array(fc.tuple(names, value), { maxLength: 4 }), (parameters) => {
      const search = new URLSearchParams(parameters)
      const { view, problems } = parsePlanView(search)
      expect(view.verdict === null || view.sign === null).toBe(true)
      expect(problems.length).toBeLessThanOrEqual(parameters.length)
      const address = new URLSearchParams(formatPlanView(view, search))
      expect(parsePlanView(address)).toEqual({ view, problems: [] })
      for (const name of ['who-text', '__proto__']) expect(address.getAll(name)).toEqual(search.getAll(name))
    }),
    fuzz,
  )
})
