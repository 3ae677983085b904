import { eventsAsCsv } from '#lib/audit/export-csv.ts'
import { eventPages } from '#lib/audit/list-events.ts'
import { parseAuditView } from '#lib/audit-view.ts'
import { ports } from '#lib/auth/actor.ts'
import { download } from '#lib/auth/download.ts'
import { ExpectedError } from '#lib/errors.ts'

/** The events that a view of the page shows, all pages of them. */
export const GET = download('audit:export', async (_, actor, search) => {
  const { view, problems } = parseAuditView(search)
  // A file of more than was asked for would be taken for what was asked for.
  if (problems.length > 0) throw new ExpectedError('invalidInput', problems.join('; '))
  const { store, scope } = ports(actor)
  return { name: 'untag-events.csv', type: 'text/csv', text: eventsAsCsv(eventPages(store, scope, view)) }
})
