import { expect, test } from 'vitest'
import { FIRST_PREVIOUS, hashEvent } from '#lib/audit/hash-event.ts'
import type { LoggedEvent } from '#lib/audit-event.ts'
import type { Outcome } from '#lib/outcome.ts'
import type { RemovalItem } from '#lib/removal/list-removal-items.ts'
import type { CallRecord } from '#lib/sandbox/calls.ts'
import { type Evidence, violationsOf } from './invariants.ts'
import type { Change } from './scene.ts'

const arn = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:chaos/1-abcdef'
const start = { env: 'prod', temp: 'true' }

const item = (outcome: Outcome, value = 'true'): RemovalItem => ({
  id: 1,
  arn,
  type: 'secret',
  region: 'eu-central-1',
  name: 'chaos/1',
  state: 'settled',
  settledAt: null,
  attempts: 0,
  sentAt: null,
  wentFirst: false,
  tags: [
    { key: 'temp', value, outcome, problem: null, requestId: null, answeredAt: null, provedAt: null, cameBack: null },
  ],
})
const call = (operation: string, tagKeys = ['temp']): CallRecord => ({
  time: '2026-01-01T12:00:00.000Z',
  requestId: 'r',
  operation: `secretsmanager:${operation}`,
  region: 'eu-central-1',
  resource: arn,
  tagKeys,
  outcome: 'OK',
  isApplied: true,
})
const theirs = (value: string | null, at: string): Change => ({ arn, key: 'temp', value, at })

/** A chain as the database writes it. */
function chain(...outcomes: Outcome[]): LoggedEvent[] {
  const told = [
    { action: 'call.sent' as const, outcome: null },
    ...outcomes.map((outcome) => ({ action: 'tag.outcome' as const, outcome })),
  ]
  let previous = FIRST_PREVIOUS
  return told.map((each, index) => {
    const event = { ...empty, ...each, seq: index + 1, previous }
    previous = hashEvent(event)
    return { ...event, hash: previous }
  })
}
const empty = {
  chain: 'removal',
  at: '2026-01-01T12:00:00.000Z',
  actorId: 'a',
  actorName: 'ada',
  address: null,
  resource: arn,
  tagKey: 'temp',
  valueHash: null,
  requestId: null,
  accessKeyId: null,
  details: null,
}

/** A run of one resource in which all went well. */
function whole(changes: Change[] = []): Evidence {
  const stage = { arns: [arn], server: {}, console: { output: () => '' } }
  const scene = { stage, before: new Map([[arn, start]]), changes, seenWrong: [] as string[], removalId: 'removal' }
  return {
    // Of the stage, the judgement looks at these few only.
    scene: scene as unknown as Evidence['scene'],
    removed: [item('removed')],
    removedLater: [item('removed')],
    putBack: [item('restored')],
    untagged: [call('UntagResource')],
    tagged: [call('TagResource')],
    received: [call('UntagResource'), call('TagResource')],
    afterRemoval: new Map([[arn, { env: 'prod' }]]),
    afterPutBack: new Map([[arn, start]]),
    chains: [chain('settling', 'removed'), chain('settling', 'restored'), chain()],
    findings: [],
    isUp: true,
  }
}
const broken = (evidence: Evidence) => new Set(violationsOf(evidence).map(({ invariant }) => invariant))

test('a run in which all went well has no violations', () => {
  expect(violationsOf(whole())).toEqual([])
})

const later = '2026-01-01T13:00:00.000Z'
const earlier = '2026-01-01T11:00:00.000Z'
const cases: [what: string, invariant: string, evidence: Evidence][] = [
  [
    'an item that never ends',
    'everyItemEndsSettled',
    { ...whole(), putBack: [{ ...item('restored'), state: 'proving' }] },
  ],
  ['an item that is missing', 'everyItemEndsSettled', { ...whole(), removed: [], removedLater: [] }],
  ['another tag that goes', 'onlyReviewedTagsGo', { ...whole(), untagged: [call('UntagResource', ['temp', 'env'])] }],
  ["somebody's value that goes", 'onlyReviewedTagsGo', whole([theirs('theirs', earlier)])],
  ['an item told twice', 'exactlyOneOutcomeEach', { ...whole(), putBack: [item('restored'), item('restored')] }],
  [
    'an outcome that is none',
    'exactlyOneOutcomeEach',
    { ...whole(), removed: [item('failed')], removedLater: [item('failed')] },
  ],
  ['an outcome that changes', 'exactlyOneOutcomeEach', { ...whole(), removedLater: [item('reappeared')] }],
  [
    'an old value that is lost',
    'oldValuesAreStoredBeforeEveryEffect',
    { ...whole(), removed: [item('removed', 'other')] },
  ],
  [
    'an effect that is not told',
    'effectsAreOutcomes',
    { ...whole([theirs('theirs', later)]), removed: [item('conflict')] },
  ],
  ['an outcome without effect', 'effectsAreOutcomes', { ...whole(), untagged: [] }],
  [
    'a tag that does not come back',
    'afterUndoAllIsAsItWas',
    { ...whole(), afterPutBack: new Map([[arn, { env: 'prod' }]]) },
  ],
  ["an undo over somebody's value", 'afterUndoAllIsAsItWas', whole([theirs('theirs', later)])],
  [
    'a call without event, though AWS refused it',
    'everyCallHasItsEvent',
    { ...whole(), received: [...whole().received, ...whole().received] },
  ],
  [
    'an event that comes after its call',
    'everyCallHasItsEvent',
    { ...whole(), received: whole().received.map((one) => ({ ...one, time: earlier })) },
  ],
  ['a log that is not as it was signed', 'theLogIsAsItWasSigned', { ...whole(), findings: ['events are missing'] }],
  [
    'a start that found the log changed',
    'theLogIsAsItWasSigned',
    {
      ...whole(),
      chains: [...whole().chains, [{ ...empty, seq: 1, action: 'log.broken', outcome: null, previous: '', hash: '' }]],
    },
  ],
  [
    'an outcome that is logged twice',
    'everyOutcomeIsToldOnce',
    { ...whole(), chains: [chain('removed', 'removed'), chain('restored'), chain()] },
  ],
  [
    'an event that was changed',
    'everyChainIsWhole',
    {
      ...whole(),
      chains: [chain('removed').map((event) => ({ ...event, actorName: 'eve' })), chain('restored'), chain()],
    },
  ],
  ['a console that ends by itself', 'theConsoleStaysUp', { ...whole(), isUp: false }],
]

test.each(cases)('%s is noticed', (_, invariant, evidence) => {
  expect(broken(evidence)).toContain(invariant)
})
