import { isTagKey } from './tag.ts'
import { isWholeText } from './text.ts'

/** What resources can be filtered by. `tagKey` asks whether a tag is there, `tag` for the value of one tag key. */
export const filterProperties = ['type', 'region', 'state', 'manager', 'tagKey', 'tag', 'text'] as const
export type FilterProperty = (typeof filterProperties)[number]

/** `:` means contains. The spelling is that of Cloudscape's property filter. */
export const filterOperators = ['=', '!=', ':', '!:'] as const
export type FilterOperator = (typeof filterOperators)[number]

export interface FilterToken {
  property: FilterProperty
  /** Only for the property `tag`: which tag key's value is meant, spelt exactly. */
  tagKey?: string | undefined
  operator: FilterOperator
  value: string
}

export interface Filter {
  operation: 'and' | 'or'
  tokens: FilterToken[]
}

export const noFilter: Filter = { operation: 'and', tokens: [] }

export const FILTER_TOKENS_MAX = 50
const VALUE_LENGTH_MAX = 2048

const escapeTagKey = (tagKey: string) => encodeURIComponent(tagKey).replace(/!/g, '%21')

/** Writes a token as it stands in a URL: `region=eu-central-1`, `tagKey!=Owner`, `tag.cost%3Acenter:42`. */
export function formatToken({ property, tagKey, operator, value }: FilterToken): string {
  return `${property}${property === 'tag' ? `.${escapeTagKey(tagKey ?? '')}` : ''}${operator}${value}`
}

/** Reads what {@link formatToken} wrote; undefined when the text is no token. */
export function parseToken(text: string): FilterToken | undefined {
  const match = /^([a-zA-Z]+)(?:\.([^=:!]*))?(!=|!:|=|:)(.*)$/s.exec(text)
  if (!match) return undefined
  const [, word = '', rawTagKey, operator = '', value = ''] = match
  const property = filterProperties.find((known) => known === word)
  if (!property || value.length > VALUE_LENGTH_MAX || !isWholeText(value)) return undefined
  const token = { property, operator: operator as FilterOperator, value }
  if (property !== 'tag') return rawTagKey === undefined ? token : undefined
  const tagKey = decode(rawTagKey ?? '')
  return tagKey !== undefined && isTagKey(tagKey) && isWholeText(tagKey) ? { ...token, tagKey } : undefined
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
