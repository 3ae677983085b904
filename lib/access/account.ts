import { Binder, type Bound } from './account/bind.ts'
import { type ActionsVerdict, ClassDecider } from './account/classes.ts'
import { Facets } from './account/facets.ts'
import { groupSides, type ResourceSide, readAny } from './account/groups.ts'
import type { Service } from './action-mask.ts'
import type { AccessCase, CasePrincipal, CaseResource } from './case.ts'
import { resourceSide, serviceOfType, shapeOf } from './compile.ts'
import { indexTags, type RequestFacts } from './context.ts'
import { sidesOf } from './decide.ts'
import { policiesOf, principalSide } from './layers.ts'
import type { Policy } from './policy.ts'
import { type Identity, readIdentity } from './principal.ts'

type PolicyLevels = readonly (readonly Policy[])[]

/** A principal with the SCPs that bind its account. */
export type AccountPrincipal = CasePrincipal & { readonly scps?: PolicyLevels }
/** A resource with the tag keys that go from it, and the RCPs that bind its account. */
export type AccountResource = CaseResource & { readonly removeTags: readonly string[]; readonly rcps?: PolicyLevels }

/** Who may ask, and what is untagged. */
export interface Account {
  readonly principals: readonly AccountPrincipal[]
  readonly resources: readonly AccountResource[]
}

/** Actions whose access changes alike, for one principal and resources that are alike to it. */
export interface AccessChange extends ActionsVerdict {
  readonly principal: AccountPrincipal
  readonly resources: readonly AccountResource[]
}

/** Decisions (principal × resource × action, before and after in one) by how they were reached. */
export interface AnalysisCounts {
  /** Proved unaffected: nothing that the principal's request meets reads a tag that goes. */
  readonly skipped: number
  /** The same as one that was evaluated. */
  readonly deduplicated: number
  readonly evaluated: number
  /** Of those, situations that hang on unknown context and were searched. */
  readonly searched: number
}

/**
 * Finds every change of access that the removal makes, for all actions of both services that are done to a resource.
 * Yields while it goes; `caseOf` turns a change into a case, which `decide` explains.
 */
export function* analyseAccount(
  { principals, resources }: Account,
  { context }: { readonly context: 'open' | 'closed' } = { context: 'open' },
): Generator<AccessChange, AnalysisCounts> {
  const counts = { skipped: 0, deduplicated: 0, evaluated: 0, searched: 0 }
  for (const service of ['kms', 'secretsmanager'] as const) {
    const own = resources.filter(({ type }) => serviceOfType[type] === service)
    if (own.length > 0) yield* new Analysis(service, own, context === 'open', counts).changes(principals)
  }
  return counts
}

/** The case that asks about one action of a change, for `decide` and `explain`. */
export function caseOf(principal: AccountPrincipal, resource: AccountResource, action: string): AccessCase {
  const { scps = [], ...own } = principal
  const { removeTags, rcps = [], ...facts } = resource
  return { id: action, principal: own, scps, rcps, resource: facts, action, context: new Map(), removeTags }
}

type Counts = { -readonly [Count in keyof AnalysisCounts]: number }

/** Of the resources of one service. */
class Analysis {
  readonly #service: Service
  readonly #resources: readonly AccountResource[]
  readonly #isOpen: boolean
  readonly #counts: Counts
  readonly #removed: ReadonlySet<string>
  readonly #sides: readonly ResourceSide[]
  readonly #indexesReadingRemoved: readonly number[]
  readonly #binder: Binder
  readonly #decider: ClassDecider

  constructor(service: Service, resources: readonly AccountResource[], isOpen: boolean, counts: Counts) {
    this.#service = service
    this.#resources = resources
    this.#isOpen = isOpen
    this.#counts = counts
    this.#removed = new Set(resources.flatMap(({ removeTags }) => removeTags.map((tagKey) => tagKey.toLowerCase())))
    this.#sides = groupSides(resources, service, this.#removed)
    this.#indexesReadingRemoved = [...this.#sides.keys()].filter((index) => this.#sides[index]?.readsRemoved)
    this.#binder = new Binder(
      service,
      new Facets(
        resources.map((resource) => sidesOf(resource, true)),
        service,
      ),
    )
    this.#decider = new ClassDecider(this.#binder)
  }

  *changes(principals: readonly AccountPrincipal[]): Generator<AccessChange> {
    for (const principal of principals) yield* this.#ofPrincipal(principal)
    this.#counts.searched += this.#decider.searches
  }

  *#ofPrincipal(principal: AccountPrincipal): Generator<AccessChange> {
    const who = readIdentity(principal.arn)
    if (who === undefined) throw new Error(`\`${principal.arn}\` is not the ARN of a principal`)
    const actionCount = this.#binder.actionCount
    const classes = [...this.#classesOf(principal, who)]
    let touched = 0
    for (const { members, bounds, side, aliases } of classes) {
      const shape = shapeOf(who, principal, principal.scps?.length ?? 0, this.#service, side.account)
      const [first = 0] = members
      touched += members.length
      const resources = members.flatMap((index) => this.#resources[index] ?? [])
      const verdicts = this.#decider.decide(bounds, first, shape, aliases)
      for (const verdict of verdicts) yield { ...verdict, principal, resources }
    }
    this.#counts.evaluated += classes.length * actionCount
    this.#counts.deduplicated += (touched - classes.length) * actionCount
    this.#counts.skipped += (this.#resources.length - touched) * actionCount
  }

  /** The resources that the removal may change for a principal, those together for which all its asks have one answer. */
  #classesOf(principal: AccountPrincipal, who: Identity): Iterable<ResourceClass> {
    const policies = policiesOf(principal, principal.scps ?? [], who)
    const documents = policies.map(({ policy }) => policy)
    const mayTouch = readAny(documents, this.#service, this.#removed)
    if (!mayTouch && this.#indexesReadingRemoved.length === 0) return []
    const request = requestFacts(principal, who, this.#service, this.#isOpen)
    const own = this.#binder.bind(principalSide(policies, this.#service), request)
    const boundsOn = this.#boundsOn(principal, who, request)
    const touched = new Set([...changedBy(own), ...this.#touchedBySides(boundsOn)])
    const classes = new Map<string, ResourceClass>()
    for (const index of touched) {
      const side = this.#sides[index]
      if (side === undefined) continue
      const ofSide = boundsOn(side)
      const bounds = [...own, ...ofSide.bounds]
      const aliases = bounds.some(readsRequestAlias) ? (this.#resources[index]?.aliases ?? []) : []
      const text = `${ofSide.number} ${outcomesText(own, index)} ${outcomesText(ofSide.bounds, index)} ${aliases.join()}`
      const known = classes.get(text)
      if (known) known.members.push(index)
      else classes.set(text, { side, bounds, aliases, members: [index] })
    }
    return classes.values()
  }

  #boundsOn(principal: AccountPrincipal, who: Identity, request: RequestFacts) {
    const known = new Map<ResourceSide, { number: number; bounds: readonly Bound[] }>()
    return (side: ResourceSide) => {
      const remembered = known.get(side)
      if (remembered !== undefined) return remembered
      const shape = shapeOf(who, principal, 0, this.#service, side.account)
      const candidates = resourceSide(side, side.rcps, who, shape)
      const bound = { number: known.size, bounds: this.#binder.bind(candidates, request) }
      known.set(side, bound)
      return bound
    }
  }

  #touchedBySides(boundsOn: (side: ResourceSide) => { bounds: readonly Bound[] }): number[] {
    return this.#indexesReadingRemoved.filter((index) => {
      const side = this.#sides[index]
      return side !== undefined && boundsOn(side).bounds.some((bound) => isChangedAt(bound, index))
    })
  }
}

interface ResourceClass {
  readonly side: ResourceSide
  readonly bounds: readonly Bound[]
  readonly aliases: readonly string[]
  readonly members: number[]
}

function requestFacts(principal: CasePrincipal, who: Identity, service: Service, isOpen: boolean): RequestFacts {
  return {
    who,
    principalTags: indexTags(principal.tags),
    areSessionTagsKnown: principal.sessionTags !== 'unknown',
    service,
    kind: 'other',
    context: new Map(),
    isOpen,
  }
}

/** kms:RequestAlias is one of the key's aliases, which matter where it is read only. */
function readsRequestAlias({ candidate }: Bound): boolean {
  return candidate.entries.some(({ reads }) => reads.includes('kms:requestalias'))
}

/** The resources for which a statement's requirement turns out otherwise after the removal. */
function changedBy(bounds: readonly Bound[]): Set<number> {
  const changed = new Set<number>()
  for (const { asks } of bounds) {
    for (const { facet, outcomeOf } of asks) {
      for (const index of facet.changed) {
        if (outcomeOf(facet.before[index] ?? 0) !== outcomeOf(facet.after[index] ?? 0)) changed.add(index)
      }
    }
  }
  return changed
}

function isChangedAt({ asks }: Bound, index: number): boolean {
  return asks.some(({ facet, outcomeOf }) => outcomeOf(facet.before[index] ?? 0) !== outcomeOf(facet.after[index] ?? 0))
}

function outcomesText(bounds: readonly Bound[], index: number): string {
  let text = ''
  for (const { asks } of bounds) {
    for (const { facet, outcomeOf } of asks) {
      text += `${outcomeOf(facet.before[index] ?? 0)},${outcomeOf(facet.after[index] ?? 0)};`
    }
  }
  return text
}
