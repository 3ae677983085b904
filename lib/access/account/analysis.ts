import type { AccessChange, AccountPrincipal, AccountResource, AnalysisCounts } from '../account.ts'
import type { Service } from '../action-mask.ts'
import { resourceSide, shapeOf } from '../compile.ts'
import type { RequestFacts } from '../context.ts'
import { type DecideOptions, requestFacts, sidesOf } from '../decide.ts'
import { policiesOf, principalSide } from '../layers.ts'
import { type Identity, readIdentity } from '../principal.ts'
import { type Ask, Binder, type Bound } from './bind.ts'
import { ClassDecider } from './classes.ts'
import { Facets } from './facets.ts'
import { groupSides, type ResourceSide, readAny } from './groups.ts'
import { asksOf, isChanged, Partition } from './partition.ts'

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
  /** Resources on whose own side a removed tag key is read. */
  readonly #readByTheirSide: readonly number[]
  readonly #binder: Binder
  readonly #decider: ClassDecider
  /** Classes of all resources by what the SCPs ask, which is mostly the same for every principal. */
  readonly #sharedClasses = new Map<string, Float64Array>()

  constructor(service: Service, resources: readonly AccountResource[], options: DecideOptions, counts: AnalysisCounts) {
    this.#service = service
    this.#resources = resources
    this.#options = options
    this.#counts = counts
    this.#removed = new Set(resources.flatMap(({ removeTags }) => removeTags.map((tagKey) => tagKey.toLowerCase())))
    this.#sides = groupSides(resources, service, this.#removed)
    this.#readByTheirSide = [...this.#sides.keys()].filter((index) => this.#sides[index]?.readsRemoved)
    const beforeAndAfter = resources.map((resource) => sidesOf(resource, true))
    this.#binder = new Binder(service, new Facets(beforeAndAfter, service))
    this.#decider = new ClassDecider(this.#binder, counts)
  }

  *changesOf(principal: AccountPrincipal): Generator<AccessChange> {
    const who = readIdentity(principal.arn)
    if (who === undefined) throw new Error(`\`${principal.arn}\` is not the ARN of a user, a role or a session`)
    const { actionCount } = this.#binder
    this.#counts.skipped += this.#resources.length * actionCount
    for (const { members, bounds, side, aliases } of this.#classesOf(principal, who)) {
      const shape = shapeOf(who, principal, principal.scps?.length ?? 0, this.#service, side.account)
      this.#counts.skipped -= members.length * actionCount
      this.#counts.evaluated += actionCount
      this.#counts.deduplicated += (members.length - 1) * actionCount
      for (const verdict of this.#decider.decide(bounds, members[0] ?? 0, shape, aliases)) {
        yield { ...verdict, principal, resources: members.flatMap((index) => this.#resources[index] ?? []) }
      }
    }
  }

  /** The resources that the removal may change for a principal, in classes for which all its asks have one outcome. */
  *#classesOf(principal: AccountPrincipal, who: Identity): Generator<ResourceClass> {
    const policies = policiesOf(principal, principal.scps ?? [], who)
    const documents = policies.map(({ policy }) => policy)
    if (this.#readByTheirSide.length === 0 && !readAny(documents, this.#service, this.#removed)) return
    const request = requestFacts(principal, who, this.#service, 'other', new Map(), this.#options)
    const bounds = this.#binder.bind(principalSide(policies, this.#service), request)
    const boundsOn = this.#boundsOn(principal, who, request)
    const touched = this.#touched(asksOf(bounds), boundsOn)
    if (touched.length === 0) return

    const shared = this.#classesByScps(bounds.filter(({ candidate }) => candidate.slot === 'scp'))
    const partition = new Partition(touched)
      .splitBy((index) => shared[index] ?? 0)
      .splitBy((index) => this.#sides[index]?.number ?? 0)
    for (const ask of asksOf(bounds.filter(({ candidate }) => candidate.slot !== 'scp'))) partition.splitByAsk(ask)
    for (const members of partition.classes()) yield* this.#withSide(members, bounds, boundsOn)
  }

  /** Parts a class, which has one resource side, by what that side asks. */
  *#withSide(members: readonly number[], own: readonly Bound[], boundsOn: BoundsOn): Generator<ResourceClass> {
    const side = this.#sides[members[0] ?? 0]
    if (side === undefined) return
    const ofSide = boundsOn(side)
    const bounds = [...own, ...ofSide]
    const partition = new Partition(members)
    for (const ask of asksOf(ofSide)) partition.splitByAsk(ask)
    const readsAliases = bounds.some(readsRequestAlias)
    const { before } = this.#binder.facets.of(['kms:resourcealiases'])
    if (readsAliases) partition.splitBy((index) => before[index] ?? 0)
    for (const part of partition.classes()) {
      const aliases = readsAliases ? (this.#resources[part[0] ?? 0]?.aliases ?? []) : []
      yield { side, bounds, aliases, members: part }
    }
  }

  #touched(asks: readonly Ask[], boundsOn: BoundsOn): number[] {
    const isTouched = new Uint8Array(this.#resources.length)
    for (const ask of asks) {
      for (const index of ask.facet.changed) if (isTouched[index] === 0 && isChanged(ask, index)) isTouched[index] = 1
    }
    for (const index of this.#readByTheirSide) {
      const side = this.#sides[index]
      if (side && asksOf(boundsOn(side)).some((ask) => isChanged(ask, index))) isTouched[index] = 1
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

  #classesByScps(bounds: readonly Bound[]): Float64Array {
    const asks = asksOf(bounds)
    const name = asks.map(({ number }) => number).join()
    const known = this.#sharedClasses.get(name)
    if (known !== undefined) return known
    const partition = new Partition([...this.#resources.keys()])
    for (const ask of asks) partition.splitByAsk(ask)
    this.#sharedClasses.set(name, partition.numbers)
    return partition.numbers
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
