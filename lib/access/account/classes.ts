import { type ActionMask, actionsIn, actionsOf, holdsBit, type Service } from '../action-mask.ts'
import type { CaseDecision, CaseEffect } from '../case.ts'
import { resolve } from '../resolve.ts'
import {
  type Atom,
  combine,
  emptyTally,
  type LiveStatement,
  type SearchFacts,
  type Shape,
  type Tally,
  type Verdict,
} from '../situation.ts'
import { mayFlipUnseen } from '../unread.ts'
import { type Binder, type Bound, FALSE, TRUE } from './bind.ts'

/** Actions that share what becomes of them. */
export interface ActionsVerdict extends Pick<Verdict, 'before' | 'after' | 'effect' | 'undecided' | 'reason'> {
  readonly actions: readonly string[]
}

/** A statement for resources of one class: the numbers of its atoms, or null where it cannot match. */
interface Residue {
  readonly bound: Bound
  readonly before: readonly number[] | null
  readonly after: readonly number[] | null
}

type Side = 'before' | 'after'

/** Decides classes of resources, all actions at once; equal situations that need a search are searched once. */
export class ClassDecider {
  readonly #binder: Binder
  readonly #verdicts = new Map<string, Verdict>()
  readonly #counts: { searched: number }

  constructor(binder: Binder, counts: { searched: number }) {
    this.#binder = binder
    this.#counts = counts
  }

  /** What the removal changes for a principal and a resource whose asks have these outcomes; `[]`: nothing. */
  decide(bounds: readonly Bound[], resource: number, shape: Shape, facts: SearchFacts): ActionsVerdict[] {
    const residues: Residue[] = []
    for (const bound of bounds) {
      const [before, after] = [residueOf(bound, resource, 'before'), residueOf(bound, resource, 'after')]
      if (before !== null || after !== null) residues.push({ bound, before, after })
    }
    const { service } = this.#binder
    const [before, after] = [boundsOf(residues, shape, 'before'), boundsOf(residues, shape, 'after')]
    const settled: Settled = { loss: [], gain: [], open: [] }
    for (const [word, low] of before.least.entries()) {
      const [high = 0, lowAfter = 0, highAfter = 0] = [before.most[word], after.least[word], after.most[word]]
      const open = (low ^ high) | (lowAfter ^ highAfter)
      settled.loss.push(low & ~highAfter & ~open)
      settled.gain.push(~high & lowAfter & ~open)
      settled.open.push(open)
    }
    return [
      ...verdictOf(service, settled.loss, 'allow', 'deny', 'loss'),
      ...verdictOf(service, settled.gain, 'deny', 'allow', 'gain'),
      ...this.#search(settled.open, residues, shape, facts),
    ]
  }

  /** Actions on which the same statements bear are one situation. */
  #search(open: ActionMask, residues: readonly Residue[], shape: Shape, facts: SearchFacts): ActionsVerdict[] {
    const found = new Map<Verdict, string[]>()
    for (const [index, { name }] of actionsOf(this.#binder.service).entries()) {
      if (!holdsBit(open, index)) continue
      const column = residues.filter(({ bound }) => holdsBit(bound.mask, index))
      if (column.every(isUnchanged)) continue
      const verdict = this.#verdictOn(column, shape, facts)
      if (verdict.effect.length > 0) found.set(verdict, [...(found.get(verdict) ?? []), name])
    }
    return [...found].map(([{ before, after, effect, undecided, reason }, actions]) => {
      return { actions, before, after, effect, ...(undecided && { undecided }), ...(reason && { reason }) }
    })
  }

  #verdictOn(column: readonly Residue[], shape: Shape, facts: SearchFacts): Verdict {
    const texts = column.map(({ bound, before, after }) => `${bound.place}:${before}:${after}`).sort()
    const form = column.some(readsUserId) ? facts.keyFacts('aws:userid').form : undefined
    const text = JSON.stringify([shape, facts.aliases, form, texts])
    const remembered = this.#verdicts.get(text)
    if (remembered !== undefined) return remembered
    this.#counts.searched += 1
    const statements = column.map((residue) => this.#live(residue))
    const verdict = resolve({ shape, statements, facts })
    this.#verdicts.set(text, verdict)
    return verdict
  }

  #live({ bound: { candidate }, before, after }: Residue): LiveStatement {
    const { slot, level, effect, pointer } = candidate
    const atoms = (numbers: readonly number[] | null): Atom[] | null =>
      numbers?.flatMap((number) => this.#binder.atom(number) ?? []) ?? null
    return { slot, level, effect, pointer, before: atoms(before), after: atoms(after) }
  }
}

type Settled = Record<'loss' | 'gain' | 'open', number[]>

function verdictOf(
  service: Service,
  mask: ActionMask,
  before: CaseDecision,
  after: CaseDecision,
  effect: CaseEffect,
): ActionsVerdict[] {
  const actions = actionsIn(service, mask)
  return actions.length === 0 ? [] : [{ actions, before, after, effect: [effect] }]
}

function residueOf({ asks, atoms }: Bound, resource: number, side: Side): readonly number[] | null {
  let left = atoms
  for (const { facet, outcomeOf } of asks) {
    const outcome = outcomeOf(facet[side][resource] ?? 0)
    if (outcome === FALSE) return null
    if (outcome !== TRUE && !left.includes(outcome)) left = [...left, outcome]
  }
  return left
}

/** Ids are of one principal each; situations that read none are shared by many. */
function readsUserId({ bound }: Residue): boolean {
  return bound.candidate.entries.some(({ reads }) => reads.includes('aws:userid'))
}

function isUnchanged({ bound, before, after }: Residue): boolean {
  if (mayFlipUnseen(bound.candidate)) return false
  return before?.length === after?.length && (before ?? []).every((atom) => after?.includes(atom))
}

/** What is allowed at least and at most, whatever is open: Allows may and Denies may not hold, or the reverse. */
function boundsOf(residues: readonly Residue[], shape: Shape, side: Side): { least: number[]; most: number[] } {
  const words = residues[0]?.bound.mask ?? []
  const least: number[] = []
  const most: number[] = []
  for (const word of words.keys()) {
    const [low, high] = [emptyTally(shape), emptyTally(shape)]
    for (const { bound, [side]: atoms } of residues) {
      if (atoms === null) continue
      const bits = bound.mask[word] ?? 0
      if (atoms.length === 0 || bound.place === 0) add(low, bound.place, bits)
      if (atoms.length === 0 || bound.place !== 0) add(high, bound.place, bits)
    }
    least.push(combine(shape, low))
    most.push(combine(shape, high))
  }
  return { least, most }
}

function add(tally: Tally, place: number, bits: number): void {
  tally[place] = (tally[place] ?? 0) | bits
}
