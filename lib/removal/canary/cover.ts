/** Resources of a plan that are alike: of one shape (lib/impact/shape.ts), losing the same tag keys. */
export interface Alike {
  shape: string
  tagKeys: readonly string[]
  resources: number
  /** The first by name that could surely be changed and put back; null: none could. */
  fit: string | null
}

/** What goes first. A class is a shape × a tag key. */
export interface Cover {
  arns: string[]
  classes: number
  /** Classes of which no resource could surely be put back. */
  unfit: number
  /** Classes that are left out because so many would go first; the smallest ones. */
  beyond: number
}

/** More would be no canary any more; each waits its turn, and is asked about. */
export const CANARY_RESOURCES_MAX = 50

/**
 * The fewest resources, nearly, of which each class has one: those with the most classes that have none yet, of the
 * largest shapes first. The same plan always answers with the same.
 */
export function coverClasses(alike: readonly Alike[]): Cover {
  const shapes = [...Map.groupBy(alike, ({ shape }) => shape).values()].sort(
    (one, other) => sizeOf(other) - sizeOf(one) || nameOf(one).localeCompare(nameOf(other)),
  )
  const cover: Cover = { arns: [], classes: 0, unfit: 0, beyond: 0 }
  for (const members of shapes) {
    const fit = members.filter((each) => each.fit !== null)
    const wanted = keysOf(fit)
    cover.classes += keysOf(members).size
    cover.unfit += keysOf(members).size - wanted.size
    while (wanted.size > 0 && cover.arns.length < CANARY_RESOURCES_MAX) {
      const best = fit.reduce((one, other) => (byGain(wanted)(one, other) <= 0 ? one : other))
      cover.arns.push(best.fit ?? '')
      for (const key of best.tagKeys) wanted.delete(key)
    }
    cover.beyond += wanted.size
  }
  return cover
}

const keysOf = (members: readonly Alike[]) => new Set(members.flatMap(({ tagKeys }) => tagKeys))
const sizeOf = (members: readonly Alike[]) => members.reduce((sum, { resources }) => sum + resources, 0)
const nameOf = ([first]: readonly Alike[]) => first?.shape ?? ''

/** Of two that bring as much, the one that loses fewer tags; then the more common one. */
function byGain(wanted: ReadonlySet<string>) {
  const gain = ({ tagKeys }: Alike) => tagKeys.filter((key) => wanted.has(key)).length
  return (one: Alike, other: Alike) =>
    gain(other) - gain(one) ||
    one.tagKeys.length - other.tagKeys.length ||
    other.resources - one.resources ||
    (one.fit ?? '').localeCompare(other.fit ?? '')
}
