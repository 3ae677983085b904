import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { readChain } from '../audit/testing.ts'
import { dialects } from '../store/testing.ts'
import { readComparison, requestComparison, runComparison } from './compare-trail.ts'
import { onThreeSecrets, request } from './testing.ts'

describe.each(dialects)('on %s', (dialect) => {
  const stage = onThreeSecrets(dialect)

  const compared = async (removalId: string) => {
    const { bench } = stage
    await requestComparison(bench.ports, removalId)
    await runComparison(bench.ports, removalId, new AbortController().signal)
    return readComparison(bench.store, bench.scope, removalId)
  }

  test('what AWS recorded is what the log tells, a refused call and a lost reply too', async () => {
    const { bench, arns } = stage
    await bench.sandbox.faults({
      operation: 'secretsmanager:UntagResource',
      resource: arns[0] ?? '',
      kind: 'lostReply',
      count: 1,
    })
    const denied = { resource: arns[1] ?? '', action: 'secretsmanager:UntagResource', layer: 'identityPolicy' as const }
    const { removalId } = await bench.start(request(arns, 'team'))
    await bench.sandbox.settings({ denied: [denied] })
    await bench.drainWithoutWaiting()
    await bench.sandbox.settings({ denied: [] })
    const calls = await bench.sandbox.calls({ operation: 'secretsmanager:UntagResource' })
    const lost = calls.find(({ resource }) => resource === arns[0])
    expect(await compared(removalId)).toMatchObject({
      state: 'done',
      findings: {
        sent: 3,
        matched: 2,
        counts: { notInTrail: 0, unanswered: 0, replyLost: 1, notInLog: 0 },
        differences: [{ kind: 'replyLost', resource: arns[0], requestId: lost?.requestId, errorCode: null }],
      },
    })
    const told = (await readChain(bench.store.db, removalId)).at(-1)
    expect(told).toMatchObject({ action: 'trail.compared', actorName: bench.identity.arn })
  })

  test('a call that AWS throttled or failed to do is one that it answered, and so is each for several tag keys that it refused', async () => {
    const { bench, arns } = stage
    const operation = 'secretsmanager:UntagResource'
    const { removalId } = await bench.start(request(arns, 'team', 'owner'))
    await bench.sandbox.settings({ denied: [{ resource: arns[2] ?? '', action: operation, layer: 'identityPolicy' }] })
    await bench.sandbox.faults(
      { operation, resource: arns[0] ?? '', kind: 'throttle', count: 2 },
      { operation, resource: arns[1] ?? '', kind: 'serverError', count: 1 },
    )
    await bench.drainWithoutWaiting()
    await bench.sandbox.settings({ denied: [] })
    const calls = await bench.sandbox.calls({ operation })
    const onEach = arns.map((arn) => calls.filter(({ resource }) => resource === arn).length)
    expect(onEach).toEqual([3, 2, 3])
    expect(await compared(removalId)).toMatchObject({
      state: 'done',
      findings: { sent: 8, matched: 8, counts: { notInTrail: 0, unanswered: 0, replyLost: 0, notInLog: 0 } },
    })
    const failed = (await readChain(bench.store.db, removalId)).filter(({ action }) => action === 'call.failed')
    expect(failed.map(({ resource, tagKey }) => `${arns.indexOf(resource ?? '')} ${tagKey}`).sort()).toEqual([
      ...['0 owner', '0 owner', '0 team', '0 team', '1 owner', '1 team', '2 owner', '2 team'],
    ])
    for (const { details } of failed) expect(JSON.parse(details ?? '').problem.message).toContain(operation)
  })

  test('another removal with the same access key makes no difference; a call past the console does', async () => {
    const { bench, arns } = stage
    const one = await bench.start(request(arns.slice(0, 1), 'team'))
    const other = await bench.start(request(arns.slice(1, 2), 'team'))
    await bench.drainWithoutWaiting()
    expect(await compared(one.removalId)).toMatchObject({ findings: { sent: 1, matched: 1, counts: { notInLog: 0 } } })
    await bench.store.db.execute(sql`alter table audit_events disable trigger audit_events_append_only`)
    await bench.store.db.execute(sql`delete from audit_events where chain = ${other.removalId}`)
    await bench.store.db.execute(sql`alter table audit_events enable trigger audit_events_append_only`)
    expect(await compared(one.removalId)).toMatchObject({
      findings: { matched: 1, differences: [{ kind: 'notInLog', resource: arns[1] }] },
    })
  })

  test('without the permission it says which one is missing', async () => {
    const { bench, arns } = stage
    const { removalId } = await bench.start(request(arns.slice(0, 1), 'team'))
    await bench.drainWithoutWaiting()
    await bench.sandbox.settings({ denied: [{ action: 'cloudtrail:LookupEvents', layer: 'identityPolicy' }] })
    const refused = await compared(removalId)
    await bench.sandbox.settings({ denied: [] })
    expect(refused).toMatchObject({
      state: 'failed',
      problem: { code: 'denied', message: expect.stringContaining('cloudtrail:LookupEvents') },
    })
  })

  test('of a removal of somebody else nothing is told', async () => {
    await expect(readComparison(stage.bench.store, 'other', crypto.randomUUID())).rejects.toMatchObject({
      code: 'notFound',
    })
  })
})
