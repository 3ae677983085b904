import { type Document, listOf } from '../evaluation/facts.ts'

const variable = /\$\{([^},?*$]+)/g

/** The names of the condition keys that the documents read, as keys of conditions or as policy variables. */
export function contextKeysIn(documents: readonly Document[]): string[] {
  const names = documents.flatMap(({ Statement }) =>
    listOf(Statement).flatMap((statement) => {
      const conditions = Object.values(statement.Condition ?? {}).flatMap((block) => Object.keys(block))
      const variables = [...JSON.stringify(statement).matchAll(variable)].map(([, name = '']) => name.trim())
      return [...conditions, ...variables]
    }),
  )
  return [...new Set(names)].sort()
}
