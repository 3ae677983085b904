import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { withoutPace } from '../aws/testing.ts'
import { queryResources } from '../inventory/query.ts'
import { storeSnapshot, testResource } from '../inventory/testing.ts'
import { defaultView } from '../resources-view.ts'
import { dialects } from '../store/testing.ts'
import { moveRemoval } from './control.ts'
import { executeItem } from './execute.ts'
import { claimItems } from './items.ts'
import { listPlanItems } from './list-plan-items.ts'
import { requestPutBack } from './plan.ts'
import { claimProofs } from './proofs.ts'
import { proveItem } from './prove.ts'
import { onThreeSecrets, request, withOutcome } from './testing.ts'

withoutPace()

describe.each(dialects)('on %s', (dialect) => {
  const stage = onThreeSecrets(dialect)

  describe('a tag that an earlier call may have removed can be put back', () => {
    const atOnce = async () => {
      await stage.bench.store.db.execute(sql`update items set due_at = now()`)
      const [item] = await claimItems(stage.bench.store, stage.lane, 1)
      if (!item) throw new Error('nothing was claimed')
      await executeItem(stage.bench.ports, item)
    }
    const expectPutBack = async (removalId: string) => {
      const again = await stage.bench.putBack(removalId)
      await stage.bench.drainWithoutWaiting()
      expect(await withOutcome(stage.bench, again.removalId)).toEqual({ restored: 1 })
    }

    test('when the last try ends without an answer', async () => {
      const { removalId } = await stage.bench.start(request(stage.arns.slice(0, 1), 'team'))
      await stage.bench.store.db.execute(sql`update items set attempts = 7`)
      await stage.bench.sandbox.faults({ operation: 'secretsmanager:UntagResource', kind: 'lostReply', count: 1 })
      await stage.bench.drainWithoutWaiting()
      expect(await withOutcome(stage.bench, removalId)).toEqual({ removed: 1 })
      await expectPutBack(removalId)
    })

    test('when its reply was lost and reading is denied then', async () => {
      const { removalId } = await stage.bench.start(request(stage.arns.slice(0, 1), 'team'))
      await stage.bench.sandbox.faults({ operation: 'secretsmanager:UntagResource', kind: 'lostReply', count: 1 })
      await atOnce()
      await stage.bench.sandbox.faults({ operation: 'secretsmanager:DescribeSecret', kind: 'denied' })
      await stage.bench.drainWithoutWaiting()
      expect(await withOutcome(stage.bench, removalId)).toEqual({ unverified: 1 })
      await stage.bench.sandbox.faults()
      await expectPutBack(removalId)
    })

    test('when its reply was lost, a stale read shows the tag, and the removal is cancelled', async () => {
      const { removalId } = await stage.bench.start(request(stage.arns.slice(0, 1), 'team'))
      await stage.bench.sandbox.faults({ operation: 'secretsmanager:UntagResource', kind: 'lostReply', count: 1 })
      await atOnce()
      await stage.bench.sandbox.faults()
      await moveRemoval(stage.bench.ports, { removalId, move: 'cancel' })
      await stage.bench.sandbox.putTag(stage.arns[0] ?? '', 'team', 'pay')
      await atOnce()
      await stage.bench.sandbox.deleteTag(stage.arns[0] ?? '', 'team')
      await stage.bench.drainWithoutWaiting()
      expect(await withOutcome(stage.bench, removalId)).toEqual({ removed: 1 })
      await expectPutBack(removalId)
    })

    test('when its effect showed only after ten minutes, and it was retried', async () => {
      const { removalId } = await stage.bench.start(request(stage.arns.slice(0, 1), 'team'))
      await stage.bench.store.db.execute(sql`update items set state = 'settled', sent_at = now()`)
      await stage.bench.store.db.execute(sql`update item_tags set outcome = 'stillPresent'`)
      await stage.bench.store.db.execute(sql`update removals set state = 'settled'`)
      await stage.bench.sandbox.deleteTag(stage.arns[0] ?? '', 'team')
      await moveRemoval(stage.bench.ports, { removalId, move: 'retryFailed' })
      await stage.bench.drainWithoutWaiting()
      expect(await withOutcome(stage.bench, removalId)).toEqual({ removed: 1 })
      await expectPutBack(removalId)
    })
  })

  test('a read of somebody who was taken for dead and overtaken shows nowhere', async () => {
    const { bench, arns } = stage
    const [arn = ''] = arns
    const tags = [{ key: 'team', value: 'pay' }]
    await storeSnapshot(bench.store, [testResource(1, { arn, tags })], bench.scope)
    await bench.start(request([arn], 'team'))
    for (const item of await claimItems(bench.store, stage.lane, 1)) await executeItem(bench.ports, item)
    await bench.store.db.execute(sql`update item_tags set clean_since = now() - interval '6 s'`)
    const [sleeper] = await claimProofs(bench.store, stage.lane, 1)
    if (!sleeper) throw new Error('nothing is proved')
    await bench.store.db.execute(sql`update items set fence = fence + 1`)
    await proveItem(bench.ports, sleeper)
    const { rows } = await queryResources(bench.store, bench.scope, defaultView)
    expect(rows.map((row) => row.tags)).toEqual([tags])
  })

  test('what a removal has proved shows among the resources without another scan', async () => {
    const [arn = ''] = stage.arns
    await storeSnapshot(
      stage.bench.store,
      [testResource(1, { arn, tags: [{ key: 'team', value: 'pay' }] })],
      stage.bench.scope,
    )
    await stage.bench.start(request([arn], 'team'))
    await stage.bench.drainWithoutWaiting()
    const { rows } = await queryResources(stage.bench.store, stage.bench.scope, defaultView)
    expect(rows.map(({ tags }) => tags)).toEqual([[{ key: 'owner', value: 'ada' }]])
  })

  test('put back, every tag is as it was; a tag that is there again with another value is not overwritten', async () => {
    const before = await Promise.all(stage.arns.map((arn) => stage.bench.sandbox.tagsOf(arn)))
    const { removalId } = await stage.bench.start(request(stage.arns, 'team', 'owner'))
    await stage.bench.drainWithoutWaiting()
    const [somebodySet = ''] = stage.arns
    const { planId } = await requestPutBack(stage.bench.ports, { removalId, itemIds: 'all' })
    await stage.bench.sandbox.putTag(somebodySet, 'team', 'new')
    const again = await stage.bench.begin({ planId })
    const everything = { show: 'included', text: '', verdict: null, sign: null, page: 1, size: 10 } as const
    const { rows } = await listPlanItems(stage.bench.store, stage.bench.scope, planId, everything)
    expect(rows.map(({ problem }) => problem?.message)).toEqual([
      expect.stringContaining('`team`'),
      undefined,
      undefined,
    ])
    await stage.bench.drainWithoutWaiting()
    expect(await withOutcome(stage.bench, again.removalId)).toEqual({ restored: 5 })
    expect(await Promise.all(stage.arns.map((arn) => stage.bench.sandbox.tagsOf(arn)))).toEqual([
      { ...before[0], team: 'new' },
      before[1],
      before[2],
    ])
  })

  test('a value set between the review of a put-back and our turn is a conflict', async () => {
    const { removalId } = await stage.bench.start(request(stage.arns.slice(0, 1), 'team'))
    await stage.bench.drainWithoutWaiting()
    const again = await stage.bench.putBack(removalId)
    await stage.bench.sandbox.putTag(stage.arns[0] ?? '', 'team', 'new')
    await stage.bench.drainWithoutWaiting()
    expect(await withOutcome(stage.bench, again.removalId)).toEqual({ conflict: 1 })
    expect(await stage.bench.sandbox.tagsOf(stage.arns[0] ?? '')).toMatchObject({ team: 'new' })
  })

  describe('proof', () => {
    /** Sends the call for one item and moves it to the read that decides, with the reads so far as given. */
    async function atLastRead(removalId: string, reads: 'none clean' | 'one clean') {
      const [item] = await claimItems(stage.bench.store, stage.lane, 1)
      if (!item) throw new Error('nothing was claimed')
      await executeItem(stage.bench.ports, item)
      if (reads === 'one clean') await stage.bench.store.db.execute(sql`update item_tags set seen_clean = true`)
      await stage.bench.store.db.execute(
        sql`update items set prove_until = now() - interval '1 s' where removal_id = ${removalId}`,
      )
    }
    const prove = async () => {
      for (const item of await claimProofs(stage.bench.store, stage.lane, 1)) await proveItem(stage.bench.ports, item)
    }

    test.each([
      ['a tag that every read of ten minutes showed is still present', 'none clean', 'pay', 'stillPresent'],
      ['a tag that was away once and is there at the end has reappeared', 'one clean', 'pay', 'reappeared'],
      ['another value was set by somebody else', 'none clean', 'new', 'reappeared'],
    ] as const)('%s', async (_, reads, value, outcome) => {
      const { removalId } = await stage.bench.start(request(stage.arns.slice(0, 1), 'team'))
      await atLastRead(removalId, reads)
      await stage.bench.sandbox.putTag(stage.arns[0] ?? '', 'team', value)
      await prove()
      expect(await withOutcome(stage.bench, removalId)).toEqual({ [outcome]: 1 })
    })

    test('nothing is decided by the first read after a time in which nobody looked, as when the machine slept', async () => {
      const { removalId } = await stage.bench.start(request(stage.arns.slice(0, 1), 'team'))
      await atLastRead(removalId, 'none clean')
      await stage.bench.store.db.execute(sql`update items set due_at = now() - interval '10 min'`)
      await stage.bench.sandbox.putTag(stage.arns[0] ?? '', 'team', 'pay')
      await prove()
      expect(await withOutcome(stage.bench, removalId)).toEqual({ settling: 1 })
      await stage.bench.sandbox.deleteTag(stage.arns[0] ?? '', 'team')
      await stage.bench.drainWithoutWaiting()
      expect(await withOutcome(stage.bench, removalId)).toEqual({ removed: 1 })
    })

    test('one clean read is not enough, and a read that shows the tag starts the count anew', async () => {
      const { removalId } = await stage.bench.start(request(stage.arns.slice(0, 1), 'team'))
      const [item] = await claimItems(stage.bench.store, stage.lane, 1)
      if (!item) throw new Error('nothing was claimed')
      await executeItem(stage.bench.ports, item)
      await prove()
      expect(await withOutcome(stage.bench, removalId)).toEqual({ settling: 1 })
      await stage.bench.sandbox.putTag(stage.arns[0] ?? '', 'team', 'pay')
      await stage.bench.store.db.execute(sql`update items set due_at = now()`)
      await prove()
      await stage.bench.sandbox.deleteTag(stage.arns[0] ?? '', 'team')
      await stage.bench.store.db.execute(sql`update items set due_at = now()`)
      await prove()
      expect(await withOutcome(stage.bench, removalId)).toEqual({ settling: 1 })
      const { rows } = await stage.bench.store.db.execute(
        sql`select now() - clean_since < interval '5 s' as young from item_tags`,
      )
      expect(rows).toEqual([{ young: true }])
    })

    test('a clean read that lies ahead, for the clock was set back, counts from the next one on', async () => {
      await stage.bench.start(request(stage.arns.slice(0, 1), 'team'))
      const [item] = await claimItems(stage.bench.store, stage.lane, 1)
      if (!item) throw new Error('nothing was claimed')
      await executeItem(stage.bench.ports, item)
      await prove()
      await stage.bench.store.db.execute(sql`update item_tags set clean_since = now() + interval '10 min'`)
      await stage.bench.store.db.execute(sql`update items set due_at = now()`)
      await prove()
      const { rows } = await stage.bench.store.db.execute(
        sql`select outcome, clean_since <= now() as past from item_tags`,
      )
      expect(rows).toEqual([{ outcome: 'settling', past: true }])
    })
  })
})
