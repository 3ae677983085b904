import { storedPrincipal } from '../stored-principal.ts'
import type { Asker } from './askers.ts'
import type { Changes } from './changes.ts'
import type { ChangeRow, PrincipalRow } from './messages.ts'

/** The rows to keep of those for whom anything changes: they are numbered anew, the operator 0, with all their changes. */
export function affectedRows(
  askers: readonly Asker[],
  found: Changes,
): { principals: PrincipalRow[]; changes: ChangeRow[] } {
  const byAsker = new Map(found.byAsker())
  const kept = [...askers.entries()].filter(([index, { isOperator }]) => isOperator || byAsker.has(index))
  const first = askers.some(({ isOperator }) => isOperator) ? 0 : 1
  const numbered = kept.map(([index, asker], place) => ({ index, asker, ordinal: first + place }))
  return {
    principals: numbered.map(({ asker: { known, isOperator }, ordinal }) => {
      const { name, kind, lastUsedAt, access } = known
      return { ordinal, arn: access.arn, name, kind, isOperator, lastUsedAt, principal: storedPrincipal(known) }
    }),
    changes: numbered.flatMap(({ index, ordinal }) =>
      (byAsker.get(index) ?? []).map((change) => ({ principal: ordinal, ...change })),
    ),
  }
}
