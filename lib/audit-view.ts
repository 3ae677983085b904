import { AddressReader } from './address-reader.ts'
import { auditActions } from './audit-event.ts'
import { outcomes } from './outcome.ts'
import { isWholeText } from './text.ts'

/** What the log can be filtered by, besides time. Values of one property are alternatives; all properties must hold. */
export const auditProperties = {
  who: { label: 'Who', one: 'contains' },
  action: { label: 'Action', one: 'is' },
  removal: { label: 'Removal', one: 'is' },
  resource: { label: 'Resource', one: 'contains' },
  tagKey: { label: 'Tag key', one: 'is' },
  outcome: { label: 'Outcome', one: 'is' },
  requestId: { label: 'Request id', one: 'is' },
  accessKeyId: { label: 'Access key id', one: 'is' },
  address: { label: 'From address', one: 'is' },
  text: { label: 'Text', one: 'contains' },
} as const satisfies Record<string, { label: string; one: 'is' | 'contains' }>
export type AuditProperty = keyof typeof auditProperties

/** The units of a span of time that ends now. */
export const spanUnits = {
  m: { unit: 'minute', minutes: 1 },
  h: { unit: 'hour', minutes: 60 },
  d: { unit: 'day', minutes: 1440 },
  w: { unit: 'week', minutes: 10_080 },
} as const satisfies Record<string, { unit: string; minutes: number }>

/** `24h`, `7d`: a span of time that ends now, as it stands in a URL. */
export type AuditSpan = `${number}${keyof typeof spanUnits}`

/** How many of which unit a span is. */
export function partsOfSpan(span: AuditSpan): {
  amount: number
  unit: 'minute' | 'hour' | 'day' | 'week'
  minutes: number
} {
  const amount = Number(span.slice(0, -1))
  const { unit, minutes } = spanUnits[span.slice(-1) as keyof typeof spanUnits]
  return { amount, unit, minutes: amount * minutes }
}

export interface AuditFilter {
  property: AuditProperty
  value: string
}

/** What the audit page shows; all of it stands in its URL. Pages count from 1, and instants are ISO 8601 in UTC. */
export interface AuditView {
  filters: AuditFilter[]
  last: AuditSpan | null
  /** From this instant to before that one; only without `last`. */
  from: string | null
  to: string | null
  page: number
  /** The event whose details are open. */
  event: EventRef | null
}

/** An event's place in the log. */
export interface EventRef {
  chain: string
  seq: number
}

export const defaultAuditView: AuditView = { filters: [], last: null, from: null, to: null, page: 1, event: null }
export const EVENTS_PER_PAGE = 50
export const AUDIT_FILTERS_MAX = 20
const VALUE_LENGTH_MAX = 2048

export const auditPropertyNames = Object.keys(auditProperties) as AuditProperty[]
const known: Partial<Record<AuditProperty, readonly string[]>> = {
  action: Object.keys(auditActions),
  outcome: Object.keys(outcomes),
}

/** Reads a view out of a URL. What cannot be read falls back to the default and is named in `problems`. */
export function parseAuditView(search: URLSearchParams): { view: AuditView; problems: string[] } {
  const address = new AddressReader((name) => search.get(name))
  const filters = auditPropertyNames.flatMap((property) =>
    search.getAll(property).flatMap((value) => {
      const isFit = value !== '' && value.length <= VALUE_LENGTH_MAX && isWholeText(value)
      const isValue = isFit && (known[property]?.includes(value) ?? true)
      if (!isValue) address.leaveOutValue(property, value)
      return isValue ? [{ property, value }] : []
    }),
  )
  for (const { property, value } of filters.splice(AUDIT_FILTERS_MAX)) address.leaveOutValue(property, value)
  const last = address.one(
    'last',
    (text) => (/^[1-9]\d{0,3}[mhdw]$/.test(text) ? (text as AuditSpan) : undefined),
    null,
  )
  const view = {
    filters,
    last,
    from: last === null ? address.one('from', parseInstant, null) : null,
    to: last === null ? address.one('to', parseInstant, null) : null,
    page: address.page(),
    event: address.one('event', parseEventRef, null),
  }
  return { view, problems: address.problems }
}

/** The query string (with `?`, or empty) that {@link parseAuditView} reads back; defaults are left out. */
export function formatAuditView(view: Partial<AuditView>): string {
  const { filters, last, from, to, page, event } = { ...defaultAuditView, ...view }
  const params = new URLSearchParams()
  for (const { property, value } of filters) params.append(property, value)
  if (last !== null) params.set('last', last)
  if (from !== null) params.set('from', from)
  if (to !== null) params.set('to', to)
  if (page !== 1) params.set('page', String(page))
  if (event !== null) params.set('event', formatEventRef(event))
  return params.size === 0 ? '' : `?${params}`
}

/** `console:12`: how an event is named in a URL. */
export function formatEventRef({ chain, seq }: EventRef): string {
  return `${chain}:${seq}`
}

function parseEventRef(text: string): EventRef | undefined {
  const [, chain, seq] = /^(console|[0-9a-f-]{36}):([1-9]\d{0,8})$/.exec(text) ?? []
  return chain === undefined ? undefined : { chain, seq: Number(seq) }
}

function parseInstant(text: string): string | undefined {
  // PostgreSQL knows no year 0.
  const at = /^(?!0000)\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? undefined : new Date(at).toISOString()
}
