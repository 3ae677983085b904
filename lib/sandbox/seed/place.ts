import { addHours } from 'date-fns/addHours'

/** Where in the growing company a resource stands: its number among the archetypes, and the Regions in use. */
export interface Place {
  readonly index: number
  readonly round: number
  readonly regions: readonly string[]
  /** How many more rows may be made; a replica needs one of its own. */
  readonly room: number
}

// The company began then, and has made a resource every few hours since.
const founded = new Date('2021-04-06T07:00:00Z')
const hoursBetween = 5.5

/** Takes archetypes in turn, again and again, until `make` has made `count` rows; it tells how many it made. */
export function forEachPlace<Archetype>(
  archetypes: readonly Archetype[],
  count: number,
  regions: readonly string[],
  make: (archetype: Archetype, place: Place) => number,
): void {
  for (let made = 0, index = 0; made < count; index++) {
    const archetype = archetypes[index % archetypes.length]
    if (archetype === undefined) return
    const round = Math.floor(index / archetypes.length)
    made += make(archetype, { index, round, regions, room: count - made })
  }
}

/** The Region of the place, and the one for a replica if there is another. */
export function regionsAt({ index, regions }: Place): [string, string | undefined] {
  const region = regions[index % regions.length] ?? 'eu-central-1'
  return [region, regions.length > 1 ? regions[(index + 1) % regions.length] : undefined]
}

/** Nothing in the first round, then `-2`, `-3`, … */
export function numberOf({ round }: Place): string {
  return round === 0 ? '' : `-${round + 1}`
}

/** When the resource was made. */
export function createdAt({ index }: Place): Date {
  // Stays in the past for any number of resources.
  return addHours(founded, (index * hoursBetween) % 40_000)
}
