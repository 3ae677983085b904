import type { ActionsVerdict } from '../../access/account/classes.ts'
import { type AccountResource, analysesOf } from '../../access/account.ts'
import { mirrored } from '../../access/mirror.ts'
import type { Asker } from './askers.ts'
import { type Change, Changes } from './changes.ts'
import type { Answer, Direction, Grants, Told } from './messages.ts'
import type { PlannedResource } from './planned-resource.ts'

/** Milliseconds between two reports of progress. */
const REPORT_EVERY = 200

/** Whose access to what is looked at. */
export interface Search {
  readonly direction: Direction
  readonly askers: readonly Asker[]
  /** The places among them of those who are looked at. */
  readonly who: readonly number[]
  readonly resources: readonly PlannedResource[]
  /** A resource for the engine, with these grants if it is a key. */
  readonly removalOf: (resource: PlannedResource, grants: Grants) => AccountResource
}

/** What was found, and the grants that it took, by ordinal of their key. */
export interface Found {
  readonly changes: Changes
  readonly grants: ReadonlyMap<number, Grants>
}

const UNREAD: Grants = ['unread']

/**
 * Finds what the plan changes for everybody. AWS lets few grants be listed, so at first every key is taken to have some
 * that were not read: they may allow whatever a grant can, before and after. What is certain then, that nothing changes
 * included, is certain with any grants. Only the keys on which something is unknown are asked about, and looked at again
 * with the grants that they have, for those for whom anything changed on them.
 */
export function* findChanges(search: Search): Generator<Told, Found, Answer> {
  const { who, resources, removalOf } = search
  const changes = new Changes(resources.length)
  const progress = { done: 0, total: who.length, toldAt: performance.now() }
  const assumed = new Map(resources.map((resource, ordinal) => [removalOf(resource, UNREAD), ordinal]))
  yield* look(search, assumed, who, changes, progress)

  const unsure = changes.unknownOn().flatMap((ordinal) => {
    const resource = resources[ordinal]
    return resource && mayHangOnGrants(resource) ? [{ ordinal, resource }] : []
  })
  if (unsure.length === 0) return { changes, grants: new Map() }
  const ordinals = unsure.map(({ ordinal }) => ordinal)
  const { grants = new Map<number, Grants>() } = yield { is: 'grantsWanted', ordinals }
  const again = changes.forget(ordinals)
  progress.total += again.length
  progress.toldAt = 0
  const asRead = new Map(
    unsure.map(({ ordinal, resource }) => [removalOf(resource, grants.get(ordinal) ?? UNREAD), ordinal]),
  )
  yield* look(search, asRead, again, changes, progress)
  return { changes, grants }
}

/** Where the key policy was not read all is unknown, whatever the grants are. */
function mayHangOnGrants({ known }: PlannedResource): boolean {
  return known.type === 'key' && known.policy !== 'unread'
}

interface Progress {
  done: number
  total: number
  toldAt: number
}

function* look(
  { askers, direction }: Search,
  ordinals: ReadonlyMap<AccountResource, number>,
  who: readonly number[],
  changes: Changes,
  progress: Progress,
): Generator<Told, void, Answer> {
  const analyses = [...analysesOf([...ordinals.keys()], { context: 'open' })]
  for (const index of who) {
    const principal = askers[index]?.known.access
    if (principal === undefined) continue
    for (const analysis of analyses) {
      for (const { resources, ...verdict } of analysis.changesOf(principal)) {
        const on = resources.flatMap((resource) => ordinals.get(resource) ?? [])
        changes.add(index, changeOf(verdict, direction), on)
      }
    }
    progress.done += 1
    if (performance.now() - progress.toldAt < REPORT_EVERY) continue
    progress.toldAt = performance.now()
    yield { is: 'progress', done: progress.done, total: progress.total }
  }
}

function changeOf(removal: ActionsVerdict, direction: Direction): Change {
  const { before, after, effect } = direction === 'remove' ? removal : mirrored(removal)
  const { actions, undecided = false, reason = null } = removal
  return { before, after, effect, actions, undecided, reason }
}
