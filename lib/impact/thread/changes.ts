import type { Effect } from '../../impact-facts.ts'
import { addMember, addMembers, dropMembers, hasMember, noMembers, ordinalsOf } from '../members.ts'
import type { ChangeRow } from './messages.ts'

/** What becomes of some actions, for one principal. */
export type Change = Omit<ChangeRow, 'principal' | 'members'>

/** All changes that an analysis finds, by principal; what changes alike is one row, however many resources it is about. */
export class Changes {
  readonly #resourceCount: number
  readonly #byAsker = new Map<number, Map<string, Omit<ChangeRow, 'principal'>>>()

  constructor(resourceCount: number) {
    this.#resourceCount = resourceCount
  }

  /** Notes a change for the asker with this place among all, on these resources. */
  add(asker: number, change: Change, ordinals: Iterable<number>): void {
    const rows = this.#byAsker.get(asker) ?? new Map<string, Omit<ChangeRow, 'principal'>>()
    this.#byAsker.set(asker, rows)
    const name = JSON.stringify(change)
    const row = rows.get(name) ?? { ...change, members: noMembers(this.#resourceCount) }
    rows.set(name, row)
    for (const ordinal of ordinals) addMember(row.members, ordinal)
  }

  /** Notes that nothing is known of these actions of an asker on these resources, in place of what was noted of them. */
  addUnknown(asker: number, actions: readonly string[], reason: string, ordinals: readonly number[]): void {
    const rows = this.#byAsker.get(asker) ?? new Map<string, Omit<ChangeRow, 'principal'>>()
    for (const [name, { members, ...change }] of [...rows]) {
      const others = change.actions.filter((action) => !actions.includes(action))
      if (others.length === change.actions.length) continue
      const touched = ordinals.filter((ordinal) => hasMember(members, ordinal))
      dropMembers(members, ordinals)
      if (members.every((byte) => byte === 0)) rows.delete(name)
      if (others.length > 0) this.add(asker, { ...change, actions: others }, touched)
    }
    const unknown = { before: 'unknown', after: 'unknown', effect: ['unknown'], undecided: false } as const
    this.add(asker, { ...unknown, actions, reason }, ordinals)
  }

  /** Takes back all that was noted of these resources, and tells of whom that was. */
  forget(ordinals: readonly number[]): number[] {
    const touched = new Set<number>()
    for (const [asker, rows] of this.#byAsker) {
      for (const [name, { members }] of rows) {
        if (!dropMembers(members, ordinals)) continue
        touched.add(asker)
        if (members.every((byte) => byte === 0)) rows.delete(name)
      }
      if (rows.size === 0) this.#byAsker.delete(asker)
    }
    return [...touched]
  }

  /** The resources on which anything about a change is unknown. */
  unknownOn(): number[] {
    const unsure = noMembers(this.#resourceCount)
    for (const rows of this.#byAsker.values()) {
      for (const row of rows.values()) if (isUnknown(row)) addMembers(unsure, row.members)
    }
    return [...ordinalsOf(unsure)]
  }

  /** Those for whom anything changes, in their order, with what. */
  *byAsker(): Generator<[asker: number, rows: Omit<ChangeRow, 'principal'>[]]> {
    for (const asker of [...this.#byAsker.keys()].sort((a, b) => a - b)) {
      yield [asker, [...(this.#byAsker.get(asker)?.values() ?? [])]]
    }
  }
}

/** Whether an effect, or what stays, is not known. */
function isUnknown({ before, after, effect }: Pick<Change, 'before' | 'after' | 'effect'>): boolean {
  const all: readonly (Change['before'] | Effect)[] = [before, after, ...effect]
  return all.includes('unknown')
}
