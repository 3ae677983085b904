import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { SQL } from 'drizzle-orm'
import pLimit from 'p-limit'
import type { Store } from './store.ts'

// The embedded database answers without leaving the turn of the event loop, so queries in a row would keep timers and
// sockets waiting and calls would leave in bursts: each query gets a turn of its own.
const oneATurn = pLimit(1)

/** The rows of a query written out in SQL, whose shape only its author knows: text, numbers, booleans and JSON as they come. */
export async function rowsOf<Row>({ db, connection }: Pick<Store, 'db' | 'connection'>, query: SQL): Promise<Row[]> {
  const execute = () => db.execute(query)
  const { rows } = await (connection.dialect === 'pglite' ? oneATurn(() => letOthersRun().then(execute)) : execute())
  return rows as unknown as Row[]
}
