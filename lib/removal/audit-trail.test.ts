import { sql } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { hashEvent } from '../audit/hash-event.ts'
import { readChain } from '../audit/testing.ts'
import { hashValue } from '../audit/value-hash.ts'
import { consoleChain } from '../audit-event.ts'
import { withoutPace } from '../aws/testing.ts'
import { removals } from '../store/schema.ts'
import { dialects } from '../store/testing.ts'
import { moveRemoval } from './control.ts'
import { onThreeSecrets, request, withOutcome } from './testing.ts'

withoutPace()

describe.each(dialects)('the audit log on %s', (dialect) => {
  const stage = onThreeSecrets(dialect)

  test('tells of a removal who, what, and with which request of AWS', async () => {
    const { bench, arns } = stage
    const asked = { ...request(arns), tags: [{ key: 'team', onlyValues: ['pay'] }] }
    const { removalId } = await bench.start(asked)
    await moveRemoval(bench.ports, { removalId, move: 'pause' })
    await moveRemoval(bench.ports, { removalId, move: 'resume' })
    await bench.drainWithoutWaiting()
    const events = await readChain(bench.store.db, removalId)
    expect(events.map(hashEvent)).toEqual(events.map(({ hash }) => hash))
    const [removal] = await bench.store.db.select().from(removals)
    expect(events.slice(0, 3)).toMatchObject([
      { action: 'removal.started', actorId: bench.scope, actorName: bench.identity.arn, address: '127.0.0.1' },
      { action: 'removal.paused', actorName: bench.identity.arn },
      { action: 'removal.resumed', actorName: bench.identity.arn },
    ])
    expect(JSON.parse(events[0]?.details ?? '')).toMatchObject({ planDigest: removal?.planDigest })
    const calls = await bench.sandbox.calls({ operation: 'secretsmanager:UntagResource' })
    for (const resource of arns) {
      const call = calls.find((each) => each.resource === resource)
      expect(events.filter((event) => event.resource === resource)).toMatchObject([
        {
          action: 'call.sent',
          tagKey: 'team',
          valueHash: hashValue(removal?.valueSalt ?? '', 'pay'),
          accessKeyId: call?.accessKeyId,
        },
        { action: 'tag.outcome', tagKey: 'team', outcome: 'settling', requestId: call?.requestId },
        { action: 'tag.outcome', tagKey: 'team', outcome: 'removed' },
      ])
    }
    expect(events.at(-1)).toMatchObject({ action: 'removal.settled', actorName: 'Untag', details: '{"removed": 3}' })
    const whole = [...events, ...(await readChain(bench.store.db, consoleChain))]
    expect(whole.map(({ action }) => action)).toContain('plan.requested')
    expect(whole.filter((event) => /\bpay\b/.test(event.details ?? ''))).toEqual([])
  })

  test('has no event of what cannot be told of, and then no call is sent', async () => {
    const { bench, arns } = stage
    const { removalId } = await bench.start(request(arns, 'team'))
    const told = vi.spyOn(console, 'error').mockImplementation(() => {})
    await bench.store.db.execute(sql`alter function append_audit_events rename to closed`)
    await expect(bench.drain()).rejects.toThrow()
    expect(await bench.sandbox.calls({ operation: 'secretsmanager:UntagResource' })).toEqual([])
    await bench.store.db.execute(sql`alter function closed rename to append_audit_events`)
    told.mockRestore()
    expect(await withOutcome(bench, removalId)).toEqual({ pending: 3 })
  })

  test('tells of tags that were cancelled', async () => {
    const { bench, arns } = stage
    const { removalId } = await bench.start(request(arns, 'team', 'owner'))
    await moveRemoval(bench.ports, { removalId, move: 'cancel' })
    const events = await readChain(bench.store.db, removalId)
    expect(events.map(({ action, outcome }) => outcome ?? action)).toEqual([
      'removal.started',
      'removal.cancelled',
      ...Array(6).fill('cancelled'),
      'removal.settled',
    ])
  })
})
