import fc from 'fast-check'
import { expect, test } from 'vitest'
import { auditActions } from './audit-event.ts'
import {
  type AuditSpan,
  type AuditView,
  auditPropertyNames,
  defaultAuditView,
  formatAuditView,
  parseAuditView,
} from './audit-view.ts'
import { outcomes } from './outcome.ts'
import { fuzz, hostileText, SEED, tampered } from './testing.ts'
import { isWhole } from './text.ts'

const values = {
  action: fc.constantFrom(...Object.keys(auditActions)),
  outcome: fc.constantFrom(...Object.keys(outcomes)),
}
const filter = fc.constantFrom(...auditPropertyNames).chain((property) =>
  fc.record({
    property: fc.constant(property),
    value: property === 'action' || property === 'outcome' ? values[property] : fc.string({ minLength: 1 }),
  }),
)
const inOrder = ({ filters, ...view }: AuditView): AuditView => ({
  ...view,
  filters: auditPropertyNames.flatMap((name) => filters.filter(({ property }) => property === name)),
})
const instant = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString())
const time: fc.Arbitrary<Partial<AuditView>> = fc.oneof(
  fc.record({ last: fc.constantFrom<AuditSpan[]>('1h', '90d', '9999w', '5m') }),
  fc.record({ from: fc.option(instant), to: fc.option(instant) }),
)

test('every view survives its address', () => {
  const view = fc
    .record({
      filters: fc.array(filter, { maxLength: 20 }),
      time,
      page: fc.integer({ min: 1, max: 999_999 }),
      event: fc.option(
        fc.record({
          chain: fc.oneof(fc.constant('console'), fc.uuid()),
          seq: fc.integer({ min: 1, max: 999_999_999 }),
        }),
      ),
    })
    .map(({ time, ...rest }): AuditView => inOrder({ ...defaultAuditView, ...rest, ...time }))
  fc.assert(
    fc.property(view, (before) => {
      expect(parseAuditView(new URLSearchParams(formatAuditView(before)))).toEqual({ view: before, problems: [] })
    }),
  )
})

test.each([
  ['action=nothing'],
  ['outcome=fine'],
  ['last=1y'],
  ['from=yesterday'],
  ['page=0'],
  ['event=console:0'],
  ['event=elsewhere:1'],
  [`text=${'x'.repeat(2049)}`],
])('%s is left out and told', (search) => {
  const { view, problems } = parseAuditView(new URLSearchParams(search))
  expect(view).toEqual(defaultAuditView)
  expect(problems).toHaveLength(1)
})

test('no more than twenty filters are taken', () => {
  const search = new URLSearchParams(Array.from({ length: 21 }, (_, n) => ['who', `ada-${n}`]))
  const { view, problems } = parseAuditView(search)
  expect([view.filters.length, problems.length]).toEqual([20, 1])
})

test(`no address breaks the log: what is read of it is an address again, the rest is named (seed ${SEED})`, () => {
  const names = fc.constantFrom(...auditPropertyNames, 'last', 'from', 'to', 'page', 'event', '__proto__')
  const value = fc.oneof(hostileText, tampered(fc.constantFrom('2026-01-02T03:04:05.000Z', '7d', 'console:12')))
  fc.assert(
    fc.property(fc.array(fc.tuple(names, value), { maxLength: 4 }), (parameters) => {
      const { view, problems } = parseAuditView(new URLSearchParams(parameters))
      expect(isWhole(view)).toBe(true)
      expect(problems.length).toBeLessThanOrEqual(parameters.length)
      expect(parseAuditView(new URLSearchParams(formatAuditView(view)))).toEqual({ view, problems: [] })
    }),
    fuzz,
  )
})

test.each(['text=%00', 'from=0000-01-01T00:00:00Z'])(
  '%s, which the database has no place for, is left out',
  (search) => {
    expect(parseAuditView(new URLSearchParams(search))).toEqual({
      view: defaultAuditView,
      problems: [expect.any(String)],
    })
  },
)
