import { setImmediate as letOthersRun } from 'node:timers/promises'
import { stringify } from 'csv-stringify/sync'
import type { LoggedEvent } from '../audit-event.ts'

const columns = [
  'at',
  'chain',
  'seq',
  'action',
  'actorId',
  'actorName',
  'address',
  'resource',
  'tagKey',
  'outcome',
  'requestId',
  'accessKeyId',
  'details',
  'valueHash',
  'previous',
  'hash',
] as const satisfies readonly (keyof LoggedEvent)[]

const written = {
  columns: [...columns],
  // What a spreadsheet would run as a formula is kept text by an apostrophe before it.
  escape_formulas: true,
  record_delimiter: 'windows',
} as const

/**
 * Events as CSV (RFC 4180, UTF-8 with a byte order mark, so that spreadsheets read it rightly), page by page. For people:
 * what can be verified is the JSON Lines export.
 */
export async function* eventsAsCsv(pages: AsyncIterable<readonly LoggedEvent[]>): AsyncGenerator<string> {
  yield stringify([], { ...written, header: true, bom: true })
  for await (const page of pages) {
    yield stringify([...page], written)
    await letOthersRun()
  }
}
