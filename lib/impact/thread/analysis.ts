import type { AccountReading } from '../../account-reading.ts'
import { type AccountPicture, pictureOf } from '../../principals/picture.ts'
import { isOwnSideUnread } from '../../principals/simulated-actions.ts'
import { protectedTagsOf } from '../../protected-tags.ts'
import { affectedRows } from './affected-rows.ts'
import { askersAmong } from './askers.ts'
import { countByResource } from './counts.ts'
import { impactDigest } from './digest.ts'
import { doubt } from './doubt.ts'
import { findChanges } from './find-changes.ts'
import { itemImpactOf } from './item-impact.ts'
import type { AnalysisInput, Answer, Grants, ItemRow, ResourceInput, Told } from './messages.ts'
import { callsOf, unknownCalls } from './operator-calls.ts'
import { pictureTold } from './picture-told.ts'
import { bothStatesOf, type PlannedResource, plannedResources, type Received } from './planned-resource.ts'
import { simulatedSides } from './simulated-side.ts'
import { unsureOutsiders, withOutsiders } from './unsure-outsiders.ts'

/** Rows that are handed over at once: few enough that taking them keeps nobody waiting. */
const ROWS_AT_ONCE = 100

/**
 * The analysis of one plan, without a call to AWS or the store: it tells step by step what it wants and what it found,
 * and is answered with each `next`.
 */
export function* analysis(input: AnalysisInput): Generator<Told, void, Answer> {
  const { direction } = input
  const account = accountOf(input)
  yield { is: 'picture', picture: pictureTold(account) }
  const received = yield* receive()
  const { resources } = received
  const picture = pictureTold(account, received)
  yield { is: 'picture', picture }

  const askers = askersAmong(account, input.operator)
  const operator = askers.findIndex(({ isOperator }) => isOperator)
  const caller = askers[operator]?.known.access
  const isSimulated = caller !== undefined && isOwnSideUnread(caller)
  const rcps = account.rcps.levels === 'unread' ? undefined : account.rcps.levels
  const statesOf = (resource: PlannedResource, grants: Grants | null) => bothStatesOf(resource, grants, direction, rcps)
  const found = yield* findChanges({
    direction,
    askers,
    who: [...askers.keys()].filter((index) => !(isSimulated && index === operator)),
    resources,
    removalOf: (resource, grants) => statesOf(resource, grants).removal,
  })

  // Only of those who were looked at is it known where grants do not matter.
  const unasked = isSimulated ? (['unread'] as const) : null
  const states = resources.map((resource, ordinal) => statesOf(resource, found.grants.get(ordinal) ?? unasked))
  const simulated = isSimulated ? yield* simulatedSides(caller, states, direction) : []
  for (const [ordinal, side] of simulated.entries()) {
    for (const change of side.changes) found.changes.add(operator, change, [ordinal])
  }
  if (caller) doubt(found.changes, operator, resources, input.doubts)
  const counted = countByResource(found.changes, resources.length, operator)
  const items = resources.flatMap((resource, ordinal): ItemRow[] => {
    const [counts, both] = [counted[ordinal], states[ordinal]]
    if (counts === undefined || both === undefined) return []
    const isChanged = Object.values(counts.own).some((count) => count > 0)
    const known = () =>
      caller ? callsOf(caller, both, resource.changed, direction, isChanged) : unknownCalls(both.now)
    const calls = simulated[ordinal]?.calls ?? known()
    const all = withOutsiders(counts, unsureOutsiders(resource))
    return [{ ordinal, impact: itemImpactOf(all, calls, protectedTags(resource, input)) }]
  })
  const { principals, changes } = affectedRows(askers, found.changes)
  for (const rows of batchesOf(items)) yield { is: 'items', rows }
  for (const rows of batchesOf(principals)) yield { is: 'principals', rows }
  for (const rows of batchesOf(changes)) yield { is: 'changes', rows }
  yield { is: 'end', digest: impactDigest({ picture, resources, items, principals, changes }) }
}

/** A reading that could not be made anew is not what IAM says now. */
function accountOf({ reading, readAt, readingProblem, imports }: AnalysisInput): AccountPicture {
  const picture = pictureOf({ reading: JSON.parse(reading) as AccountReading, readAt, imports })
  if (readingProblem === null || picture.notRead.some(({ part }) => part === 'principals')) return picture
  return { ...picture, notRead: [{ part: 'principals', problem: readingProblem }, ...picture.notRead] }
}

/** What is put back is not taken away from anybody. */
function protectedTags({ known, changed }: PlannedResource, { direction, protectedPatterns }: AnalysisInput) {
  if (direction === 'putBack') return []
  return protectedTagsOf(changed, { type: known.type, tags: known.facts.tags }, protectedPatterns)
}

function* receive(): Generator<Told, Received, Answer> {
  const received: ResourceInput[] = []
  for (;;) {
    const { resources = [], aliasProblem = null } = yield { is: 'resourcesWanted' }
    if (resources.length === 0) return { resources: plannedResources(received), aliasProblem }
    received.push(...resources)
  }
}

function* batchesOf<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) yield rows.slice(at, at + ROWS_AT_ONCE)
}
