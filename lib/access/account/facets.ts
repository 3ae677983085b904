import type { Service } from '../action-mask.ts'
import type { Known } from '../context.ts'
import { knowOfResource, type ResourceFacts } from '../resource-facts.ts'

/** A resource before and after the removal. */
interface ResourceSides {
  readonly before: ResourceFacts
  readonly after: ResourceFacts
}

/** Resources numbered by what some context keys say of them: equal number, equal values. */
export interface Facet {
  readonly before: Int32Array
  readonly after: Int32Array
  /** What the context keys say, for each number. */
  readonly known: readonly ReadonlyMap<string, Known | undefined>[]
  /** The resources of which the removal changes what the keys say. */
  readonly changed: readonly number[]
}

/** Facets of a fixed list of resources; each is made when it is first asked for. */
export class Facets {
  readonly #resources: readonly ResourceSides[]
  readonly #service: Service
  readonly #facets = new Map<string, Facet>()

  constructor(resources: readonly ResourceSides[], service: Service) {
    this.#resources = resources
    this.#service = service
  }

  /** The facet of these context keys together. */
  of(contextKeys: readonly string[]): Facet {
    const name = contextKeys.join('\n')
    const facet = this.#facets.get(name) ?? this.#make(contextKeys)
    this.#facets.set(name, facet)
    return facet
  }

  #make(contextKeys: readonly string[]): Facet {
    const numbers = new Map<string, number>()
    const known: ReadonlyMap<string, Known | undefined>[] = []
    const numberOf = (facts: ResourceFacts) => {
      const says = new Map(
        contextKeys.map((contextKey) => [contextKey, knowOfResource(contextKey, this.#service, facts)]),
      )
      const text = [...says.values()].map(knownText).join('\n')
      const number = numbers.get(text) ?? known.push(says) - 1
      numbers.set(text, number)
      return number
    }
    const before = Int32Array.from(this.#resources, (resource) => numberOf(resource.before))
    const after = Int32Array.from(this.#resources, (resource) => numberOf(resource.after))
    const changed = [...before.keys()].filter((index) => before[index] !== after[index])
    return { before, after, known, changed }
  }
}

function knownText(known: Known | undefined): string {
  if (known === undefined) return 'not told'
  const { values, doubt = '' } = known
  return values === undefined ? doubt : `${JSON.stringify(values)}${doubt}`
}
