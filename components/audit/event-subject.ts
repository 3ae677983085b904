import { outcomeSummary } from '#components/removals/outcome-summary.ts'
import { counted, figure } from '#components/ui/counted.ts'
import type { AuditAction, LoggedEvent } from '#lib/audit-event.ts'
import { type CanaryFailure, canaryFailures } from '#lib/canary.ts'
import { paths } from '#lib/paths.ts'

/** What an event is about, besides a resource: in a few words, and where it stands. */
export interface EventSubject {
  text: string
  href?: string
}

/** The details of an event as JSON has them; a log that was changed may hold anything. */
type Details = Readonly<Record<string, unknown>>

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const number = (value: unknown) => (typeof value === 'number' ? value : 0)
const texts = (value: unknown) => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])

const ID = '[0-9a-f]{8}-[0-9a-f-]{27}'
const fileOf = new RegExp(`^untag-(report|review|apply|restore)-(${ID})\\.`)

function review({ planId }: Details): EventSubject {
  const id = text(planId)
  return { text: `Review ${id.slice(0, 8)}`, ...(id !== '' && { href: paths.plan(id) }) }
}

function file({ name }: Details): EventSubject {
  const [, kind, id = ''] = fileOf.exec(text(name)) ?? []
  if (kind === undefined) return { text: text(name) }
  return { text: text(name), href: kind === 'report' ? paths.removal(id) : paths.plan(id) }
}

const findings = ({ findings: count }: Details) => ({ text: counted(number(count), 'finding') })
const kept = (days: unknown) => (days === null ? 'never purged' : `purged after ${counted(number(days), 'day')}`)

const tellers: Partial<Record<AuditAction, (details: Details) => EventSubject>> = {
  'scan.started': ({ regions }) => ({ text: texts(regions).join(', ') || 'All Regions' }),
  'policies.imported': ({ kind }) => ({ text: text(kind).toUpperCase() }),
  'policies.forgotten': ({ kind }) => ({ text: text(kind).toUpperCase() }),
  'protectedTag.added': ({ pattern }) => ({ text: text(pattern) }),
  'protectedTag.removed': ({ pattern }) => ({ text: text(pattern) }),
  'plan.requested': review,
  'plan.changed': review,
  'start.requested': review,
  'start.refused': review,
  'removal.started': review,
  'removal.paused': ({ message }) => ({ text: text(message) }),
  'removal.settled': (counts) => ({
    text: outcomeSummary(
      counts,
      Object.values(counts).reduce<number>((sum, count) => sum + number(count), 0),
    ),
  }),
  'canary.failed': ({ failure, putBack }) => ({
    text: canaryFailures[text(failure) as CanaryFailure] ?? '',
    ...(text(putBack) !== '' && { href: paths.removal(text(putBack)) }),
  }),
  'tag.cameBack': ({ sameValue }) => ({ text: sameValue === true ? 'With its old value' : 'With another value' }),
  'retention.changed': ({ days, before }) => ({
    text: `${kept(days)}, before ${kept(before)}`,
    href: paths.settings(),
  }),
  'plans.purged': ({ planIds }) => ({ text: counted(texts(planIds).length, 'review') }),
  'trail.compared': ({ sent, matched, replyLost, notInLog }) => ({
    text: `${figure(number(sent))} in our log, ${figure(number(matched) + number(replyLost) + number(notInLog))} in CloudTrail`,
  }),
  'file.downloaded': file,
  'log.verified': findings,
  'log.broken': findings,
}

/** What an event is about; null where its name, its resource and its removal say all there is. */
export function eventSubject({ action, details }: Pick<LoggedEvent, 'action' | 'details'>): EventSubject | null {
  const told = tellers[action]?.(detailsOf(details))
  return told === undefined || told.text === '' ? null : told
}

function detailsOf(details: string | null): Details {
  try {
    const read: unknown = JSON.parse(details ?? '{}')
    return typeof read === 'object' && read !== null ? (read as Details) : {}
  } catch {
    return {}
  }
}
