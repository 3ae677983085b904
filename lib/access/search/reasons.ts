import { quoted } from '../problem.ts'
import type { Found } from './explore.ts'
import { keysOf } from './groups.ts'
import type { SearchLimits } from './limits.ts'
import type { Numbered } from './numbered.ts'
import type { Reach } from './reach.ts'

/** Why it is not sure whether a quadrant is reached, in words; nothing where it is. */
export function reasonsOf(numbered: Numbered, { kind, found }: Reach, limits: SearchLimits): string[] {
  if (kind !== 'undecided' && kind !== 'unknown') return []
  if (found) return found.assumed.map((atom) => reasonOf(numbered, atom, found))
  const keys = numbered.groups.flatMap((group) => group.keys)
  return [`the search ended after ${limits.nodesMax} steps over ${listed(keys)}`]
}

/** Why an atom was open. */
function reasonOf({ atoms, groupOf }: Numbered, index: number, { choices }: Found): string {
  const [atom, group] = [atoms[index], groupOf[index]]
  const place = group?.atoms.indexOf(index) ?? -1
  const classes = group ? [choices.get(group) ?? group.classes].flat() : []
  const undocumented = atom?.opaque?.reason ?? classes.map(({ reasons }) => reasons.get(place)).find((each) => each)
  return undocumented ?? `not all values of ${listed(atom ? keysOf(atom) : [])} that matter can be listed`
}

function listed(keys: readonly string[]): string {
  return keys.map(quoted).join(', ')
}
