import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter'
import { auditActions } from '#lib/audit-event.ts'
import { type AuditFilter, auditProperties, auditPropertyNames } from '#lib/audit-view.ts'
import { outcomes } from '#lib/outcome.ts'

const operators = { is: '=', contains: ':' } as const

/** Our filters as Cloudscape's property filter wants them: free text has no property. */
export function toQuery(filters: readonly AuditFilter[]): PropertyFilterProps.Query {
  return {
    operation: 'and',
    tokens: filters.map(({ property, value }) => ({
      ...(property === 'text' ? {} : { propertyKey: property }),
      operator: operators[auditProperties[property].one],
      value,
    })),
  }
}

/** The way back. Tokens that the component cannot have made are left out. */
export function toFilters({ tokens }: PropertyFilterProps.Query): AuditFilter[] {
  const filters = tokens.flatMap(({ propertyKey = 'text', value }): AuditFilter[] => {
    const property = auditPropertyNames.find((name) => name === propertyKey)
    const isValue = typeof value === 'string' && value !== '' && isKnown(property, value)
    return property && isValue ? [{ property, value }] : []
  })
  return auditPropertyNames.flatMap((name) => filters.filter(({ property }) => property === name))
}

const words: Partial<Record<string, Record<string, string>>> = {
  action: auditActions,
  outcome: Object.fromEntries(Object.entries(outcomes).map(([outcome, { label }]) => [outcome, label])),
}

const isKnown = (property: string | undefined, value: string) =>
  property === undefined || words[property] === undefined || Object.hasOwn(words[property], value)

/** What can be filtered by; free text is always there. */
export const filteringProperties: PropertyFilterProps.FilteringProperty[] = auditPropertyNames
  .filter((name) => name !== 'text')
  .map((name) => ({
    key: name,
    propertyLabel: auditProperties[name].label,
    groupValuesLabel: `${auditProperties[name].label}: values`,
    operators: [
      {
        operator: operators[auditProperties[name].one],
        format: (value: string) => words[name]?.[value] ?? value,
      },
    ],
  }))

/** Suggestions for the properties with few values. */
export const filteringOptions: PropertyFilterProps.FilteringOption[] = Object.entries(words).flatMap(
  ([propertyKey, labels = {}]) => Object.entries(labels).map(([value, label]) => ({ propertyKey, value, label })),
)
