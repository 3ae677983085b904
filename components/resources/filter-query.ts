import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter'
import { visibleText } from '#components/ui/visible-text.ts'
import { type Filter, type FilterToken, filterOperators, filterProperties } from '#lib/filter.ts'
import type { Facets } from '#lib/inventory/facets.ts'
import { typeLabels } from './labels.ts'

const TAG = 'tag.'

/** Our filter as Cloudscape's property filter wants it: free text has no property, a tag's value is one per tag key. */
export function toQuery({ operation, tokens }: Filter): PropertyFilterProps.Query {
  return {
    operation,
    tokens: tokens.map(({ property, tagKey, operator, value }) => ({
      ...(property === 'text' ? {} : { propertyKey: property === 'tag' ? `${TAG}${tagKey}` : property }),
      operator,
      value,
    })),
  }
}

/** The way back. Tokens that the component cannot have made are left out. */
export function toFilter({ operation, tokens }: PropertyFilterProps.Query): Filter {
  return { operation, tokens: tokens.flatMap((token) => toToken(token) ?? []) }
}

function toToken({ propertyKey, operator, value }: PropertyFilterProps.Token): FilterToken | undefined {
  const known = filterOperators.find((candidate) => candidate === operator)
  if (!known || typeof value !== 'string') return undefined
  if (propertyKey?.startsWith(TAG))
    return { property: 'tag', tagKey: propertyKey.slice(TAG.length), operator: known, value }
  const property = filterProperties.find((candidate) => candidate === (propertyKey ?? 'text'))
  return property && { property, operator: known, value }
}

const format = (value: unknown) => visibleText(String(value))
const equality = ['=', '!='].map((operator) => ({ operator, format }))
const containing = ['=', '!=', ':', '!:'].map((operator) => ({ operator, format }))
const typeOperators = ['=', '!='].map((operator) => ({
  operator,
  format: (value: string) => (value === 'key' || value === 'secret' ? typeLabels[value] : value),
}))

const columns: PropertyFilterProps.FilteringProperty[] = [
  { key: 'type', propertyLabel: 'Type', groupValuesLabel: 'Types', operators: typeOperators },
  { key: 'region', propertyLabel: 'Region', groupValuesLabel: 'Regions', operators: containing },
  { key: 'state', propertyLabel: 'State', groupValuesLabel: 'States', operators: equality },
  { key: 'manager', propertyLabel: 'Manager', groupValuesLabel: 'Managers', operators: equality },
  { key: 'tagKey', propertyLabel: 'Tag key', groupValuesLabel: 'Tag keys', operators: containing },
]

/** The name of the group that holds one property for each tag key. */
export const TAGS_GROUP = 'tags'

/** What can be filtered by: the columns, and one property for each tag key in use or in the filter. */
export function filteringProperties(facets: Facets | undefined, filter: Filter) {
  const tagKeys = new Set([
    ...(facets?.tagKeys.map(({ key }) => key) ?? []),
    ...filter.tokens.flatMap(({ tagKey }) => tagKey ?? []),
  ])
  const tags = [...tagKeys].map((tagKey) => ({
    key: `${TAG}${tagKey}`,
    propertyLabel: visibleText(tagKey),
    groupValuesLabel: `Values of ${visibleText(tagKey)}`,
    operators: containing,
    group: TAGS_GROUP,
  }))
  return [...columns, ...tags]
}

/** The tag key whose values a property holds, or undefined for the other properties. */
export const tagKeyOf = (property: string | undefined) =>
  property?.startsWith(TAG) ? property.slice(TAG.length) : undefined

/** Suggestions for the properties with few values; a tag key's own values are loaded when they are asked for. */
export function filteringOptions(facets: Facets | undefined): PropertyFilterProps.FilteringOption[] {
  if (!facets) return []
  const options = (propertyKey: string, values: readonly string[]) =>
    values.map((value) => ({ propertyKey, value, ...labelOf(value) }))
  return [
    { propertyKey: 'type', value: 'key', label: typeLabels.key },
    { propertyKey: 'type', value: 'secret', label: typeLabels.secret },
    ...options('region', facets.regions),
    ...options('state', facets.states),
    ...options('manager', facets.managers),
    ...options(
      'tagKey',
      facets.tagKeys.map(({ key }) => key),
    ),
  ]
}

/** Suggestions for the values of one tag key. */
export function valueOptions(tagKey: string, values: readonly string[]): PropertyFilterProps.FilteringOption[] {
  return values.map((value) => ({ propertyKey: `${TAG}${tagKey}`, value, ...labelOf(value) }))
}

const labelOf = (value: string) => (visibleText(value) === value ? {} : { label: visibleText(value) })

/** Tells which tag keys a filter asks for, so that they can be shown first. */
export function wantedTagKeys({ tokens }: Filter): (tagKey: string) => boolean {
  const exact = new Set(
    tokens.flatMap(({ property, tagKey, operator, value }) =>
      property === 'tag' ? (tagKey ?? []) : property === 'tagKey' && operator === '=' ? value : [],
    ),
  )
  const parts = tokens.flatMap(({ property, operator, value }) =>
    property === 'tagKey' && operator === ':' ? value.toLowerCase() : [],
  )
  return (tagKey) => exact.has(tagKey) || parts.some((part) => tagKey.toLowerCase().includes(part))
}
