import { type SQL, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { ACKNOWLEDGEMENT } from '../acknowledgement.ts'
import type { Aws } from '../aws/clients.ts'
import { queryResources } from '../inventory/query.ts'
import { storeSnapshot, testResource } from '../inventory/testing.ts'
import type { Outcome } from '../outcome.ts'
import { defaultView } from '../resources-view.ts'
import type { PlanRequest } from '../selection.ts'
import type { Store } from '../store/store.ts'
import { dialects, stopTestServer } from '../store/testing.ts'
import { moveRemoval } from './control.ts'
import { executeItem } from './execute.ts'
import { claimItems, finishClaim, maySend, recordOutcomes } from './items.ts'
import { requestPutBack } from './plan.ts'
import { claimProofs } from './proofs.ts'
import { proveItem } from './prove.ts'
import { readPlan } from './read-plan.ts'
import { readRemoval } from './read-removal.ts'
import { runLane } from './run-lane.ts'
import { startRemoval } from './start.ts'
import { type Bench, openBench } from './testing.ts'

const request = (arns: readonly string[], ...keys: string[]): PlanRequest => ({
  selection: { by: 'arns', arns: [...arns] },
  tags: keys.map((key) => ({ key })),
  includeServiceOwned: false,
})
const withOutcome = async ({ store, scope }: Bench, removalId: string): Promise<Partial<Record<Outcome, number>>> => {
  const { tags } = await readRemoval(store, scope, removalId)
  return Object.fromEntries(Object.entries(tags.byOutcome).filter(([, count]) => count > 0))
}

/** A store that tells of each query written out in SQL once it is answered. */
function withHook(store: Store, told: (query: string) => Promise<void>): Store {
  const execute = async (query: SQL) => {
    const answer = await store.db.execute(query)
    await told(new PgDialect().sqlToQuery(query).sql)
    return answer
  }
  return { ...store, db: Object.assign(Object.create(store.db), { execute }) }
}

describe.each(dialects)('on %s', (dialect) => {
  let bench: Bench
  let arns: readonly string[]
  let lane: string
  beforeAll(async () => {
    bench = await openBench(dialect)
  })
  afterAll(() => bench.close())

  beforeEach(async () => {
    const { sandbox } = bench
    const tags = { team: 'pay', owner: 'ada' }
    arns = (await sandbox.reset({ exactly: ['a', 'b', 'c'].map((name) => ({ type: 'secret', name, tags })) })).arns
    lane = `${bench.identity.account}/eu-central-1/secret`
    bench.lanes.clear()
    await bench.store.db.execute(sql`truncate removals, plans cascade`)
  })

  test('start pressed 50 times at once makes one removal', async () => {
    const planId = await bench.prepare(request(arns, 'team'))
    const { digest } = await readPlan(bench.store, bench.scope, planId)
    const input = { planId, reviewedPlanDigest: digest ?? '', acknowledgement: ACKNOWLEDGEMENT }
    const started = await Promise.all(Array.from({ length: 50 }, () => startRemoval(bench.ports, input)))
    expect(new Set(started.map(({ removalId }) => removalId)).size).toBe(1)
    const { rows } = await bench.store.db.execute(sql`select count(*)::int as items from items`)
    expect(rows).toEqual([{ items: 3 }])
  })

  test.each([
    ['another digest', { reviewedPlanDigest: '0'.repeat(64) }, 'stalePlan'],
    ['words that were not typed', { acknowledgement: 'yes' }, 'invalidInput'],
    ['a plan of somebody else', { planId: '00000000-0000-4000-8000-000000000000' }, 'notFound'],
  ])('%s starts nothing', async (_, wrong, code) => {
    const planId = await bench.prepare(request(arns, 'team'))
    const { digest } = await readPlan(bench.store, bench.scope, planId)
    const input = { planId, reviewedPlanDigest: digest ?? '', acknowledgement: ACKNOWLEDGEMENT, ...wrong }
    await expect(startRemoval(bench.ports, input)).rejects.toMatchObject({ code })
    expect((await bench.store.db.execute(sql`select id from removals`)).rows).toEqual([])
  })

  test('a plan whose stored rows were changed after it was sealed is refused', async () => {
    const planId = await bench.prepare(request(arns, 'team'))
    const { digest } = await readPlan(bench.store, bench.scope, planId)
    await bench.store.db.execute(sql`update plan_items set tags = '[{"key":"owner","value":"ada"}]' where name = 'a'`)
    const input = { planId, reviewedPlanDigest: digest ?? '', acknowledgement: ACKNOWLEDGEMENT }
    await expect(startRemoval(bench.ports, input)).rejects.toMatchObject({ code: 'stalePlan' })
  })

  test('a worker that lost its claim neither sends nor writes', async () => {
    const { removalId } = await bench.start(request(arns, 'team'))
    const [frozen] = await claimItems(bench.store, lane, 1)
    if (!frozen) throw new Error('nothing was claimed')
    await bench.store.db.execute(sql`update items set lease_until = now() where id = ${frozen.id}`)
    const claimedNext = await claimItems(bench.store, lane, 3)
    const taken = claimedNext.find(({ id }) => id === frozen.id)
    expect(taken?.fence).toBe(frozen.fence + 1)
    expect(await maySend(bench.store, frozen)).toBe(false)
    await recordOutcomes(bench.store, frozen, [{ key: 'team', outcome: 'failed' }])
    await finishClaim(bench.store, frozen)
    expect(await withOutcome(bench, removalId)).toEqual({ pending: 3 })
    expect(await bench.sandbox.calls({ operation: 'secretsmanager:UntagResource' })).toEqual([])
  })

  test('a lease that has ended may not be used, even when nobody else has claimed the item', async () => {
    await bench.start(request(arns, 'team'))
    const [item] = await claimItems(bench.store, lane, 1)
    if (!item) throw new Error('nothing was claimed')
    await bench.store.db.execute(sql`update items set lease_until = now() where id = ${item.id}`)
    expect(await maySend(bench.store, item)).toBe(false)
  })

  test('two workers never claim the same item', async () => {
    await bench.start(request(arns, 'team'))
    const claims = await Promise.all(Array.from({ length: 6 }, () => claimItems(bench.store, lane, 2)))
    const ids = claims.flat().map(({ id }) => id)
    expect(ids).toHaveLength(3)
    expect(new Set(ids).size).toBe(3)
  })

  test('paused, nothing is sent, not even what was claimed before; resumed, it goes on', async () => {
    const { removalId } = await bench.start(request(arns, 'team'))
    const claimed = await claimItems(bench.store, lane, 1)
    await moveRemoval(bench.ports, { removalId, move: 'pause' })
    for (const item of claimed) await executeItem(bench.ports, item)
    await bench.drainWithoutWaiting()
    expect(await withOutcome(bench, removalId)).toEqual({ pending: 3 })
    expect(await bench.sandbox.calls({ operation: 'secretsmanager:UntagResource' })).toEqual([])
    await moveRemoval(bench.ports, { removalId, move: 'resume' })
    await bench.drainWithoutWaiting()
    expect(await withOutcome(bench, removalId)).toEqual({ removed: 3 })
  })

  test('cancelled, what was sent is still proved and the rest is left alone; a retry takes up the rest', async () => {
    const { removalId } = await bench.start(request(arns, 'team'))
    const [first] = await claimItems(bench.store, lane, 1)
    if (!first) throw new Error('nothing was claimed')
    await executeItem(bench.ports, first)
    await moveRemoval(bench.ports, { removalId, move: 'cancel' })
    expect(await withOutcome(bench, removalId)).toEqual({ settling: 1, cancelled: 2 })
    await bench.drainWithoutWaiting()
    expect(await withOutcome(bench, removalId)).toEqual({ removed: 1, cancelled: 2 })
    expect((await readRemoval(bench.store, bench.scope, removalId)).state).toBe('settled')
    await moveRemoval(bench.ports, { removalId, move: 'retryFailed' })
    await bench.drainWithoutWaiting()
    expect(await withOutcome(bench, removalId)).toEqual({ removed: 3 })
  })

  test('what a dead worker had claimed and never sent is cancelled with the rest', async () => {
    const { removalId } = await bench.start(request(arns, 'team'))
    await claimItems(bench.store, lane, 1)
    await bench.store.db.execute(sql`update items set lease_until = now() where state = 'claimed'`)
    await moveRemoval(bench.ports, { removalId, move: 'cancel' })
    expect(await withOutcome(bench, removalId)).toEqual({ cancelled: 3 })
    expect((await readRemoval(bench.store, bench.scope, removalId)).state).toBe('settled')
  })

  test('a retry with nothing to retry changes nothing', async () => {
    const { removalId } = await bench.start(request(arns, 'team'))
    await bench.drainWithoutWaiting()
    const retry = moveRemoval(bench.ports, { removalId, move: 'retryFailed' })
    await expect(retry).rejects.toMatchObject({ code: 'wrongState' })
    expect((await readRemoval(bench.store, bench.scope, removalId)).state).toBe('settled')
  })

  test('a lane ends for writes and proofs together, and what comes in between waits for the next job', async () => {
    const { removalId } = await bench.start(request(arns, 'team'))
    const later = (state: string) => sql`update removals set state = ${state}, pause_reason = 'operator'`
    await bench.store.db.execute(later('paused'))
    // The first of the two has just seen that nothing is left when the removal is resumed; the second sees work.
    let looks = 0
    const store = withHook(bench.store, async (query) => {
      if (!query.includes(' as prove') || ++looks > 1) return
      await bench.store.db.execute(later('running'))
    })
    await runLane({ ...bench.ports, store }, lane, new AbortController().signal)
    expect(looks).toBeGreaterThan(0)
    await bench.drainWithoutWaiting()
    expect(await withOutcome(bench, removalId)).toEqual({ removed: 3 })
  })

  describe('a tag that an earlier call may have removed can be put back', () => {
    const atOnce = async () => {
      await bench.store.db.execute(sql`update items set due_at = now()`)
      const [item] = await claimItems(bench.store, lane, 1)
      if (!item) throw new Error('nothing was claimed')
      await executeItem(bench.ports, item)
    }
    const expectPutBack = async (removalId: string) => {
      const again = await bench.putBack(removalId)
      await bench.drainWithoutWaiting()
      expect(await withOutcome(bench, again.removalId)).toEqual({ restored: 1 })
    }

    test('when the last try ends without an answer', async () => {
      const { removalId } = await bench.start(request(arns.slice(0, 1), 'team'))
      await bench.store.db.execute(sql`update items set attempts = 7`)
      await bench.sandbox.faults({ operation: 'secretsmanager:UntagResource', kind: 'lostReply', count: 1 })
      await bench.drainWithoutWaiting()
      expect(await withOutcome(bench, removalId)).toEqual({ removed: 1 })
      await expectPutBack(removalId)
    })

    test('when its reply was lost and reading is denied then', async () => {
      const { removalId } = await bench.start(request(arns.slice(0, 1), 'team'))
      await bench.sandbox.faults({ operation: 'secretsmanager:UntagResource', kind: 'lostReply', count: 1 })
      await atOnce()
      await bench.sandbox.faults({ operation: 'secretsmanager:DescribeSecret', kind: 'denied' })
      await bench.drainWithoutWaiting()
      expect(await withOutcome(bench, removalId)).toEqual({ unverified: 1 })
      await bench.sandbox.faults()
      await expectPutBack(removalId)
    })

    test('when its reply was lost, a stale read shows the tag, and the removal is cancelled', async () => {
      const { removalId } = await bench.start(request(arns.slice(0, 1), 'team'))
      await bench.sandbox.faults({ operation: 'secretsmanager:UntagResource', kind: 'lostReply', count: 1 })
      await atOnce()
      await bench.sandbox.faults()
      await moveRemoval(bench.ports, { removalId, move: 'cancel' })
      await bench.sandbox.putTag(arns[0] ?? '', 'team', 'pay')
      await atOnce()
      await bench.sandbox.deleteTag(arns[0] ?? '', 'team')
      await bench.drainWithoutWaiting()
      expect(await withOutcome(bench, removalId)).toEqual({ removed: 1 })
      await expectPutBack(removalId)
    })

    test('when its effect showed only after ten minutes, and it was retried', async () => {
      const { removalId } = await bench.start(request(arns.slice(0, 1), 'team'))
      await bench.store.db.execute(sql`update items set state = 'settled', sent_at = now()`)
      await bench.store.db.execute(sql`update item_tags set outcome = 'stillPresent'`)
      await bench.store.db.execute(sql`update removals set state = 'settled'`)
      await bench.sandbox.deleteTag(arns[0] ?? '', 'team')
      await moveRemoval(bench.ports, { removalId, move: 'retryFailed' })
      await bench.drainWithoutWaiting()
      expect(await withOutcome(bench, removalId)).toEqual({ removed: 1 })
      await expectPutBack(removalId)
    })
  })

  test('a failure that nobody has foreseen is tried again and does not stop the lane', async () => {
    const { removalId } = await bench.start(request(arns, 'team'))
    const told = vi.spyOn(console, 'error').mockImplementation(() => {})
    let failures = 0
    const secretsWriter: Aws['secretsWriter'] = (region) => {
      if (failures++ === 0) throw new Error('odd')
      return bench.aws.secretsWriter(region)
    }
    const odd = { ...bench.ports, aws: { ...bench.aws, secretsWriter } }
    for (const item of await claimItems(bench.store, lane, 3)) await executeItem(odd, item)
    expect(told).toHaveBeenCalledOnce()
    told.mockRestore()
    await bench.drainWithoutWaiting()
    expect(await withOutcome(bench, removalId)).toEqual({ removed: 3 })
  })

  test('a move that the state does not allow changes nothing', async () => {
    const { removalId } = await bench.start(request(arns, 'team'))
    await expect(moveRemoval(bench.ports, { removalId, move: 'resume' })).rejects.toMatchObject({ code: 'wrongState' })
    await expect(requestPutBack(bench.ports, { removalId, itemIds: 'all' })).rejects.toMatchObject({
      code: 'wrongState',
    })
  })

  test('expired credentials pause the removal without failing an item; renewed, it ends', async () => {
    const { removalId } = await bench.start(request(arns, 'team', 'owner'))
    await bench.sandbox.expireCredentials()
    await bench.drainWithoutWaiting()
    expect(await withOutcome(bench, removalId)).toEqual({ pending: 6 })
    expect(await readRemoval(bench.store, bench.scope, removalId)).toMatchObject({
      state: 'paused',
      pauseReason: 'credentials',
    })
    await bench.sandbox.renewCredentials()
    await moveRemoval(bench.ports, { removalId, move: 'resume' })
    await bench.drainWithoutWaiting()
    expect(await withOutcome(bench, removalId)).toEqual({ removed: 6 })
  })

  test('credentials that end while proofs are read pause the removal; renewed, the proofs have their full time', async () => {
    const { removalId } = await bench.start(request(arns.slice(0, 1), 'team'))
    for (const item of await claimItems(bench.store, lane, 1)) await executeItem(bench.ports, item)
    await bench.sandbox.expireCredentials()
    await bench.store.db.execute(sql`update items set prove_until = now() - interval '1 h'`)
    for (const item of await claimProofs(bench.store, lane, 1)) await proveItem(bench.ports, item)
    expect(await withOutcome(bench, removalId)).toEqual({ settling: 1 })
    expect(await readRemoval(bench.store, bench.scope, removalId)).toMatchObject({ pauseReason: 'credentials' })
    await bench.sandbox.renewCredentials()
    await moveRemoval(bench.ports, { removalId, move: 'resume' })
    const { rows } = await bench.store.db.execute(sql`select prove_until > now() as "inTime" from items`)
    expect(rows).toEqual([{ inTime: true }])
    await bench.drainWithoutWaiting()
    expect(await withOutcome(bench, removalId)).toEqual({ removed: 1 })
  })

  test('without credentials even a removal whose operator has paused it says so, and its lane ends', async () => {
    const { removalId } = await bench.start(request(arns.slice(0, 1), 'team'))
    for (const item of await claimItems(bench.store, lane, 1)) await executeItem(bench.ports, item)
    await moveRemoval(bench.ports, { removalId, move: 'pause' })
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, undefined)
    bench.aws.forget()
    await bench.drain()
    vi.unstubAllEnvs()
    bench.aws.forget()
    expect(await readRemoval(bench.store, bench.scope, removalId)).toMatchObject({
      state: 'paused',
      pauseReason: 'credentials',
    })
  })

  test('an identity that comes up while a lane works is noticed with the next claim', async () => {
    const keys = Array.from({ length: 9 }, () => ({ type: 'key' as const, tags: { team: 'pay' } }))
    const reset = await bench.sandbox.reset({ exactly: keys })
    const { removalId } = await bench.start(request(reset.arns, 'team'))
    const other = await bench.sandbox.issueCredentials({ user: 'grace' })
    const store = withHook(bench.store, async (query) => {
      if (!query.includes("state = 'claimed', fence = fence + 1")) return
      vi.stubEnv('AWS_ACCESS_KEY_ID', other.accessKeyId)
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', other.secretAccessKey)
      vi.stubEnv('AWS_SESSION_TOKEN', undefined)
      bench.aws.forget()
    })
    await runLane({ ...bench.ports, store }, lane.replace('secret', 'key'), new AbortController().signal)
    vi.unstubAllEnvs()
    bench.aws.forget()
    const removal = await readRemoval(bench.store, bench.scope, removalId)
    expect(removal.pauseReason).toBe('otherIdentity')
    expect(removal.items.pending).toBeGreaterThan(0)
  })

  test('what a removal has proved shows among the resources without another scan', async () => {
    const [arn = ''] = arns
    await storeSnapshot(bench.store, [testResource(1, { arn, tags: [{ key: 'team', value: 'pay' }] })], bench.scope)
    await bench.start(request([arn], 'team'))
    await bench.drainWithoutWaiting()
    const { rows } = await queryResources(bench.store, bench.scope, defaultView)
    expect(rows.map(({ tags }) => tags)).toEqual([[{ key: 'owner', value: 'ada' }]])
  })

  test('another identity does not go on with a removal', async () => {
    const { removalId } = await bench.start(request(arns, 'team'))
    await bench.store.db.execute(sql`update removals set scope = '111122223333:AROASOMEBODYELSE'`)
    await bench.drainWithoutWaiting()
    const { rows } = await bench.store.db.execute(sql`select state, pause_reason from removals where id = ${removalId}`)
    expect(rows).toEqual([{ state: 'paused', pause_reason: 'otherIdentity' }])
    expect(await bench.sandbox.calls({ operation: 'secretsmanager:UntagResource' })).toEqual([])
  })

  test('put back, every tag is as it was; a tag that is there again with another value is not overwritten', async () => {
    const before = await Promise.all(arns.map((arn) => bench.sandbox.tagsOf(arn)))
    const { removalId } = await bench.start(request(arns, 'team', 'owner'))
    await bench.drainWithoutWaiting()
    const [somebodySet = ''] = arns
    const { planId } = await requestPutBack(bench.ports, { removalId, itemIds: 'all' })
    await bench.sandbox.putTag(somebodySet, 'team', 'new')
    const again = await bench.begin({ planId })
    await bench.drainWithoutWaiting()
    expect(await withOutcome(bench, again.removalId)).toEqual({ restored: 5 })
    expect(await Promise.all(arns.map((arn) => bench.sandbox.tagsOf(arn)))).toEqual([
      { ...before[0], team: 'new' },
      before[1],
      before[2],
    ])
  })

  test('a value set between the review of a put-back and our turn is a conflict', async () => {
    const { removalId } = await bench.start(request(arns.slice(0, 1), 'team'))
    await bench.drainWithoutWaiting()
    const again = await bench.putBack(removalId)
    await bench.sandbox.putTag(arns[0] ?? '', 'team', 'new')
    await bench.drainWithoutWaiting()
    expect(await withOutcome(bench, again.removalId)).toEqual({ conflict: 1 })
    expect(await bench.sandbox.tagsOf(arns[0] ?? '')).toMatchObject({ team: 'new' })
  })

  describe('proof', () => {
    /** Sends the call for one item and moves it to the read that decides, with the reads so far as given. */
    async function atLastRead(removalId: string, reads: 'none clean' | 'one clean') {
      const [item] = await claimItems(bench.store, lane, 1)
      if (!item) throw new Error('nothing was claimed')
      await executeItem(bench.ports, item)
      if (reads === 'one clean') await bench.store.db.execute(sql`update item_tags set seen_clean = true`)
      await bench.store.db.execute(
        sql`update items set prove_until = now() - interval '1 s' where removal_id = ${removalId}`,
      )
    }
    const prove = async () => {
      for (const item of await claimProofs(bench.store, lane, 1)) await proveItem(bench.ports, item)
    }

    test.each([
      ['a tag that every read of ten minutes showed is still present', 'none clean', 'pay', 'stillPresent'],
      ['a tag that was away once and is there at the end has reappeared', 'one clean', 'pay', 'reappeared'],
      ['another value was set by somebody else', 'none clean', 'new', 'reappeared'],
    ] as const)('%s', async (_, reads, value, outcome) => {
      const { removalId } = await bench.start(request(arns.slice(0, 1), 'team'))
      await atLastRead(removalId, reads)
      await bench.sandbox.putTag(arns[0] ?? '', 'team', value)
      await prove()
      expect(await withOutcome(bench, removalId)).toEqual({ [outcome]: 1 })
    })

    test('one clean read is not enough, and a read that shows the tag starts the count anew', async () => {
      const { removalId } = await bench.start(request(arns.slice(0, 1), 'team'))
      const [item] = await claimItems(bench.store, lane, 1)
      if (!item) throw new Error('nothing was claimed')
      await executeItem(bench.ports, item)
      await prove()
      expect(await withOutcome(bench, removalId)).toEqual({ settling: 1 })
      await bench.sandbox.putTag(arns[0] ?? '', 'team', 'pay')
      await bench.store.db.execute(sql`update items set due_at = now()`)
      await prove()
      await bench.sandbox.deleteTag(arns[0] ?? '', 'team')
      await bench.store.db.execute(sql`update items set due_at = now()`)
      await prove()
      expect(await withOutcome(bench, removalId)).toEqual({ settling: 1 })
      const { rows } = await bench.store.db.execute(
        sql`select now() - clean_since < interval '5 s' as young from item_tags`,
      )
      expect(rows).toEqual([{ young: true }])
    })
  })
})

afterAll(stopTestServer)
