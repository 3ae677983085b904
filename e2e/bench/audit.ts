import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import pLimit from 'p-limit'
import { finishClaim } from '#lib/removal/finish-claim.ts'
import { claimItems, settleRemovals } from '#lib/removal/items.ts'
import { maySend } from '#lib/removal/may-send.ts'
import { claimProofs, recordProof } from '#lib/removal/proofs.ts'
import { openStore } from '#lib/store/open.ts'
import { rowsOf } from '#lib/store/rows-of.ts'
import { auditEvents, removals } from '#lib/store/schema.ts'
import type { Store } from '#lib/store/store.ts'
import { type Dialect, dialects, openTestStore, startTestServer } from '#lib/store/testing.ts'
import { type Measure, percentile, printMeasures } from './print.ts'

// As a removal over every Region: a lane each for keys and secrets.
const LANES = 34
const ITEMS_PER_LANE = 200
const TAG_KEYS = ['Owner']
// What one lane of a removal has under way at most: see lib/removal/run-lane.ts.
const WRITES_AT_ONCE = 32
const PROOFS_AT_ONCE = 16

const laneOf = (n: number) => `111122223333/region-${n % (LANES / 2)}/${n < LANES / 2 ? 'key' : 'secret'}`

/** A removal that was just started, of as many items as all lanes together have. */
async function begin(store: Store): Promise<string> {
  const values = {
    planId: crypto.randomUUID(),
    scope: '111122223333:AROABENCH',
    direction: 'remove' as const,
    share: 1,
  }
  const rest = { acknowledgements: [], planDigest: '', impactDigest: '', startedBy: 'bench', valueSalt: 'salt' }
  const [removal] = await store.db
    .insert(removals)
    .values({ ...values, ...rest })
    .returning()
  const lanes = JSON.stringify(Array.from({ length: LANES }, (_, n) => laneOf(n)))
  await store.db.execute(sql`
    with added as (
      insert into items (removal_id, arn, type, region, name, lane)
      select ${removal?.id}, 'arn:aws:kms:' || split_part(lane, '/', 2) || ':111122223333:key/' || gen_random_uuid(),
        split_part(lane, '/', 3), split_part(lane, '/', 2), 'item-' || n, lane
      from jsonb_array_elements_text(${lanes}::jsonb) lane, generate_series(1, ${ITEMS_PER_LANE}) n returning id)
    insert into item_tags (item_id, key, value)
    select added.id, key, 'ada' from added, jsonb_array_elements_text(${JSON.stringify(TAG_KEYS)}::jsonb) key`)
  return removal?.id ?? ''
}

/** Everything that a lane writes down for its items, with no call to AWS in between; how long each item took. */
async function workOff(store: Store, lane: string, tookMs: number[]): Promise<void> {
  const writing = pLimit(WRITES_AT_ONCE)
  for (;;) {
    const items = await claimItems(store, lane, 2 * WRITES_AT_ONCE)
    if (items.length === 0) break
    const write = items.map((item) =>
      writing(async () => {
        const before = performance.now()
        await maySend(store, item, { tags: item.tags, accessKeyId: 'ASIABENCH' })
        tookMs.push(performance.now() - before)
        const outcomes = item.tags.map(({ key }) => ({
          key,
          outcome: 'settling' as const,
          requestId: crypto.randomUUID(),
        }))
        await finishClaim(store, item, outcomes)
      }),
    )
    await Promise.all(write)
  }
  const proving = pLimit(PROOFS_AT_ONCE)
  for (;;) {
    const items = await claimProofs(store, lane, PROOFS_AT_ONCE)
    if (items.length === 0) break
    const prove = items.map((item) =>
      proving(() =>
        recordProof(
          store,
          item,
          item.tags.map(({ key }) => ({ key, outcome: 'removed' as const, clean: true })),
          0,
        ),
      ),
    )
    await Promise.all(prove)
  }
}

async function measure(dialect: Dialect, store: Store): Promise<Measure[]> {
  await begin(store)
  const before = await store.db.$count(auditEvents)
  const startedAt = performance.now()
  const cpuBefore = process.cpuUsage()
  const tookMs: number[] = []
  await Promise.all(Array.from({ length: LANES }, (_, n) => workOff(store, laneOf(n), tookMs)))
  const seconds = (performance.now() - startedAt) / 1000
  const { user, system } = process.cpuUsage(cpuBefore)
  await settleRemovals(store)
  const events = (await store.db.$count(auditEvents)) - before
  const [left] = await rowsOf<{ left: number }>(
    store,
    sql`select count(*)::int as left from items where state <> 'settled'`,
  )
  if (left?.left !== 0) throw new Error(`${left?.left} items have not settled`)
  const named = (metric: string) => `${metric}.${dialect}`
  return [
    { metric: named('eventsPerSecond'), value: events / seconds, unit: '/s', goal: 'at least 2000' },
    { metric: named('itemsPerSecond'), value: (LANES * ITEMS_PER_LANE) / seconds, unit: '/s' },
    // Of this process, in which the embedded database runs; tells on a busy machine what it would do on an idle one.
    { metric: named('eventsPerCpuSecond'), value: events / ((user + system) / 1e6), unit: '/s' },
    { metric: named('beforeTheCallP95'), value: percentile(tookMs, 0.95), unit: 'ms' },
  ]
}

const measures: Measure[] = []
const stopServer = await startTestServer()
const dataFolder = mkdtempSync(join(tmpdir(), 'untag-bench-'))
for (const dialect of dialects) {
  const store = dialect === 'pglite' ? await openStore({ dataFolder }) : await openTestStore(dialect)
  measures.push(...(await measure(dialect, store)))
  await store.close()
}
await stopServer()
printMeasures('audit', measures)
rmSync(dataFolder, { recursive: true })
rmSync(`${dataFolder}.lock`, { force: true })
