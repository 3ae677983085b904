import { sql } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { readChain } from '../audit/testing.ts'
import type { Aws } from '../aws/clients.ts'
import { withoutPace } from '../aws/testing.ts'
import { dialects } from '../store/testing.ts'
import { moveRemoval } from './control.ts'
import { executeItem } from './execute.ts'
import { finishClaim, recordOutcomes } from './finish-claim.ts'
import { claimItems, lookAhead } from './items.ts'
import { maySend } from './may-send.ts'
import { requestPutBack } from './plan.ts'
import { claimProofs } from './proofs.ts'
import { readRemoval } from './read-removal.ts'
import { runLane } from './run-lane.ts'
import { onThreeSecrets, request, withHook, withOutcome } from './testing.ts'

withoutPace()

const sending = { tags: [{ key: 'team', value: 'pay' }], accessKeyId: 'ASIAEXAMPLE' }

describe.each(dialects)('on %s', (dialect) => {
  const stage = onThreeSecrets(dialect)

  test('a worker that lost its claim neither sends nor writes', async () => {
    const { removalId } = await stage.bench.start(request(stage.arns, 'team'))
    const [frozen] = await claimItems(stage.bench.store, stage.lane, 1)
    if (!frozen) throw new Error('nothing was claimed')
    await stage.bench.store.db.execute(sql`update items set lease_until = now() where id = ${frozen.id}`)
    const claimedNext = await claimItems(stage.bench.store, stage.lane, 3)
    const taken = claimedNext.find(({ id }) => id === frozen.id)
    const other = claimedNext.find(({ id }) => id !== frozen.id)
    if (!taken || !other) throw new Error('not all were claimed')
    expect(taken.fence).toBe(frozen.fence + 1)
    expect(await maySend(stage.bench.store, frozen, sending)).toBe(false)
    // While the first is answered the others wait, and then share a statement.
    const asked = [other, frozen, taken].map((item) => maySend(stage.bench.store, item, sending))
    expect(await Promise.all(asked)).toEqual([true, false, true])
    await recordOutcomes(stage.bench.store, frozen, [{ key: 'team', outcome: 'failed' }])
    await finishClaim(stage.bench.store, frozen)
    expect(await withOutcome(stage.bench, removalId)).toEqual({ pending: 3 })
    expect(await stage.bench.sandbox.calls({ operation: 'secretsmanager:UntagResource' })).toEqual([])
  })

  test('what waits for an hour that a clock set back has made far is due at once', async () => {
    await stage.bench.start(request(stage.arns, 'team'))
    const farther = (minutes: number) =>
      stage.bench.store.db.execute(sql`update items set due_at = now() + make_interval(mins => ${minutes})`)
    await farther(1)
    expect(await claimItems(stage.bench.store, stage.lane, 3)).toEqual([])
    expect((await lookAhead(stage.bench.store, stage.lane)).write).toBeGreaterThan(0)
    await farther(10)
    expect(await lookAhead(stage.bench.store, stage.lane)).toMatchObject({ write: 0, prove: null })
    const claimed = await claimItems(stage.bench.store, stage.lane, 3)
    expect(claimed).toHaveLength(3)
    for (const item of claimed) await executeItem(stage.bench.ports, item)
    await farther(1)
    expect(await claimProofs(stage.bench.store, stage.lane, 3)).toEqual([])
    await farther(10)
    expect(await lookAhead(stage.bench.store, stage.lane)).toMatchObject({ write: null, prove: 0 })
    expect(await claimProofs(stage.bench.store, stage.lane, 3)).toHaveLength(3)
  })

  test('an outcome is told once, although it is committed again because the answer to the first time was lost', async () => {
    const { removalId } = await stage.bench.start(request(stage.arns.slice(0, 1), 'team', 'owner'))
    const [item] = await claimItems(stage.bench.store, stage.lane, 1)
    if (!item) throw new Error('nothing is claimed')
    const commit = () => recordOutcomes(stage.bench.store, item, [{ key: 'team', outcome: 'denied' }])
    await commit()
    await commit()
    const told = (await readChain(stage.bench.store.db, removalId)).filter(({ action }) => action === 'tag.outcome')
    expect(told.map(({ tagKey, outcome }) => `${tagKey} ${outcome}`)).toEqual(['team denied'])
  })

  test('a lease that has ended may not be used, even when nobody else has claimed the item', async () => {
    await stage.bench.start(request(stage.arns, 'team'))
    const [item] = await claimItems(stage.bench.store, stage.lane, 1)
    if (!item) throw new Error('nothing was claimed')
    await stage.bench.store.db.execute(sql`update items set lease_until = now() where id = ${item.id}`)
    expect(await maySend(stage.bench.store, item, sending)).toBe(false)
  })

  test.each([
    ['stopped', performance],
    ['asleep with its computer', Date],
  ])('a worker that was %s between the word that it may send and the call does not send', async (_, clock) => {
    const { removalId } = await stage.bench.start(request(stage.arns, 'team'))
    const claimed = await claimItems(stage.bench.store, stage.lane, 3)
    const started = clock.now()
    const now = vi.spyOn(clock, 'now')
    const store = withHook(stage.bench.store, async (query) => {
      if (query.includes('sent_at = coalesce')) now.mockReturnValue(started + 120_000)
    })
    for (const item of claimed.slice(0, 1)) await executeItem({ ...stage.bench.ports, store }, item)
    now.mockRestore()
    expect(await stage.bench.sandbox.calls({ operation: 'secretsmanager:UntagResource' })).toEqual([])
    for (const item of claimed.slice(1)) await finishClaim(stage.bench.store, item)
    await stage.bench.drainWithoutWaiting()
    expect(await withOutcome(stage.bench, removalId)).toEqual({ removed: 3 })
  })

  test('a value that is set anew after a call without an answer is not told as if nothing had been sent', async () => {
    const { removalId } = await stage.bench.start(request(stage.arns.slice(0, 1), 'team'))
    await stage.bench.sandbox.faults({ operation: 'secretsmanager:UntagResource', kind: 'lostReply', count: 1 })
    for (const item of await claimItems(stage.bench.store, stage.lane, 1)) await executeItem(stage.bench.ports, item)
    await stage.bench.sandbox.putTag(stage.arns[0] ?? '', 'team', 'new')
    await stage.bench.drainWithoutWaiting()
    expect(await withOutcome(stage.bench, removalId)).toEqual({ reappeared: 1 })
    expect(await stage.bench.sandbox.tagsOf(stage.arns[0] ?? '')).toMatchObject({ team: 'new' })
  })

  test('two workers never claim the same item', async () => {
    await stage.bench.start(request(stage.arns, 'team'))
    const claims = await Promise.all(Array.from({ length: 6 }, () => claimItems(stage.bench.store, stage.lane, 2)))
    const ids = claims.flat().map(({ id }) => id)
    expect(ids).toHaveLength(3)
    expect(new Set(ids).size).toBe(3)
  })

  test('paused, nothing is sent, not even what was claimed before; resumed, it goes on', async () => {
    const { removalId } = await stage.bench.start(request(stage.arns, 'team'))
    const claimed = await claimItems(stage.bench.store, stage.lane, 1)
    await moveRemoval(stage.bench.ports, { removalId, move: 'pause' })
    for (const item of claimed) await executeItem(stage.bench.ports, item)
    await stage.bench.drainWithoutWaiting()
    expect(await withOutcome(stage.bench, removalId)).toEqual({ pending: 3 })
    expect(await stage.bench.sandbox.calls({ operation: 'secretsmanager:UntagResource' })).toEqual([])
    await moveRemoval(stage.bench.ports, { removalId, move: 'resume' })
    await stage.bench.drainWithoutWaiting()
    expect(await withOutcome(stage.bench, removalId)).toEqual({ removed: 3 })
  })

  test('cancelled, what was sent is still proved and the rest is left alone; a retry takes up the rest', async () => {
    const { removalId } = await stage.bench.start(request(stage.arns, 'team'))
    const [first] = await claimItems(stage.bench.store, stage.lane, 1)
    if (!first) throw new Error('nothing was claimed')
    await executeItem(stage.bench.ports, first)
    await moveRemoval(stage.bench.ports, { removalId, move: 'cancel' })
    expect(await withOutcome(stage.bench, removalId)).toEqual({ settling: 1, cancelled: 2 })
    await stage.bench.drainWithoutWaiting()
    expect(await withOutcome(stage.bench, removalId)).toEqual({ removed: 1, cancelled: 2 })
    expect((await readRemoval(stage.bench.store, stage.bench.scope, removalId)).state).toBe('settled')
    await moveRemoval(stage.bench.ports, { removalId, move: 'retryFailed' })
    await stage.bench.drainWithoutWaiting()
    expect(await withOutcome(stage.bench, removalId)).toEqual({ removed: 3 })
  })

  test('what a dead worker had claimed and never sent is cancelled with the rest', async () => {
    const { removalId } = await stage.bench.start(request(stage.arns, 'team'))
    await claimItems(stage.bench.store, stage.lane, 1)
    await stage.bench.store.db.execute(sql`update items set lease_until = now() where state = 'claimed'`)
    await moveRemoval(stage.bench.ports, { removalId, move: 'cancel' })
    expect(await withOutcome(stage.bench, removalId)).toEqual({ cancelled: 3 })
    expect((await readRemoval(stage.bench.store, stage.bench.scope, removalId)).state).toBe('settled')
  })

  test('a retry with nothing to retry changes nothing', async () => {
    const { removalId } = await stage.bench.start(request(stage.arns, 'team'))
    await stage.bench.drainWithoutWaiting()
    const retry = moveRemoval(stage.bench.ports, { removalId, move: 'retryFailed' })
    await expect(retry).rejects.toMatchObject({ code: 'wrongState' })
    expect((await readRemoval(stage.bench.store, stage.bench.scope, removalId)).state).toBe('settled')
  })

  test('a lane ends for writes and proofs together, and what comes in between waits for the next job', async () => {
    const { removalId } = await stage.bench.start(request(stage.arns, 'team'))
    const later = (state: string) => sql`update removals set state = ${state}, pause_reason = 'operator'`
    await stage.bench.store.db.execute(later('paused'))
    // The first of the two has just seen that nothing is left when the removal is resumed; the second sees work.
    let looks = 0
    const store = withHook(stage.bench.store, async (query) => {
      if (!query.includes(' as prove') || ++looks > 1) return
      await stage.bench.store.db.execute(later('running'))
    })
    await runLane({ ...stage.bench.ports, store }, stage.lane, new AbortController().signal)
    expect(looks).toBeGreaterThan(0)
    await stage.bench.drainWithoutWaiting()
    expect(await withOutcome(stage.bench, removalId)).toEqual({ removed: 3 })
  })

  test('a removal whose last item settles between two looks is settled too', async () => {
    const { removalId } = await stage.bench.start(request(stage.arns, 'team'))
    const settle = sql`update items set state = 'settled'`
    let looks = 0
    const store = withHook(stage.bench.store, async (query) => {
      if (query.includes(' as prove') && ++looks === 2) await stage.bench.store.db.execute(settle)
    })
    await stage.bench.store.db.execute(sql`update items set state = 'proving', due_at = now() + interval '1 s'`)
    await runLane({ ...stage.bench.ports, store }, stage.lane, new AbortController().signal)
    expect((await readRemoval(stage.bench.store, stage.bench.scope, removalId)).state).toBe('settled')
  })

  test('a failure that nobody has foreseen is tried again and does not stop the lane', async () => {
    const { removalId } = await stage.bench.start(request(stage.arns, 'team'))
    const told = vi.spyOn(console, 'error').mockImplementation(() => {})
    let failures = 0
    const secretsWriter: Aws['secretsWriter'] = (region) => {
      if (failures++ === 0) throw new Error('odd')
      return stage.bench.aws.secretsWriter(region)
    }
    const odd = { ...stage.bench.ports, aws: { ...stage.bench.aws, secretsWriter } }
    for (const item of await claimItems(stage.bench.store, stage.lane, 3)) await executeItem(odd, item)
    expect(told).toHaveBeenCalledOnce()
    told.mockRestore()
    await stage.bench.drainWithoutWaiting()
    expect(await withOutcome(stage.bench, removalId)).toEqual({ removed: 3 })
  })

  test('a move that the state does not allow changes nothing', async () => {
    const { removalId } = await stage.bench.start(request(stage.arns, 'team'))
    await expect(moveRemoval(stage.bench.ports, { removalId, move: 'resume' })).rejects.toMatchObject({
      code: 'wrongState',
    })
    await expect(requestPutBack(stage.bench.ports, { removalId, itemIds: 'all' })).rejects.toMatchObject({
      code: 'wrongState',
    })
  })
})
