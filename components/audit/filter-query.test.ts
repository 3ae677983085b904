import { expect, test } from 'vitest'
import type { AuditFilter } from '#lib/audit-view.ts'
import { toFilters, toQuery } from './filter-query.ts'

test('filters survive the property filter, in the order in which an address has them', () => {
  const filters: AuditFilter[] = [
    { property: 'who', value: 'ada' },
    { property: 'action', value: 'call.sent' },
    { property: 'text', value: 'a b' },
  ]
  expect(toFilters(toQuery(filters))).toEqual(filters)
  expect(toFilters(toQuery(filters.toReversed()))).toEqual(filters)
})

test('what is no action, no outcome, no property or empty is left out', () => {
  const tokens = [
    { propertyKey: 'action', operator: '=', value: 'nothing' },
    { propertyKey: 'outcome', operator: '=', value: 'toString' },
    { propertyKey: 'colour', operator: '=', value: 'red' },
    { propertyKey: 'who', operator: ':', value: '' },
    { operator: ':', value: ['x'] },
  ]
  expect(toFilters({ operation: 'and', tokens })).toEqual([])
})
