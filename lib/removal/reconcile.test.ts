import { appendFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readChain } from '../audit/testing.ts'
import { withoutPace } from '../aws/testing.ts'
import { answerCanary } from './canary/answer.ts'
import { moveRemoval } from './control.ts'
import { claimItems } from './items.ts'
import { journalClaims, journalledRemovals, readJournal } from './journal.ts'
import { claimProofs } from './proofs.ts'
import { readRemoval } from './read-removal.ts'
import { reconcile } from './reconcile.ts'
import { type Bench, openBench, request } from './testing.ts'

withoutPace()

let bench: Bench
let arns: readonly string[]
let lane: string
let removalId: string
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())
beforeEach(async () => {
  for (const id of journalledRemovals(bench.store.journalFolder ?? ''))
    rmSync(join(bench.store.journalFolder ?? '', `${id}.jsonl`))
  await bench.store.db.execute(sql`truncate removals, plans cascade`)
  bench.lanes.clear()
  const tags = { team: 'pay', owner: '"ada"\nπ' }
  arns = (await bench.sandbox.reset({ exactly: ['a', 'b'].map((name) => ({ type: 'secret', name, tags })) })).arns
  lane = `${bench.identity.account}/eu-central-1/secret`
  removalId = (
    await bench.start({
      selection: { by: 'arns', arns: [...arns] },
      tags: [{ key: 'team' }, { key: 'owner' }],
      includeServiceOwned: false,
    })
  ).removalId
})

/** Claims items as a worker does before it calls AWS. */
async function claim(itemsMax: number) {
  const items = await claimItems(bench.store, lane, itemsMax)
  journalClaims(bench.store.journalFolder, items)
  return items
}
const outcomes = async () => {
  const { tags } = await readRemoval(bench.store, bench.scope, removalId)
  return Object.fromEntries(Object.entries(tags.byOutcome).filter(([, count]) => count > 0))
}

test('old values are in the journal before anything is sent, whatever characters they have', async () => {
  await claim(1)
  const entry = readJournal(bench.store.journalFolder ?? '', removalId)
  expect(entry?.removal).toMatchObject({ id: removalId, direction: 'remove', scope: bench.scope })
  expect(entry?.claims).toMatchObject([
    {
      arn: arns[0],
      tags: [
        { key: 'owner', value: '"ada"\nπ' },
        { key: 'team', value: 'pay' },
      ],
    },
  ])
  expect(await bench.sandbox.calls({ operation: 'secretsmanager:UntagResource' })).toEqual([])
})

test('a process that died holds its claims no longer than until the next start', async () => {
  await claim(2)
  expect(await claimItems(bench.store, lane, 2)).toEqual([])
  await reconcile(bench.store)
  // As the clock would make it that is set back now.
  await bench.store.db.execute(sql`update items set lease_until = lease_until + interval '10 min'`)
  bench.lanes.add(lane)
  await bench.drainWithoutWaiting()
  expect(await outcomes()).toEqual({ removed: 4 })
})

test('nor does it hold back the proofs that it was reading', async () => {
  await bench.store.db.execute(sql`update items set state = 'proving', sent_at = now()`)
  await bench.store.db.execute(sql`update item_tags set outcome = 'settling'`)
  expect(await claimProofs(bench.store, lane, 2)).toHaveLength(2)
  expect(await claimProofs(bench.store, lane, 2)).toEqual([])
  await reconcile(bench.store)
  expect(await claimProofs(bench.store, lane, 2)).toHaveLength(2)
})

test('a claim that the database lost counts as possibly sent', async () => {
  const [item] = await claim(1)
  if (!item) throw new Error('nothing was claimed')
  await bench.store.db.execute(sql`update items set state = 'pending', fence = fence - 1, lease_until = null`)
  await bench.sandbox.deleteTag(item.arn, 'team')
  await reconcile(bench.store)
  bench.lanes.add(lane)
  await bench.drainWithoutWaiting()
  expect(await outcomes()).toEqual({ removed: 4 })
})

test('a removal that the database lost comes back paused, with all that is needed to put it back', async () => {
  await claim(1)
  await bench.sandbox.deleteTag(arns[0] ?? '', 'team')
  await bench.store.db.execute(sql`truncate removals cascade`)
  await reconcile(bench.store)
  expect(await readRemoval(bench.store, bench.scope, removalId)).toMatchObject({ state: 'paused', items: { total: 1 } })
  await moveRemoval(bench.ports, { removalId, move: 'resume' })
  await bench.drainWithoutWaiting()
  expect(await outcomes()).toEqual({ removed: 2 })
  await bench.putBack(removalId)
  await bench.drainWithoutWaiting()
  expect(await bench.sandbox.tagsOf(arns[0] ?? '')).toEqual({ team: 'pay', owner: '"ada"\nπ' })
})

test('a torn last line is left out, the rest is read', async () => {
  const folder = bench.store.journalFolder ?? ''
  await claim(1)
  appendFileSync(join(folder, `${removalId}.jsonl`), '{"claim":{"arn":"arn:aws:se')
  expect(readJournal(folder, removalId)?.claims).toHaveLength(1)
})

test('what is written after a torn line is read all the same', async () => {
  const folder = bench.store.journalFolder ?? ''
  appendFileSync(join(folder, `${removalId}.jsonl`), '\n{"claim":{"arn":"arn:aws:se')
  await claim(1)
  expect(readJournal(folder, removalId)?.claims).toMatchObject([{ arn: arns[0] }])
})

test('a claim of which the database lost only that it was sent counts as possibly sent', async () => {
  const [item] = await claim(1)
  await bench.sandbox.deleteTag(item?.arn ?? '', 'team')
  await reconcile(bench.store)
  bench.lanes.add(lane)
  await bench.drainWithoutWaiting()
  expect(await outcomes()).toEqual({ removed: 4 })
})

test('a removal that was journalled and never committed does not come back', async () => {
  await bench.store.db.execute(sql`truncate removals cascade`)
  await reconcile(bench.store)
  expect((await bench.store.db.execute(sql`select id from removals`)).rows).toEqual([])
})

test('what has settled is not touched by a journal that is still there', async () => {
  await bench.drainWithoutWaiting()
  const rows = async () => (await bench.store.db.execute(sql`select * from items join item_tags on item_id = id`)).rows
  const before = await rows()
  await reconcile(bench.store)
  expect(await rows()).toEqual(before)
  expect(before).toHaveLength(4)
})

test('a retry that the database lost comes back paused, with what had been claimed', async () => {
  const [arn = ''] = arns
  await bench.drainWithoutWaiting()
  await bench.sandbox.putTag(arn, 'team', 'pay')
  await bench.store.db.execute(sql`update item_tags set outcome = 'failed' where key = 'team'`)
  const before = (await bench.store.db.execute(sql`select id, fence from items`)).rows
  const settledAt = sql`(select max(settled_at) from items)`
  await moveRemoval(bench.ports, { removalId, move: 'retryFailed' })
  const claimed = await claim(1)
  await bench.sandbox.deleteTag(arn, 'team')
  // As the database was before the retry.
  for (const { id, fence } of before)
    await bench.store.db.execute(
      sql`update items set state = 'settled', settled_at = now(), fence = ${fence} where id = ${id}`,
    )
  await bench.store.db.execute(sql`update item_tags set outcome = 'failed' where key = 'team'`)
  await bench.store.db.execute(sql`update removals set state = 'settled', settled_at = ${settledAt} - interval '1 h'`)
  await reconcile(bench.store)
  expect(claimed).toMatchObject([{ arn }])
  expect(await readRemoval(bench.store, bench.scope, removalId)).toMatchObject({ state: 'paused', settledAt: null })
  await moveRemoval(bench.ports, { removalId, move: 'resume' })
  await bench.drainWithoutWaiting()
  expect(await outcomes()).toEqual({ removed: 3, failed: 1 })
  await bench.putBack(removalId)
  await bench.drainWithoutWaiting()
  expect(await bench.sandbox.tagsOf(arn)).toEqual({ team: 'pay', owner: '"ada"\nπ' })
})

test('what a full disk kept from being written down is given back at once, and goes on when there is room', async () => {
  const file = join(bench.store.journalFolder ?? '', `${removalId}.jsonl`)
  renameSync(file, `${file}.aside`)
  symlinkSync('/dev/full', file)
  bench.lanes.add(lane)
  await expect(bench.drain()).rejects.toThrow('ENOSPC')
  expect(await bench.sandbox.calls({ operation: 'secretsmanager:UntagResource' })).toEqual([])
  renameSync(`${file}.aside`, file)
  expect(await claimItems(bench.store, lane, 2)).toMatchObject([{ sent: false }, { sent: false }])
})

describe('with a canary', () => {
  /** The removal of `a`, and of `b` after it, with the question asked whether anything broke. */
  beforeEach(async () => {
    await bench.store.db.execute(sql`truncate removals, plans cascade`)
    bench.forget()
    const planId = await bench.prepare(request(arns, 'team'))
    removalId = await bench.startPrepared({ ...(await bench.reviewed(planId)), canary: true })
    await bench.drainWithoutWaiting()
  })

  test('that the database lost, what was sent is looked after, and nothing is sent any more: nobody is asked', async () => {
    await bench.store.db.execute(sql`truncate removals cascade`)
    await reconcile(bench.store)
    await moveRemoval(bench.ports, { removalId, move: 'resume' })
    expect(await readRemoval(bench.store, bench.scope, removalId)).toMatchObject({
      ...{ cancelled: true, canary: { state: 'cancelled' } },
    })
    expect(await claimItems(bench.store, lane, 2)).toMatchObject([{ arn: arns[0], sent: true, cancelled: true }])
  })

  test('of which the database lost that it had passed, what was claimed since is worked off and can be put back', async () => {
    await answerCanary(bench.ports, { removalId, answer: 'fine' })
    const [item] = await claim(1)
    if (!item) throw new Error('nothing was claimed')
    await bench.sandbox.deleteTag(item.arn, 'team')
    await bench.store.db.execute(sql`update removals set canary = 'asking', canary_answered_by = null`)
    await bench.store.db.execute(
      sql`update items set state = 'pending', fence = fence - 1, lease_until = null where id = ${item.id}`,
    )
    await reconcile(bench.store)
    bench.lanes.add(lane)
    await bench.drainWithoutWaiting()
    expect(await readRemoval(bench.store, bench.scope, removalId)).toMatchObject({
      ...{ state: 'settled', canary: { state: 'passed' } },
    })
    expect(await outcomes()).toEqual({ removed: 2 })
    expect(await readChain(bench.store.db, removalId)).toContainEqual(
      expect.objectContaining({ action: 'removal.recovered', actorId: 'untag', details: '{"canary": "passed"}' }),
    )
  })
})
