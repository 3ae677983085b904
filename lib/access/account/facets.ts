import type { Service } from '../action-mask.ts'
import { type Known, knowOfResource, type ResourceFacts } from '../context.ts'

/** A resource before and after the removal. */
export interface ResourceSides {
  readonly before: ResourceFacts
  readonly after: ResourceFacts
}

/** Resources numbered by what some context keys say of them: equal number, equal values. */
export interface Facet {
  readonly before: Int32Array
  readonly after: Int32Array
  /** One resource (at one side) for each number. */
  readonly examples: readonly ResourceFacts[]
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
    const examples: ResourceFacts[] = []
    const numberOf = (facts: ResourceFacts) => {
      const text = contextKeys.map((key) => knownText(knowOfResource(key, this.#service, facts))).join('\n')
      const number = numbers.get(text) ?? examples.push(facts) - 1
      numbers.set(text, number)
      return number
    }
    const before = Int32Array.from(this.#resources, (resource) => numberOf(resource.before))
    const after = Int32Array.from(this.#resources, (resource) => numberOf(resource.after))
    const changed = [...before.keys()].filter((index) => before[index] !== after[index])
    return { before, after, examples, changed }
  }
}

function knownText({ values, doubt = '' }: Known): string {
  return values === undefined ? doubt : `${JSON.stringify(values)}${doubt}`
}
