import type { Outcome } from '#lib/outcome.ts'
import { readJournal } from '#lib/removal/journal.ts'
import type { RemovalItem } from '#lib/removal/list-removal-items.ts'
import type { CallRecord } from '#lib/sandbox/calls.ts'
import { chosenKeys, keptKey } from './account.ts'
import { breakOf, type LogLeft } from './chains.ts'
import type { Change, Scene } from './scene.ts'

type Tags = ReadonlyMap<string, Readonly<Record<string, string>>>

/** What a run leaves behind: the sandbox's own log and tags, and what the console tells from its store. */
export interface Evidence extends LogLeft {
  scene: Scene
  removed: RemovalItem[]
  /** The same items when everything was over. */
  removedLater: RemovalItem[]
  putBack: RemovalItem[]
  /** Calls that took effect. */
  untagged: CallRecord[]
  tagged: CallRecord[]
  /** Every call that was to change tags, whatever came of it. */
  received: CallRecord[]
  afterRemoval: Tags
  afterPutBack: Tags
  /** The console had not ended by itself. */
  isUp: boolean
}

export interface Violation {
  invariant: string
  what: string
}

/** What must hold whatever went wrong; each answers with what does not. */
const invariants: Record<string, (evidence: Evidence) => string[]> = {
  everyItemEndsSettled: ({ scene: { stage }, removed, putBack }) => [
    ...[...removed, ...putBack]
      .filter(({ state }) => state !== 'settled')
      .map(({ arn, state }) => `${arn} is ${state}`),
    ...(removed.length === stage.arns.length ? [] : [`${removed.length} items instead of ${stage.arns.length}`]),
  ],

  onlyReviewedTagsGo: ({ scene, untagged, afterRemoval }) => [
    ...untagged.flatMap((call) =>
      (call.tagKeys ?? []).flatMap((key) => [
        ...(isReviewed(scene, call.resource, key) ? [] : [`${key} of ${call.resource} was not reviewed`]),
        ...changesOf(scene, call.resource, key)
          .filter(({ at, value }) => value !== null && at < call.time)
          .map(({ value, at }) => `\`${value}\`, set at ${at} on ${call.resource}, was removed at ${call.time}`),
      ]),
    ),
    ...scene.stage.arns
      .filter((arn) => afterRemoval.get(arn)?.[keptKey] !== scene.before.get(arn)?.[keptKey])
      .map((arn) => `${keptKey} of ${arn} is not what it was`),
  ],

  exactlyOneOutcomeEach: ({ removed, removedLater, putBack }) => [
    ...[removed, putBack].flatMap((items) => {
      const arns = new Set(items.map(({ arn }) => arn))
      return arns.size === items.length ? [] : [`${items.length} items for ${arns.size} resources`]
    }),
    ...each(removed).flatMap(({ arn, key, outcome }) =>
      finalOutcomes.remove.includes(outcome) ? [] : [`${key} of ${arn} ended as ${outcome}`],
    ),
    ...each(putBack).flatMap(({ arn, key, outcome }) =>
      finalOutcomes.putBack.includes(outcome) ? [] : [`${key} of ${arn} ended as ${outcome}`],
    ),
    ...(told(removed) === told(removedLater) ? [] : ['outcomes have changed after the removal had settled']),
  ],

  oldValuesAreStoredBeforeEveryEffect: ({ scene, removed, untagged }) => {
    const stored = new Map(each(removed).map(({ arn, key, value }) => [`${arn} ${key}`, value]))
    const journalled = journalOf(scene)
    return [
      ...scene.seenWrong,
      ...untagged.flatMap(({ resource = '', tagKeys = [] }) =>
        tagKeys.flatMap((key) => {
          const before = scene.before.get(resource)?.[key]
          const kept = [stored, ...(journalled ? [journalled] : [])]
          return kept.every((values) => values.get(`${resource} ${key}`) === before)
            ? []
            : [`the old value of ${key} of ${resource} is not stored`]
        }),
      ),
    ]
  },

  effectsAreOutcomes: (evidence) =>
    each(evidence.removed).flatMap(({ arn, key, outcome }) => {
      const isEffected = evidence.untagged.some((call) => call.resource === arn && call.tagKeys?.includes(key))
      const change = changesOf(evidence.scene, arn, key).at(-1)
      const value = evidence.afterRemoval.get(arn)?.[key]
      const isTrue = meanings[outcome]?.({ isEffected, change, value }) ?? false
      const seen = `${isEffected ? 'effect' : 'no effect'}, now ${value === undefined ? 'absent' : `\`${value}\``}`
      return isTrue ? [] : [`${key} of ${arn} is told ${outcome}: ${seen}, ${change ? `changed at ${change.at}` : ''}`]
    }),

  afterUndoAllIsAsItWas: ({ scene, removed, tagged, afterPutBack }) => {
    const outcomeOf = new Map(each(removed).map(({ arn, key, outcome }) => [`${arn} ${key}`, outcome]))
    return [
      ...scene.stage.arns.flatMap((arn) =>
        [...chosenKeys, keptKey].flatMap((key) => {
          const value = afterPutBack.get(arn)?.[key]
          const before = scene.before.get(arn)?.[key]
          const change = changesOf(scene, arn, key).at(-1)
          const wanted = change ? (change.value ?? undefined) : before
          // What somebody took away while our call was under way is taken for ours.
          const isOurs = change?.value === null && outcomeOf.get(`${arn} ${key}`) === 'removed' && value === before
          return value === wanted || isOurs ? [] : [`${key} of ${arn} is \`${value}\` instead of \`${wanted}\``]
        }),
      ),
      ...tagged.flatMap(({ resource, tagKeys = [] }) =>
        tagKeys
          .filter((key) => changesOf(scene, resource, key).at(-1)?.value)
          .map((key) => `${key} of ${resource} was put back over somebody else's`),
      ),
    ]
  },

  everyChainIsWhole: ({ chains }) =>
    chains.flatMap((events) => {
      const broken = events.length === 0 ? 'it is empty' : breakOf(events)
      return broken === undefined ? [] : [`chain ${events[0]?.chain}: ${broken}`]
    }),

  theLogIsAsItWasSigned: ({ findings, chains }) => [
    ...findings,
    ...chains.flat().flatMap(({ action, details }) => (action === 'log.broken' ? [`a start found: ${details}`] : [])),
  ],

  everyCallHasItsEvent: ({ scene: { stage }, chains, received }) => {
    const sent = Map.groupBy(
      chains.flat().filter(({ action }) => action === 'call.sent'),
      ({ resource, tagKey }) => `${resource} ${tagKey}`,
    )
    const calls = Map.groupBy(
      received.flatMap((call) => (call.tagKeys ?? []).map((key) => ({ ...call, key }))),
      ({ resource, key }) => `${resource} ${key}`,
    )
    return [...calls].flatMap(([name, ofName]) => {
      const events = sent.get(name) ?? []
      const eventTimes = events.map(({ at }) => at).sort()
      const callTimes = ofName.map(({ time }) => time).sort()
      // The embedded database has the console's clock, which is set wrong on purpose.
      const isBefore = (place: number) => stage.server === null || (eventTimes[place] ?? '') <= (callTimes[place] ?? '')
      if (events.length >= ofName.length && callTimes.every((_, place) => isBefore(place))) return []
      const callsAt = ofName.map(({ operation, outcome, time }) => `${operation} ${outcome} ${time}`)
      const eventsAt = events.map(({ chain, at }) => `${chain} ${at}`)
      return [`${name}: calls ${callsAt.join(', ')}; events ${eventsAt.join(', ') || 'none'}`]
    })
  },

  everyOutcomeIsToldOnce: ({ chains: [ofRemoval = [], ofPutBack = []], removed, putBack }) =>
    [
      { items: removed, events: ofRemoval },
      { items: putBack, events: ofPutBack },
    ].flatMap(({ items, events }) => {
      const told = events.filter(({ action, outcome }) => action === 'tag.outcome' && outcome !== 'settling')
      const logged = told.map(({ resource, tagKey, outcome }) => `${resource} ${tagKey} ${outcome}`).sort()
      const stored = each(items)
        .map(({ arn, key, outcome }) => `${arn} ${key} ${outcome}`)
        .sort()
      return JSON.stringify(logged) === JSON.stringify(stored)
        ? []
        : [
            `${logged.length} outcomes in the log, ${stored.length} in the store; first not in both: ${differing(logged, stored)}`,
          ]
    }),

  theConsoleStaysUp: ({ isUp, scene: { stage } }) =>
    isUp ? [] : [`it ended by itself:\n${stage.console.output().slice(-2000)}`],
}

const differing = (one: string[], other: string[]) =>
  one.find((line) => !other.includes(line)) ?? other.find((line) => !one.includes(line)) ?? 'told twice'

const finalOutcomes: Record<'remove' | 'putBack', readonly Outcome[]> = {
  remove: ['removed', 'alreadyAbsent', 'conflict', 'reappeared'],
  putBack: ['restored', 'alreadyPresent', 'conflict', 'reappeared'],
}

interface Seen {
  isEffected: boolean
  change: Change | undefined
  value: string | undefined
}

/** When an outcome of a removal is the truth. */
const meanings: Partial<Record<Outcome, (seen: Seen) => boolean>> = {
  removed: ({ isEffected, change, value }) =>
    (isEffected || change?.value === null) && value === (change?.value ?? undefined),
  alreadyAbsent: ({ isEffected, change, value }) => !isEffected && change?.value === null && value === undefined,
  conflict: ({ isEffected, change, value }) => !isEffected && isTheirs(change, value),
  // Whether a call of which no answer came had its effect nobody can tell once somebody has set the tag anew.
  reappeared: ({ change, value }) => isTheirs(change, value),
}

const isTheirs = (change: Change | undefined, value: string | undefined) =>
  change !== undefined && change.value !== null && change.value === value

/** Holds every invariant against what a run has left behind. */
export function violationsOf(evidence: Evidence): Violation[] {
  return Object.entries(invariants).flatMap(([invariant, check]) =>
    check(evidence).map((what) => ({ invariant, what })),
  )
}

const each = (items: readonly RemovalItem[]) => items.flatMap(({ arn, tags }) => tags.map((tag) => ({ arn, ...tag })))
const told = (items: readonly RemovalItem[]) =>
  JSON.stringify(each(items).map(({ arn, key, value, outcome }) => [arn, key, value, outcome]))

const changesOf = ({ changes }: Scene, arn: string | undefined, key: string) =>
  changes.filter((change) => change.arn === arn && change.key === key)

const isReviewed = ({ before }: Scene, arn: string | undefined, key: string) =>
  (chosenKeys as readonly string[]).includes(key) && before.get(arn ?? '')?.[key] !== undefined

/** The values that the journal holds, by ARN and key; undefined where there is none. */
function journalOf({ stage, removalId }: Scene): Map<string, string> | undefined {
  if (stage.server !== null || removalId === null) return undefined
  const claims = readJournal(stage.journalFolder, removalId)?.claims ?? []
  return new Map(claims.flatMap(({ arn, tags }) => tags.map(({ key, value }) => [`${arn} ${key}`, value])))
}
