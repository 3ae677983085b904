import { RETENTION_DAYS_DEFAULT, retentionDaysSchema } from '#lib/retention.ts'

/** What stands in the form; the days stay while `ever` is chosen. */
export interface Typed {
  keep: 'days' | 'ever'
  days: string
}

/** The form for what is set. */
export function typedOf(days: number | null): Typed {
  return { keep: days === null ? 'ever' : 'days', days: String(days ?? RETENTION_DAYS_DEFAULT) }
}

/** What the form says: days, null for ever, undefined for what is no number of days. */
export function typedDays({ keep, days }: Typed): number | null | undefined {
  if (keep === 'ever') return null
  const text = days.trim()
  return /^\d+$/.test(text) ? (retentionDaysSchema.safeParse(Number(text)).data ?? undefined) : undefined
}
