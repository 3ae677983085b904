import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Outcome } from '../outcome.ts'
import type { FaultRule } from '../sandbox/faults.ts'
import type { Tag } from '../tag.ts'
import { listRemovalItems, type RemovalItem } from './list-removal-items.ts'
import { readRemoval } from './read-removal.ts'
import { type Bench, openBench } from './testing.ts'

type Change = (bench: Bench, arn: string) => Promise<void>
interface Case {
  rule: string
  type: 'key' | 'secret'
  tags: Tag[]
  /** What happens in AWS between the review and our turn. */
  meanwhile?: Change
  faults?: Omit<FaultRule, 'resource'>[]
  denied?: { action: string; tagKeys?: string[] }
  outcomes: Record<string, Outcome>
  problem?: string
  /** Calls that took effect; 1 unless said otherwise. */
  effects?: number
  left?: string[]
}

const team: Tag = { key: 'team', value: 'pay' }
const owner: Tag = { key: 'owner', value: 'ada' }
const untagKey = 'kms:UntagResource'
const untagSecret = 'secretsmanager:UntagResource'

/** By the plan, and by the check before the start. */
const READS_BEFORE_START = 2

const cases: Case[] = [
  {
    rule: 'a key loses its tags by one call',
    type: 'key',
    tags: [team, owner],
    outcomes: { team: 'removed', owner: 'removed' },
  },
  {
    rule: 'a secret loses its tags by one call',
    type: 'secret',
    tags: [team, owner],
    outcomes: { team: 'removed', owner: 'removed' },
  },
  {
    rule: 'a tag that is gone since the review is not sent',
    type: 'key',
    tags: [team],
    meanwhile: ({ sandbox }, arn) => sandbox.deleteTag(arn, 'team'),
    outcomes: { team: 'alreadyAbsent' },
    effects: 0,
  },
  {
    rule: 'a value that changed since the review is left alone, its sibling goes on',
    type: 'secret',
    tags: [team, owner],
    meanwhile: ({ sandbox }, arn) => sandbox.putTag(arn, 'owner', 'grace'),
    outcomes: { team: 'removed', owner: 'conflict' },
    left: ['owner'],
  },
  {
    rule: 'a key that went pending deletion is refused, and says so',
    type: 'key',
    tags: [team],
    meanwhile: ({ sandbox }, arn) => sandbox.setState(arn, 'PendingDeletion'),
    outcomes: { team: 'refused' },
    problem: 'keyState',
    effects: 0,
    left: ['team'],
  },
  {
    rule: 'a secret that was marked for deletion is refused, and says so',
    type: 'secret',
    tags: [team],
    meanwhile: ({ sandbox }, arn) => sandbox.setState(arn, 'PendingDeletion'),
    outcomes: { team: 'refused' },
    problem: 'markedForDeletion',
    effects: 0,
    left: ['team'],
  },
  {
    rule: 'a resource that is gone fails alone',
    type: 'secret',
    tags: [team],
    meanwhile: ({ sandbox }, arn) => sandbox.deleteResource(arn),
    outcomes: { team: 'failed' },
    problem: 'notFound',
    effects: 0,
  },
  {
    rule: 'a denied call is told as denied',
    type: 'key',
    tags: [team],
    denied: { action: untagKey },
    outcomes: { team: 'denied' },
    problem: 'denied',
    effects: 0,
    left: ['team'],
  },
  {
    rule: 'one protected tag key does not hold the others',
    type: 'key',
    tags: [team, owner, { key: 'zone', value: 'eu' }],
    denied: { action: untagKey, tagKeys: ['owner'] },
    outcomes: { team: 'removed', owner: 'denied', zone: 'removed' },
    effects: 2,
    left: ['owner'],
  },
  {
    rule: 'where tags cannot be read again, nothing is sent',
    type: 'key',
    tags: [team],
    faults: [{ operation: 'kms:ListResourceTags', kind: 'denied', afterCalls: READS_BEFORE_START }],
    outcomes: { team: 'denied' },
    effects: 0,
    left: ['team'],
  },
  {
    rule: "the service's guard against locking oneself out is told as a refusal of all tag keys",
    type: 'secret',
    tags: [team, owner],
    faults: [{ operation: untagSecret, kind: 'lockout', count: 1 }],
    outcomes: { team: 'refused', owner: 'refused' },
    problem: 'lockoutRefused',
    effects: 0,
    left: ['team', 'owner'],
  },
  {
    rule: 'a lost reply is read again: the effect counts, and nothing is sent twice',
    type: 'key',
    tags: [team],
    faults: [{ operation: untagKey, kind: 'lostReply', count: 1 }],
    outcomes: { team: 'removed' },
  },
  {
    rule: 'a connection cut before the call is tried again',
    type: 'secret',
    tags: [team],
    faults: [{ operation: untagSecret, kind: 'reset', count: 2 }],
    outcomes: { team: 'removed' },
  },
  {
    rule: 'an internal error of the service is tried again',
    type: 'key',
    tags: [team],
    faults: [{ operation: untagKey, kind: 'serverError', count: 2 }],
    outcomes: { team: 'removed' },
  },
  {
    rule: 'throttles are waited out and never surface',
    type: 'secret',
    tags: [team],
    faults: [{ operation: untagSecret, kind: 'throttle', count: 4 }],
    outcomes: { team: 'removed' },
  },
  {
    rule: 'a web page instead of an answer is tried again',
    type: 'key',
    tags: [team],
    faults: [{ operation: untagKey, kind: 'html', count: 1 }],
    outcomes: { team: 'removed' },
  },
  {
    rule: 'reads that still show the tag only delay the proof',
    type: 'key',
    tags: [team],
    faults: [{ operation: 'kms:ListResourceTags', kind: 'staleRead', count: 1 }],
    outcomes: { team: 'removed' },
  },
  {
    rule: 'a removal that cannot be read back is not called proved',
    type: 'key',
    tags: [team],
    faults: [{ operation: 'kms:ListResourceTags', kind: 'denied', afterCalls: READS_BEFORE_START + 1 }],
    outcomes: { team: 'unverified' },
    problem: 'denied',
  },
]

describe('one removal meets everything that AWS can do to it', () => {
  let bench: Bench
  let rows: RemovalItem[]
  let removalId: string
  const arns: string[] = []

  beforeAll(async () => {
    bench = await openBench()
    const { sandbox } = bench
    const reset = await sandbox.reset({
      exactly: cases.map(({ type, tags: list }, at) => {
        const tags = Object.fromEntries(list.map(({ key, value }) => [key, value]))
        return type === 'secret' ? { type, tags, name: `secret-${at}` } : { type, tags, alias: `alias/key-${at}` }
      }),
    })
    arns.push(...reset.arns)
    await sandbox.faults(
      ...cases.flatMap(({ faults }, at) => (faults ?? []).map((fault) => ({ ...fault, resource: arns[at] ?? '' }))),
    )
    const keys = ['team', 'owner', 'zone']
    const planId = await bench.prepare({
      selection: { by: 'arns', arns },
      tags: keys.map((key) => ({ key })),
      includeServiceOwned: false,
    })
    removalId = (await bench.begin({ planId })).removalId
    await sandbox.settings({
      denied: cases.flatMap(({ denied }, at) =>
        denied ? [{ ...denied, resource: arns[at] ?? '', layer: 'identityPolicy' as const }] : [],
      ),
    })
    for (const [at, { meanwhile }] of cases.entries()) await meanwhile?.(bench, arns[at] ?? '')
    await bench.drain()
    const listed = await listRemovalItems(bench.store, bench.scope, removalId, {
      outcome: 'all',
      text: '',
      page: 1,
      size: 100,
    })
    rows = listed.rows
  })
  afterAll(() => bench.close())

  test.each(cases.map((one, at) => ({ ...one, at })))(
    '$rule',
    async ({ at, type, outcomes, problem, effects = 1, left = [] }) => {
      const arn = arns[at] ?? ''
      const item = rows.find((row) => row.arn === arn)
      expect(Object.fromEntries((item?.tags ?? []).map(({ key, outcome }) => [key, outcome]))).toEqual(outcomes)
      if (problem) expect(item?.tags.map((tag) => tag.problem?.code)).toContain(problem)
      const calls = await bench.sandbox.calls({ operation: type === 'key' ? untagKey : untagSecret, resource: arn })
      expect(calls.filter(({ isApplied }) => isApplied)).toHaveLength(effects)
      const exists = (await bench.sandbox.resources()).find((resource) => resource.arn === arn)
      if (exists) expect(Object.keys(exists.tags)).toEqual(left)
    },
  )

  test('every item is settled, and so is the removal', async () => {
    const removal = await readRemoval(bench.store, bench.scope, removalId)
    expect(removal.state).toBe('settled')
    expect(removal.items).toMatchObject({ total: cases.length, settled: cases.length })
    expect(removal.secondsLeft).toBeNull()
  })

  test('what was proved was read twice, at least five seconds apart', async () => {
    const [arn = ''] = arns
    const applied = await bench.sandbox.calls({ operation: untagKey, resource: arn })
    const reads = await bench.sandbox.calls({ operation: 'kms:ListResourceTags', resource: arn })
    const after = reads.filter(({ time }) => time > (applied[0]?.time ?? '')).map(({ time }) => Date.parse(time))
    expect(Math.max(...after) - Math.min(...after)).toBeGreaterThanOrEqual(5000)
  })
})
