import { expect, test } from 'vitest'
import type { AuditAction } from '#lib/audit-event.ts'
import { type EventSubject, eventSubject } from './event-subject.ts'

const id = '11111111-1111-4111-8111-111111111111'

test.each<[AuditAction, object, EventSubject | null]>([
  [
    'file.downloaded',
    { name: `untag-report-${id}.html` },
    { text: `untag-report-${id}.html`, href: `/removals/${id}` },
  ],
  ['file.downloaded', { name: `untag-apply-${id}.sh` }, { text: `untag-apply-${id}.sh`, href: `/plans/${id}` }],
  ['file.downloaded', { name: 'untag-events.csv' }, { text: 'untag-events.csv' }],
  ['plan.requested', { planId: id }, { text: 'Review 11111111', href: `/plans/${id}` }],
  ['removal.settled', { removed: 2, denied: 1 }, { text: '3 tags: 2 removed and proved, 1 not permitted' }],
  [
    'retention.changed',
    { days: null, before: 90 },
    { text: 'never purged, before purged after 90 days', href: '/settings' },
  ],
  [
    'canary.failed',
    { failure: 'answer', putBack: id },
    { text: 'somebody said that something broke', href: `/removals/${id}` },
  ],
  [
    'trail.compared',
    { sent: 200, matched: 197, replyLost: 1, notInLog: 2, notInTrail: 2 },
    { text: '200 in our log, 200 in CloudTrail' },
  ],
  ['scan.started', { regions: null }, { text: 'All Regions' }],
  ['call.sent', { anything: 1 }, null],
])('%s of %o', (action, details, subject) => {
  expect(eventSubject({ action, details: JSON.stringify(details) })).toEqual(subject)
})

test.each(['', 'null', '[]', '{"name":{"a":1}}', '{"name":', '"text"'])(
  'a log that was changed to %s breaks no page',
  (details) => {
    expect(eventSubject({ action: 'file.downloaded', details })).toBeNull()
  },
)
