import type { SQL } from 'drizzle-orm'
import type { Store } from './store.ts'

/** The rows of a query written out in SQL, whose shape only its author knows: text, numbers, booleans and JSON as they come. */
export async function rowsOf<Row>({ db }: Pick<Store, 'db'>, query: SQL): Promise<Row[]> {
  const { rows } = await db.execute(query)
  return rows as unknown as Row[]
}
