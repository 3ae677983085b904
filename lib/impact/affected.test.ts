import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Effect } from '../impact-facts.ts'
import { storeSnapshot, TEST_ACCOUNT, TEST_SCOPE, testResource } from '../inventory/testing.ts'
import { evidence, impactChanges, impactItems, impactPrincipals, impacts, planItems, plans } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { dialects, openTestStore } from '../store/testing.ts'
import { changedResources } from './changed-resources.ts'
import { changesOf } from './changes-of.ts'
import { type AffectedView, listAffected } from './list-affected.ts'
import type { ImpactRef } from './require-impact.ts'

const everybody: AffectedView = { show: 'all', unusedDays: null, text: '', page: 1, size: 25 }
const DAY_MS = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS)

interface Person {
  name: string
  isOperator?: boolean
  kind?: 'root' | 'user' | 'role'
  lastUsedAt?: Date | null
}

// By ordinal.
const people: readonly Person[] = [
  { name: 'TagOperator/ada', isOperator: true },
  { name: 'settlement-batch', lastUsedAt: daysAgo(1) },
  { name: 'notebooks', lastUsedAt: daysAgo(3) },
  { name: 'attic', lastUsedAt: daysAgo(200) },
  { name: 'never-used' },
  { name: 'grace', kind: 'user' },
  { name: 'only-on-dropped', lastUsedAt: daysAgo(0) },
]

interface Change {
  principal: number
  actions: string[]
  effect: Effect[]
  members: number[]
}

// Ten resources; the last is dropped.
const DROPPED = 9
const changes: readonly Change[] = [
  { principal: 0, actions: ['kms:DescribeKey'], effect: ['loss'], members: [0] },
  { principal: 1, actions: ['kms:Decrypt', 'kms:DescribeKey'], effect: ['loss'], members: [0, 1, 8, DROPPED] },
  { principal: 1, actions: ['kms:Decrypt'], effect: ['may-lose', 'may-gain'], members: [2] },
  { principal: 2, actions: ['kms:Decrypt'], effect: ['gain'], members: [7] },
  { principal: 3, actions: ['kms:Decrypt'], effect: ['loss'], members: [0] },
  { principal: 4, actions: ['kms:PutKeyPolicy'], effect: ['loss'], members: [0] },
  { principal: 5, actions: ['kms:Decrypt'], effect: ['unknown'], members: [3] },
  { principal: 6, actions: ['kms:Decrypt'], effect: ['loss'], members: [DROPPED] },
]

const arnOf = (ordinal: number) => testResource(ordinal).arn

async function storeImpact({ db }: Store): Promise<ImpactRef> {
  const wanted = { selection: { by: 'arns' as const, arns: [] }, tags: [], includeServiceOwned: false }
  const request = { from: 'selection' as const, request: wanted }
  const [plan] = await db
    .insert(plans)
    .values({ scope: TEST_SCOPE, direction: 'remove', state: 'ready', request })
    .returning()
  const planId = plan?.id ?? ''
  const [impact] = await db.insert(impacts).values({ planId, state: 'ready' }).returning()
  const impactId = impact?.id ?? ''
  const counts = { lose: 0, mayLose: 0, gain: 0, mayGain: 0, unknown: 0 }
  const none = {
    verdict: 'none',
    change: 'allow',
    reverse: 'allow',
    awsRefuses: false,
    own: counts,
    others: counts,
    unknownBecause: [],
    protectedTags: [],
  } as const
  const ordinals = Array.from({ length: 10 }, (_, ordinal) => ordinal)
  await db.insert(planItems).values(
    ordinals.map((ordinal) => ({
      planId,
      arn: arnOf(ordinal),
      type: 'key' as const,
      region: 'eu-central-1',
      name: `key ${ordinal}`,
      tags: [],
      siblings: [],
      skipped: ordinal === DROPPED ? 'dropped' : null,
    })),
  )
  await db.insert(impactItems).values(
    ordinals.map((ordinal) => ({
      impactId,
      ordinal,
      arn: arnOf(ordinal),
      verdict: 'none' as const,
      impact: { ...none, unknownBecause: [], protectedTags: [] },
      signs: [],
      shape: '',
      aliases: ordinal === 0 ? ['alias/app'] : [],
    })),
  )
  const principal = {
    arn: '',
    roleArn: null,
    userId: null,
    tags: [],
    sessionTagsUnknown: false,
    documents: [],
    groupNames: [],
  }
  await db.insert(impactPrincipals).values(
    people.map(({ name, isOperator = false, kind = 'role', lastUsedAt = null }, ordinal) => {
      const arn = `arn:aws:iam::${TEST_ACCOUNT}:${kind}/${name}`
      return { impactId, ordinal, arn, name, kind, isOperator, lastUsedAt, principal }
    }),
  )
  await db.insert(impactChanges).values(
    changes.map(({ members, ...change }) => ({
      ...change,
      impactId,
      before: 'allow' as const,
      after: 'deny' as const,
      undecided: false,
      members: bitmap(members),
    })),
  )
  return { planId, impactId }
}

/** As short as its last resource lets it be. */
function bitmap(members: readonly number[]): Uint8Array {
  const bytes = new Uint8Array((Math.max(...members) >> 3) + 1)
  for (const ordinal of members) bytes[ordinal >> 3] = (bytes[ordinal >> 3] ?? 0) | (1 << (ordinal & 7))
  return bytes
}

describe.each(dialects)('%s', (dialect) => {
  let store: Store
  let ref: ImpactRef
  beforeAll(async () => {
    store = await openTestStore(dialect)
    ref = await storeImpact(store)
  })
  afterAll(async () => {
    await store.close()
  })
  const list = (view: Partial<AffectedView> = {}) => listAffected(store, TEST_SCOPE, ref, { ...everybody, ...view })
  const names = async (view: Partial<AffectedView>) => (await list(view)).rows.map(({ name }) => name)

  test('the operator stands first, then who loses data, the most recently used before others', async () => {
    expect(await names({})).toEqual([
      'TagOperator/ada',
      'settlement-batch',
      'attic',
      'notebooks',
      'grace',
      'never-used',
    ])
  })

  test('a cell counts the resources of each effect, without those that were dropped', async () => {
    const { rows } = await list({ text: 'settlement' })
    expect(rows).toEqual([
      {
        ordinal: 1,
        arn: `arn:aws:iam::${TEST_ACCOUNT}:role/settlement-batch`,
        name: 'settlement-batch',
        kind: 'role',
        isOperator: false,
        lastUsedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        lastUse: null,
        cells: [
          { action: 'kms:Decrypt', class: 'data', effects: { loss: 3, 'may-lose': 1, 'may-gain': 1 } },
          { action: 'kms:DescribeKey', class: 'read', effects: { loss: 3 } },
        ],
      },
    ])
  })

  test('columns are the actions that change for those who are shown, data before management before looking', async () => {
    const columns = async (view: Partial<AffectedView>) => (await list(view)).actions.map(({ action }) => action)
    expect(await columns({})).toEqual(['kms:Decrypt', 'kms:PutKeyPolicy', 'kms:DescribeKey'])
    expect(await columns({ show: 'gain' })).toEqual(['kms:Decrypt'])
  })

  test.each([
    { rule: 'losses', view: { show: 'lose' }, shown: ['TagOperator/ada', 'settlement-batch', 'attic', 'never-used'] },
    { rule: 'gains, the possible ones too', view: { show: 'gain' }, shown: ['notebooks', 'settlement-batch'] },
    { rule: 'unknowns', view: { show: 'unknown' }, shown: ['grace'] },
    { rule: 'a part of a name in any case', view: { text: 'BATCH' }, shown: ['settlement-batch'] },
    { rule: 'a part of an ARN', view: { text: ':user/' }, shown: ['grace'] },
    { rule: 'a page', view: { page: 2, size: 4 }, shown: ['grace', 'never-used'] },
  ] as const)('a view shows $rule', async ({ view, shown }) => {
    expect(await names(view)).toEqual(shown)
  })

  test('unused roles can be left out and are counted; users and the operator, of whom nobody knows it, stay', async () => {
    const { rows, hidden, matched } = await list({ unusedDays: 90 })
    expect(rows.map(({ name }) => name)).toEqual(['TagOperator/ada', 'settlement-batch', 'notebooks', 'grace'])
    expect([hidden, matched]).toEqual([2, 4])
  })

  test('whoever was seen to use what the plan changes comes before whoever was at work elsewhere, and is not unused', async () => {
    const used = (name: string, action: string, days: number) => {
      return { principalArn: `arn:aws:iam::${TEST_ACCOUNT}:role/${name}`, action, at: daysAgo(days).toISOString() }
    }
    const history = { since: daysAgo(90).toISOString(), problem: null }
    const uses = [used('attic', 'kms:DescribeKey', 1), used('attic', 'kms:Decrypt', 2), used('attic', 'kms:Encrypt', 4)]
    const found = { keyUsage: null, history: { ...history, uses } }
    const row = { scope: TEST_SCOPE, arn: arnOf(0), evidence: found, readAt: new Date() }
    await store.db.insert(evidence).values(row)
    expect(await names({ show: 'lose' })).toEqual(['TagOperator/ada', 'attic', 'settlement-batch', 'never-used'])
    const { rows, hidden } = await list({ unusedDays: 90 })
    expect(hidden).toBe(1)
    const told = { action: 'kms:Decrypt', at: uses[1]?.at, arn: arnOf(0), name: 'key 0' }
    expect(rows.find(({ name }) => name === 'attic')?.lastUse).toEqual(told)
    expect((await changesOf(store, TEST_SCOPE, ref, { arn: arnOf(0) })).use?.history.uses.map(({ at }) => at)).toEqual(
      [uses[1], uses[2], uses[0]].map((use) => use?.at),
    )
    await store.db.delete(evidence)
  })

  test('the resources of a cell, each with its effect, without those that were dropped', async () => {
    const found = await changedResources(store, TEST_SCOPE, ref, { principal: 1, action: 'kms:Decrypt' })
    expect(found.rows.map(({ name, effect }) => [name, effect])).toEqual([
      ['key 0', ['loss']],
      ['key 1', ['loss']],
      ['key 2', ['may-lose', 'may-gain']],
      ['key 8', ['loss']],
    ])
    expect(found.total).toBe(4)
  })

  test('who is affected on a resource, with the actions that change alike', async () => {
    const found = await changesOf(store, TEST_SCOPE, ref, { arn: arnOf(0) })
    expect(
      found.principals.map(({ name, changes }) => [
        name,
        changes.map(({ actions }) => actions.map((each) => each.action)),
      ]),
    ).toEqual([
      ['TagOperator/ada', [['kms:DescribeKey']]],
      ['settlement-batch', [['kms:Decrypt', 'kms:DescribeKey']]],
      ['attic', [['kms:Decrypt']]],
      ['never-used', [['kms:PutKeyPolicy']]],
    ])
    expect(found.total).toBe(4)
  })

  test('the secrets that a key encrypts, however they name it; those of other Regions and keys are not among them', async () => {
    const prefix = `arn:aws:kms:eu-central-1:${TEST_ACCOUNT}:`
    const named = [arnOf(0), arnOf(0).split('/')[1], 'alias/app', `${prefix}alias/app`, 'alias/other', null]
    const secrets = named.map((kmsKeyId = null, at) =>
      testResource(at + 20, { type: 'secret', name: `s${at}`, kmsKeyId }),
    )
    const elsewhere = testResource(30, { type: 'secret', name: 'west', kmsKeyId: 'alias/app', region: 'us-west-2' })
    await storeSnapshot(store, [...secrets, elsewhere])
    const { encrypts } = await changesOf(store, TEST_SCOPE, ref, { arn: arnOf(0) })
    expect(encrypts.secrets.map(({ name }) => name)).toEqual(['s0', 's1', 's2', 's3'])
    expect(encrypts.total).toBe(4)
  })

  test('nobody sees the analysis of somebody else, nor one of another plan', async () => {
    const theirs = listAffected(store, `${TEST_ACCOUNT}:AROAOTHER`, ref, everybody)
    await expect(theirs).rejects.toMatchObject({ code: 'notFound' })
    const other = { ...ref, planId: '00000000-0000-4000-8000-000000000000' }
    await expect(listAffected(store, TEST_SCOPE, other, everybody)).rejects.toMatchObject({ code: 'notFound' })
  })
})
