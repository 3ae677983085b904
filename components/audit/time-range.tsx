'use client'
import DateRangePicker, { type DateRangePickerProps } from '@cloudscape-design/components/date-range-picker'
import { type AuditSpan, type AuditView, partsOfSpan, spanUnits } from '#lib/audit-view.ts'

type Range = Pick<AuditView, 'last' | 'from' | 'to'>

const offered: AuditSpan[] = ['1h', '1d', '7d', '30d', '90d']
const relativeOptions = offered.map((span) => ({ key: span, type: 'relative' as const, ...partsOfSpan(span) }))
const AMOUNT_MAX = 9999

/** From when to when; nothing chosen is all of the log. */
export function TimeRange({ range, onChange }: { range: Range; onChange: (range: Range) => void }) {
  return (
    <DateRangePicker
      value={toValue(range)}
      onChange={({ detail }) => onChange(toRange(detail.value))}
      relativeOptions={relativeOptions}
      customRelativeRangeUnits={Object.values(spanUnits).map(({ unit }) => unit)}
      isValidRange={validity}
      placeholder="At any time"
      ariaLabel="When"
      absoluteFormat="slashed"
      hideTimeOffset
      expandToViewport
    />
  )
}

function toValue({ last, from, to }: Range): DateRangePickerProps.Value | null {
  if (last !== null) return { type: 'relative', key: last, ...partsOfSpan(last) }
  if (from === null && to === null) return null
  return { type: 'absolute', startDate: from ?? new Date(0).toISOString(), endDate: to ?? new Date().toISOString() }
}

function toRange(value: DateRangePickerProps.Value | null): Range {
  if (value?.type === 'absolute') {
    return { last: null, from: new Date(value.startDate).toISOString(), to: new Date(value.endDate).toISOString() }
  }
  return { last: value === null ? null : spanOf(value), from: null, to: null }
}

function spanOf({ amount, unit }: DateRangePickerProps.RelativeValue): AuditSpan | null {
  const letter = (Object.keys(spanUnits) as (keyof typeof spanUnits)[]).find((each) => spanUnits[each].unit === unit)
  return letter === undefined ? null : `${amount}${letter}`
}

function validity(value: DateRangePickerProps.Value | null): DateRangePickerProps.ValidationResult {
  if (value?.type === 'relative') {
    const isSpan = Number.isInteger(value.amount) && value.amount >= 1 && value.amount <= AMOUNT_MAX
    return isSpan ? { valid: true } : { valid: false, errorMessage: `Name a whole number from 1 to ${AMOUNT_MAX}.` }
  }
  if (value === null) return { valid: true }
  const [start, end] = [Date.parse(value.startDate), Date.parse(value.endDate)]
  if (Number.isNaN(start) || Number.isNaN(end)) return { valid: false, errorMessage: 'Name a start and an end.' }
  return start < end ? { valid: true } : { valid: false, errorMessage: 'The end must come after the start.' }
}
