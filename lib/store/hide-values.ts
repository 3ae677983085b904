import { PgPreparedQuery } from 'drizzle-orm/pg-core'

interface Querying {
  queryWithCache(text: string, params: unknown[], query: () => Promise<unknown>): Promise<unknown>
}

// A query that fails, for one because its connection was cut, would tell the terminal its parameters, and with them
// hundreds of tag values: Drizzle writes them into its error, the embedded database beside its own, and `detail` may hold
// the row. Drizzle needs them for nothing else, for no cache is used.
const querying = PgPreparedQuery.prototype as unknown as Querying
const { queryWithCache } = querying
querying.queryWithCache = function (text, _params, query) {
  return queryWithCache.call(this, text, [], () => query().catch(throwWithoutValues))
}

function throwWithoutValues(error: unknown): never {
  if (error instanceof Error) for (const field of ['params', 'detail']) Reflect.deleteProperty(error, field)
  throw error
}
