import type { AccessChange, AccountPrincipal, AccountResource, AnalysisCounts } from '../account.ts'
import type { Service } from '../action-mask.ts'
import { resourceSide, shapeOf } from '../compile.ts'
import type { RequestFacts } from '../context.ts'
import { type DecideOptions, requestFacts, sidesOf } from '../decide.ts'
import { keyFactsFor } from '../key-facts.ts'
import { policiesOf, principalSide } from '../layers.ts'
import { type Identity, identityOf } from '../principal.ts'
import { mayFlipUnseen } from '../unread.ts'
import { Binder, type Bound } from './bind.ts'
import { ClassDecider } from './classes.ts'
import { Facets } from './facets.ts'
import { groupSides, type ResourceSide, readAny } from './groups.ts'
import { asksByFacet, type FacetAsks, isChanged, Partition } from './partition.ts'

type BoundsOn = (side: ResourceSide) => readonly Bound[]

/** The removals from resources of one service, asked about by one principal after the other. */
export class Analysis {
  readonly #service: Service
  readonly #resources: readonly AccountResource[]
  readonly #options: DecideOptions
  readonly #counts: AnalysisCounts
  /** The tag keys that go from any resource, lower-case. */
  readonly #removed: ReadonlySet<string>
  readonly #sides: readonly ResourceSide[]
  /** Resource sides that read a removed tag key, with their resources. */
  readonly #readByTheirSide: ReadonlyMap<ResourceSide, readonly number[]>
  /** The resources that have any of the tags that go from them. */
  readonly #untagged: ReadonlySet<number>
  readonly #binder: Binder
  readonly #decider: ClassDecider
  /** What SCPs ask, which is mostly the same for every principal. */
  readonly #sharedAsks = new Map<string, SharedAsks>()

  constructor(service: Service, resources: readonly AccountResource[], options: DecideOptions, counts: AnalysisCounts) {
    this.#service = service
    this.#resources = resources
    this.#options = options
    this.#counts = counts
    this.#removed = new Set(resources.flatMap(({ removeTags }) => removeTags.map((tagKey) => tagKey.toLowerCase())))
    this.#sides = groupSides(resources, service, this.#removed)
    const readBy = this.#sides.flatMap((side, index) => (side.readsRemoved ? [{ side, index }] : []))
    const bySide = Map.groupBy(readBy, ({ side }) => side)
    this.#readByTheirSide = new Map([...bySide].map(([side, members]) => [side, members.map(({ index }) => index)]))
    const beforeAndAfter = resources.map((resource) => sidesOf(resource, true))
    this.#untagged = new Set(
      [...beforeAndAfter.entries()].flatMap(([index, { before, after }]) => (before === after ? [] : index)),
    )
    this.#binder = new Binder(service, new Facets(beforeAndAfter, service))
    this.#decider = new ClassDecider(this.#binder, counts)
  }

  *changesOf(principal: AccountPrincipal): Generator<AccessChange> {
    const who = identityOf(principal)
    if (who === undefined) throw new Error(`\`${principal.arn}\` is not the ARN of a user, a role or a session`)
    const { actionCount } = this.#binder
    const keyFacts = keyFactsFor(who)
    this.#counts.skipped += this.#resources.length * actionCount
    for (const { members, bounds, side, aliases } of this.#classesOf(principal, who)) {
      const shape = shapeOf(who, principal, principal.scps?.length ?? 0, this.#service, side.account)
      this.#counts.skipped -= members.length * actionCount
      this.#counts.evaluated += actionCount
      this.#counts.deduplicated += (members.length - 1) * actionCount
      for (const verdict of this.#decider.decide(bounds, members[0] ?? 0, shape, { keyFacts, aliases })) {
        yield { ...verdict, principal, resources: members.flatMap((index) => this.#resources[index] ?? []) }
      }
    }
  }

  /** The resources that the removal may change for a principal, in classes for which all its asks have one outcome. */
  *#classesOf(principal: AccountPrincipal, who: Identity): Generator<ResourceClass> {
    const policies = policiesOf(principal, principal.scps ?? [], who)
    const documents = policies.map(({ policy }) => policy)
    if (this.#readByTheirSide.size === 0 && !readAny(documents, this.#service, this.#removed)) return
    const request = requestFacts(principal, who, this.#service, 'other', new Map(), this.#options)
    const bounds = this.#binder.bind(principalSide(policies, this.#service), request)
    const boundsOn = this.#boundsOn(principal, who, request)
    const scps = this.#scps(bounds.filter(({ candidate }) => candidate.slot === 'scp'))
    const asked = asksByFacet(bounds.filter(({ candidate }) => candidate.slot !== 'scp'))
    const touched = bounds.some(({ candidate }) => mayFlipUnseen(candidate))
      ? [...this.#untagged]
      : this.#touched([...scps.asked, ...asked], boundsOn)
    for (const [side, members] of Map.groupBy(touched, (index) => this.#sides[index])) {
      if (side !== undefined) yield* this.#classesOfSide(side, members, { bounds, asked, scps }, boundsOn(side))
    }
  }

  *#classesOfSide(
    side: ResourceSide,
    members: readonly number[],
    own: AsksOfPrincipal,
    ofSide: readonly Bound[],
  ): Generator<ResourceClass> {
    const bounds = [...own.bounds, ...ofSide]
    const partition = new Partition(members)
      .splitBy((index) => own.scps.classOf()[index] ?? 0)
      .splitByAsks([...own.asked, ...asksByFacet(ofSide)])
    const readsAliases = bounds.some(readsRequestAlias)
    const { before } = this.#binder.facets.of(['kms:resourcealiases'])
    if (readsAliases) partition.splitBy((index) => before[index] ?? 0)
    for (const part of partition.classes()) {
      const aliases = readsAliases ? (this.#resources[part[0] ?? 0]?.aliases ?? []) : []
      yield { side, bounds, aliases, members: part }
    }
  }

  #touched(asked: readonly FacetAsks[], boundsOn: BoundsOn): number[] {
    const isTouched = new Uint8Array(this.#resources.length)
    for (const asks of asked) {
      for (const index of asks.facet.changed) if (isTouched[index] === 0 && isChanged(asks, index)) isTouched[index] = 1
    }
    for (const [side, indexes] of this.#readByTheirSide) {
      const ofSide = boundsOn(side)
      const isUnseen = ofSide.some(({ candidate }) => mayFlipUnseen(candidate))
      const asked = asksByFacet(ofSide)
      for (const index of indexes) {
        if ((isUnseen && this.#untagged.has(index)) || asked.some((asks) => isChanged(asks, index)))
          isTouched[index] = 1
      }
    }
    return [...isTouched.keys()].filter((index) => isTouched[index] === 1)
  }

  #boundsOn(principal: AccountPrincipal, who: Identity, request: RequestFacts): BoundsOn {
    const known = new Map<ResourceSide, readonly Bound[]>()
    return (side) => {
      const shape = shapeOf(who, principal, 0, this.#service, side.account)
      const bounds = known.get(side) ?? this.#binder.bind(resourceSide(side, side.rcps, who, shape), request)
      known.set(side, bounds)
      return bounds
    }
  }

  #scps(bounds: readonly Bound[]): SharedAsks {
    const name = bounds.flatMap(({ asks }) => asks.map(({ number }) => number)).join()
    const shared = this.#sharedAsks.get(name) ?? sharedAsks(asksByFacet(bounds), this.#resources.length)
    this.#sharedAsks.set(name, shared)
    return shared
  }
}

interface AsksOfPrincipal {
  readonly bounds: readonly Bound[]
  /** Without those of SCPs. */
  readonly asked: readonly FacetAsks[]
  readonly scps: SharedAsks
}

interface SharedAsks {
  readonly asked: readonly FacetAsks[]
  /** The classes of all resources, once they are wanted. */
  readonly classOf: () => Float64Array
}

function sharedAsks(asked: readonly FacetAsks[], resourceCount: number): SharedAsks {
  let classOf: Float64Array | undefined
  return {
    asked,
    classOf: () => {
      classOf ??= new Partition([...new Array(resourceCount).keys()]).splitByAsks(asked).numbers
      return classOf
    },
  }
}

interface ResourceClass {
  readonly side: ResourceSide
  readonly bounds: readonly Bound[]
  readonly aliases: readonly string[]
  readonly members: readonly number[]
}

/** kms:RequestAlias is one of the key's aliases, which matter where it is read only. */
function readsRequestAlias({ candidate }: Bound): boolean {
  return candidate.entries.some(({ reads }) => reads.includes('kms:requestalias'))
}
