import { sql } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { dialects } from '../store/testing.ts'
import { moveRemoval } from './control.ts'
import { executeItem } from './execute.ts'
import { claimItems } from './items.ts'
import { claimProofs } from './proofs.ts'
import { proveItem } from './prove.ts'
import { readRemoval } from './read-removal.ts'
import { runLane } from './run-lane.ts'
import { onThreeSecrets, request, withHook, withOutcome } from './testing.ts'

describe.each(dialects)('on %s', (dialect) => {
  const stage = onThreeSecrets(dialect)

  test('expired credentials pause the removal without failing an item; renewed, it ends', async () => {
    const { removalId } = await stage.bench.start(request(stage.arns, 'team', 'owner'))
    await stage.bench.sandbox.expireCredentials()
    await stage.bench.drainWithoutWaiting()
    expect(await withOutcome(stage.bench, removalId)).toEqual({ pending: 6 })
    expect(await readRemoval(stage.bench.store, stage.bench.scope, removalId)).toMatchObject({
      state: 'paused',
      pauseReason: 'credentials',
    })
    await stage.bench.sandbox.renewCredentials()
    await moveRemoval(stage.bench.ports, { removalId, move: 'resume' })
    await stage.bench.drainWithoutWaiting()
    expect(await withOutcome(stage.bench, removalId)).toEqual({ removed: 6 })
  })

  test('credentials that end while proofs are read pause the removal; renewed, the proofs have their full time', async () => {
    const { removalId } = await stage.bench.start(request(stage.arns.slice(0, 1), 'team'))
    for (const item of await claimItems(stage.bench.store, stage.lane, 1)) await executeItem(stage.bench.ports, item)
    await stage.bench.sandbox.expireCredentials()
    await stage.bench.store.db.execute(sql`update items set prove_until = now() - interval '1 h'`)
    for (const item of await claimProofs(stage.bench.store, stage.lane, 1)) await proveItem(stage.bench.ports, item)
    expect(await withOutcome(stage.bench, removalId)).toEqual({ settling: 1 })
    expect(await readRemoval(stage.bench.store, stage.bench.scope, removalId)).toMatchObject({
      pauseReason: 'credentials',
    })
    await stage.bench.sandbox.renewCredentials()
    await moveRemoval(stage.bench.ports, { removalId, move: 'resume' })
    const { rows } = await stage.bench.store.db.execute(sql`select prove_until > now() as "inTime" from items`)
    expect(rows).toEqual([{ inTime: true }])
    await stage.bench.drainWithoutWaiting()
    expect(await withOutcome(stage.bench, removalId)).toEqual({ removed: 1 })
  })

  test('without credentials even a removal whose operator has paused it says so, and its lane ends', async () => {
    const { removalId } = await stage.bench.start(request(stage.arns.slice(0, 1), 'team'))
    for (const item of await claimItems(stage.bench.store, stage.lane, 1)) await executeItem(stage.bench.ports, item)
    await moveRemoval(stage.bench.ports, { removalId, move: 'pause' })
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, undefined)
    stage.bench.aws.forget()
    await stage.bench.drain()
    vi.unstubAllEnvs()
    stage.bench.aws.forget()
    expect(await readRemoval(stage.bench.store, stage.bench.scope, removalId)).toMatchObject({
      state: 'paused',
      pauseReason: 'credentials',
    })
  })

  test('an identity that comes up while a lane works sends nothing, not even of what was claimed already', async () => {
    const keys = Array.from({ length: 9 }, () => ({ type: 'key' as const, tags: { team: 'pay' } }))
    const reset = await stage.bench.sandbox.reset({ exactly: keys })
    const { removalId } = await stage.bench.start(request(reset.arns, 'team'))
    const other = await stage.bench.sandbox.issueCredentials({ user: 'grace' })
    const store = withHook(stage.bench.store, async (query) => {
      if (!query.includes("state = 'claimed', fence = fence + 1")) return
      vi.stubEnv('AWS_ACCESS_KEY_ID', other.accessKeyId)
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', other.secretAccessKey)
      vi.stubEnv('AWS_SESSION_TOKEN', undefined)
      stage.bench.aws.forget()
    })
    await runLane({ ...stage.bench.ports, store }, stage.lane.replace('secret', 'key'), new AbortController().signal)
    vi.unstubAllEnvs()
    stage.bench.aws.forget()
    const removal = await readRemoval(stage.bench.store, stage.bench.scope, removalId)
    expect(removal.pauseReason).toBe('otherIdentity')
    expect(removal.items.pending).toBe(keys.length)
    expect(await stage.bench.sandbox.calls({ operation: 'kms:UntagResource' })).toEqual([])
  })

  test('another identity does not go on with a removal', async () => {
    const { removalId } = await stage.bench.start(request(stage.arns, 'team'))
    await stage.bench.store.db.execute(sql`update removals set scope = '111122223333:AROASOMEBODYELSE'`)
    await stage.bench.drainWithoutWaiting()
    const { rows } = await stage.bench.store.db.execute(
      sql`select state, pause_reason from removals where id = ${removalId}`,
    )
    expect(rows).toEqual([{ state: 'paused', pause_reason: 'otherIdentity' }])
    expect(await stage.bench.sandbox.calls({ operation: 'secretsmanager:UntagResource' })).toEqual([])
  })
})
