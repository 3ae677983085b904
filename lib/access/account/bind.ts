import {
  type ActionMask,
  actionsOf,
  intersection,
  isEmptyMask,
  maskWhere,
  type Service,
  union,
} from '../action-mask.ts'
import { hasResource, kindOf } from '../compile.ts'
import { type Knowledge, knowOfRequest, type RequestFacts, type RequestKind } from '../context.ts'
import type { Candidate } from '../layers.ts'
import type { Entry } from '../prepare.ts'
import { isOfResource } from '../resource-facts.ts'
import { settle } from '../settle.ts'
import { type Atom, placeOf } from '../situation.ts'
import type { Facet, Facets } from './facets.ts'

/** A requirement that hangs on the resource, with what the principal says put in. Shared by all principals who ask it. */
export interface Ask {
  readonly number: number
  readonly facet: Facet
  /** The outcome for a resource with this number of the facet: {@link FALSE}, {@link TRUE}, or an atom's number. */
  readonly outcomeOf: (number: number) => number
}

/** A statement or grant with all that hangs on the principal settled, or several that ask the same. */
export interface Bound {
  readonly candidate: Candidate
  readonly place: number
  readonly mask: ActionMask
  readonly asks: readonly Ask[]
  /** Numbers of atoms that hang on no resource. */
  readonly atoms: readonly number[]
}

export const FALSE = 0
export const TRUE = 1

const kinds: readonly RequestKind[] = ['untag', 'tag', 'other']

/** What is bound against one list of resources: it numbers atoms, and keeps every ask once. */
export class Binder {
  readonly service: Service
  readonly facets: Facets
  readonly #asks = new Map<string, Ask>()
  readonly #atoms: (Atom | undefined)[] = [undefined, undefined]
  readonly #atomNumbers = new Map<string, number>()
  readonly #masks: ReadonlyMap<RequestKind, ActionMask>
  readonly #onResource: ActionMask
  /** How many actions are done to a resource of the service. */
  readonly actionCount: number

  constructor(service: Service, facets: Facets) {
    this.service = service
    this.facets = facets
    this.#onResource = maskWhere(service, ({ name }) => hasResource(name))
    this.actionCount = actionsOf(service).filter(({ name }) => hasResource(name)).length
    this.#masks = new Map(kinds.map((kind) => [kind, maskWhere(service, ({ name }) => kindOf(name) === kind)]))
  }

  /** The atom with this number. */
  atom(number: number): Atom | undefined {
    return this.#atoms[number]
  }

  /** Binds candidates to what is known of a principal's requests; those that never match are left out. */
  bind(candidates: readonly Candidate[], request: RequestFacts): Bound[] {
    const bounds = candidates.flatMap((candidate) => {
      const mask = intersection(candidate.mask, this.#onResource)
      if (!candidate.entries.some(readsRequestTags)) return this.#bindOne(candidate, mask, request)
      return kinds.flatMap((kind) => {
        return this.#bindOne(candidate, intersection(mask, this.#masks.get(kind) ?? []), { ...request, kind })
      })
    })
    return merged(bounds)
  }

  #bindOne(candidate: Candidate, mask: ActionMask, request: RequestFacts): Bound[] {
    if (isEmptyMask(mask)) return []
    const atoms = candidate.atoms.map((atom) => this.#numberOf(atom))
    const asks: Ask[] = []
    for (const entry of candidate.entries) {
      const ofResource = entry.reads.filter((contextKey) => isOfResource(contextKey, request))
      if (ofResource.length > 0) {
        asks.push(this.#ask(entry, ofResource, request))
        continue
      }
      const outcome = this.#outcome(settle(entry, (contextKey) => knowOfRequest(contextKey, request)))
      if (outcome === FALSE) return []
      if (outcome !== TRUE) atoms.push(outcome)
    }
    return [{ candidate, place: placeOf(candidate), mask, asks, atoms }]
  }

  #ask(entry: Entry, ofResource: readonly string[], request: RequestFacts): Ask {
    const known = new Map(entry.reads.map((contextKey) => [contextKey, knowOfRequest(contextKey, request)]))
    const text = [entry.text, entry.unsupported ?? '', ofResource.length, JSON.stringify([...known])].join('\n')
    const ask = this.#asks.get(text) ?? this.#makeAsk(entry, this.facets.of(ofResource), known)
    this.#asks.set(text, ask)
    return ask
  }

  #makeAsk(entry: Entry, facet: Facet, ofRequest: ReadonlyMap<string, Knowledge>): Ask {
    const outcomes: (number | undefined)[] = []
    const outcomeOf = (number: number) => {
      const remembered = outcomes[number]
      if (remembered !== undefined) return remembered
      const ofResource = facet.known[number]
      const know = (contextKey: string) => ofResource?.get(contextKey) ?? ofRequest.get(contextKey) ?? 'free'
      const outcome = this.#outcome(settle(entry, know))
      outcomes[number] = outcome
      return outcome
    }
    return { number: this.#asks.size, facet, outcomeOf }
  }

  #outcome(settled: boolean | Atom): number {
    if (typeof settled === 'boolean') return settled ? TRUE : FALSE
    return this.#numberOf(settled)
  }

  #numberOf(atom: Atom): number {
    const number = this.#atomNumbers.get(atom.text) ?? this.#atoms.push(atom) - 1
    this.#atomNumbers.set(atom.text, number)
    return number
  }
}

/** Statements that count at one place and ask the same are one statement for the actions of all. */
function merged(bounds: readonly Bound[]): Bound[] {
  const byAsks = new Map<string, Bound>()
  for (const bound of bounds) {
    const { place, asks, atoms } = bound
    const text = [place, asks.map(({ number }) => number), atoms].join('|')
    const same = byAsks.get(text)
    byAsks.set(text, same === undefined ? bound : { ...same, mask: union(same.mask, bound.mask) })
  }
  return [...byAsks.values()]
}

function readsRequestTags({ reads }: Entry): boolean {
  return reads.some((contextKey) => contextKey === 'aws:tagkeys' || contextKey.startsWith('aws:requesttag/'))
}
