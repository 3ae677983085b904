import type { Changes } from './changes.ts'
import type { Doubt } from './messages.ts'
import type { PlannedResource } from './planned-resource.ts'

/** Makes unknown what AWS answered otherwise than was computed for the operator, on every resource of the same type. */
export function doubt(
  changes: Changes,
  operator: number,
  resources: readonly PlannedResource[],
  doubts: readonly Doubt[],
): void {
  for (const [type, ofType] of Map.groupBy(doubts, (each) => each.type)) {
    const ordinals = resources.flatMap(({ known }, ordinal) => (known.type === type ? ordinal : []))
    if (ordinals.length === 0) continue
    for (const [name, ofName] of Map.groupBy(ofType, (each) => each.name)) {
      const reason = `AWS answered otherwise than was computed for \`${name}\`: something is missing from the picture`
      changes.addUnknown(
        operator,
        ofName.map(({ action }) => action),
        reason,
        ordinals,
      )
    }
  }
}
