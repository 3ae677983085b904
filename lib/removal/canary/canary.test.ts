import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { withoutPace } from '../../aws/testing.ts'
import type { CanaryState } from '../../canary.ts'
import { readImpact } from '../../impact/read-impact.ts'
import { policyOf, TEST_ACCOUNT } from '../../principals/testing.ts'
import { tagOperator } from '../../sandbox/seed/standard-principals.ts'
import type { ResetChange } from '../../sandbox/settings.ts'
import { dialects } from '../../store/testing.ts'
import { moveRemoval } from '../control.ts'
import { enqueueRemoval } from '../enqueue.ts'
import { executeItem } from '../execute.ts'
import { claimItems } from '../items.ts'
import { readRemoval } from '../read-removal.ts'
import { startRemoval } from '../start.ts'
import { type Bench, openBench, request, withOutcome } from '../testing.ts'
import { answerCanary } from './answer.ts'
import { offerCanary } from './choose.ts'
import { runCanary } from './run.ts'

withoutPace()

type Resource = NonNullable<ResetChange['exactly']>[number]
const secret = (name: string, tags: Record<string, string> = { team: 'pay' }): Resource => ({
  type: 'secret',
  name,
  tags,
})
const key = (alias: string): Resource => ({ type: 'key', alias: `alias/${alias}`, tags: { team: 'pay' } })
const untagKey = 'kms:UntagResource'
const untagSecret = 'secretsmanager:UntagResource'

function onBench(dialect: (typeof dialects)[number]) {
  const stage = {} as { bench: Bench; arns: readonly string[] }
  beforeAll(async () => {
    stage.bench = await openBench(dialect)
  })
  afterAll(() => stage.bench.close())
  beforeEach(async () => {
    vi.unstubAllEnvs()
    stage.bench.forget()
    await stage.bench.store.db.execute(sql`truncate removals, plans, principal_readings cascade`)
  })
  const account = async (...exactly: Resource[]) => {
    stage.arns = (await stage.bench.sandbox.reset({ exactly, authorizationLagMs: 0 })).arns
  }
  const reviewed = async (...keys: string[]) => {
    const planId = await stage.bench.prepare(request(stage.arns, ...keys))
    return { ...(await stage.bench.reviewed(planId)), canary: true }
  }
  return {
    stage,
    account,
    reviewed,
    start: async (...keys: string[]) => stage.bench.startPrepared(await reviewed(...keys)),
    read: (removalId: string) => readRemoval(stage.bench.store, stage.bench.scope, removalId),
    tags: () => Promise.all(stage.arns.map((arn) => stage.bench.sandbox.tagsOf(arn))),
    overDue: () =>
      stage.bench.store.db.execute(sql`update removals set canary_wait_until = now() where canary_wait_until > now()`),
  }
}

describe.each(dialects)('on %s', (dialect) => {
  const { stage, account, start, read, tags } = onBench(dialect)
  const [before, after] = [{ team: 'pay' }, {}]

  test('one goes first and is proved; somebody is asked before anything else is touched, and then the rest goes', async () => {
    await account(secret('a'), secret('b'), secret('c'))
    const { bench } = stage
    const removalId = await start('team')
    await bench.drainWithoutWaiting()
    expect(await tags()).toEqual([after, before, before])
    const asked = await read(removalId)
    expect(asked).toMatchObject({ state: 'running', secondsLeft: null })
    expect(asked.canary).toMatchObject({ state: 'asking', resources: 1, unsettled: 0, rest: 2, waitUntil: null })
    expect(asked.canary?.checks.map(({ action, result }) => `${action} ${result}`)).toContain(
      'secretsmanager:DescribeSecret holds',
    )
    await answerCanary(bench.ports, { removalId, answer: 'fine' })
    await bench.drainWithoutWaiting()
    expect(await tags()).toEqual([after, after, after])
    expect(await read(removalId)).toMatchObject({
      ...{ state: 'settled', putBackBy: [] },
      canary: { state: 'passed', answeredBy: bench.identity.arn, failure: null, putBack: null },
    })
    expect(await bench.sandbox.calls({ operation: untagSecret })).toHaveLength(3)
  })

  test('when something broke, what went first is put back at once and the rest is never touched', async () => {
    await account(secret('a'), secret('b'), secret('c'))
    const { bench } = stage
    const removalId = await start('team')
    await bench.drainWithoutWaiting()
    const answer = 'broke'
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, () => answerCanary(bench.ports, { removalId, answer })),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const failed = await read(removalId)
    // It is being put back.
    expect(failed.leftToReverse).toBe(0)
    expect(failed).toMatchObject({
      ...{ state: 'settled', cancelled: false },
      canary: { state: 'failed', failure: 'answer', answeredBy: bench.identity.arn, answers: [] },
    })
    expect(failed.moves).toContainEqual({ move: 'retryFailed', disabledReason: expect.stringMatching(/canary/) })
    expect(failed.putBackBy.map(({ id }) => id)).toEqual([failed.canary?.putBack])
    await expect(moveRemoval(bench.ports, { removalId, move: 'retryFailed' })).rejects.toMatchObject({
      ...{ code: 'wrongState', message: expect.stringMatching(/canary/) },
    })
    await bench.drainWithoutWaiting()
    expect(await tags()).toEqual([before, before, before])
    expect(await withOutcome(bench, removalId)).toEqual({ removed: 1, cancelled: 2 })
    const putBack = failed.canary?.putBack ?? ''
    expect(await read(putBack)).toMatchObject({
      direction: 'putBack',
      state: 'settled',
      reverses: removalId,
      canary: null,
    })
    expect(await withOutcome(bench, putBack)).toEqual({ restored: 1 })
    expect(await read(removalId)).toMatchObject({ leftToReverse: 0 })
    const { rows } = await bench.store.db.execute(sql`select action, actor_id from audit_events
      where chain = ${removalId} and action like 'canary.%' order by seq`)
    expect(rows.map(({ action, actor_id: by }) => `${action} ${by}`)).toEqual([
      ...['canary.begun untag', 'canary.checked untag', 'canary.asked untag'],
      `canary.failed ${bench.by.id}`,
    ])
    expect(await bench.sandbox.calls({ operation: untagSecret })).toHaveLength(1)
  })
})

describe('keys', () => {
  const { stage, account, start, read, tags, overDue } = onBench('pglite')
  const team = { team: 'pay' }

  test('KMS is waited for, and then asked again', async () => {
    await account(key('a'), key('b'))
    const removalId = await start('team')
    await stage.bench.stopAt(removalId, 'waiting')
    const { canary } = await read(removalId)
    expect(canary?.waitMs).toBeGreaterThan(290_000)
    expect(canary?.waitMs).toBeLessThanOrEqual(300_000)
    expect(canary?.answers).toEqual(['broke'])
    await overDue()
    await enqueueRemoval(stage.bench.ports)
    await stage.bench.drainWithoutWaiting()
    expect((await read(removalId)).canary).toMatchObject({ state: 'asking', waitMs: 0, answers: ['fine', 'broke'] })
    const dryRuns = (await stage.bench.sandbox.calls({ operation: 'kms:Decrypt' })).length
    expect(dryRuns).toBe(2)
  })

  test('access that is lost although nobody foretold it stops everything and puts back', async () => {
    await account(key('a'), key('b'))
    const { bench, arns } = stage
    const removalId = await start('team')
    await bench.stopAt(removalId, 'waiting')
    await bench.sandbox.settings({ denied: [{ action: 'kms:DescribeKey' }] })
    await overDue()
    await enqueueRemoval(bench.ports)
    await bench.drainWithoutWaiting()
    const { canary } = await read(removalId)
    expect(canary).toMatchObject({ state: 'failed', failure: 'check', answeredBy: null })
    expect(canary?.checks[0]).toMatchObject({
      ...{ action: 'kms:DescribeKey', result: 'lost', resources: 1 },
      named: [{ arn: arns[0], message: expect.stringMatching(/denied|not authorized/i) }],
    })
    expect(await tags()).toEqual([team, team])
    expect(await withOutcome(bench, removalId)).toEqual({ removed: 1, cancelled: 1 })
  })

  test('the put-back of a canary is worked off although it could not be enqueued when that failed', async () => {
    await account(key('a'), key('b'))
    const { bench } = stage
    const removalId = await start('team')
    await bench.stopAt(removalId, 'waiting')
    await bench.sandbox.settings({ denied: [{ action: 'kms:DescribeKey' }] })
    await overDue()
    const enqueue = async () => {
      if ((await read(removalId)).canary?.state === 'failed') throw new Error('Connection terminated unexpectedly')
    }
    const { signal } = new AbortController()
    const cut = { ...bench.ports, queue: { ...bench.queue, enqueue } }
    await expect(runCanary(cut, removalId, signal)).rejects.toThrow('Connection terminated')
    // The job is tried again.
    await runCanary(bench.ports, removalId, signal)
    await bench.drainWithoutWaiting()
    expect((await read(removalId)).canary).toMatchObject({ state: 'failed', failure: 'check' })
    expect(await tags()).toEqual([team, team])
  })

  test('a call that AWS does not answer is told, and left to whoever is asked', async () => {
    await account(key('a'), key('b'))
    const { bench } = stage
    const removalId = await start('team')
    await bench.stopAt(removalId, 'waiting')
    await bench.sandbox.faults({ operation: 'kms:DescribeKey', kind: 'serverError' })
    await overDue()
    await enqueueRemoval(bench.ports)
    await bench.drainWithoutWaiting()
    const { canary } = await read(removalId)
    expect(canary).toMatchObject({ state: 'asking' })
    expect(canary?.checks[0]).toMatchObject({ action: 'kms:DescribeKey', result: 'unanswered' })
  })

  test('access that the review said would be lost is no failure', async () => {
    const unlessTagged = { Condition: { Null: { 'aws:ResourceTag/team': 'true' } } }
    const Lose = policyOf({ Effect: 'Deny', Action: 'kms:GetKeyPolicy', Resource: '*', ...unlessTagged })
    const { bench } = stage
    const principals = [tagOperator(TEST_ACCOUNT, { Lose })]
    stage.arns = (await bench.sandbox.reset({ exactly: [key('a'), key('b')], authorizationLagMs: 0, principals })).arns
    vi.stubEnv('UNTAG_CANARY_WAIT', '0')
    const removalId = await start('team')
    await bench.drainWithoutWaiting()
    const { canary } = await read(removalId)
    expect(canary).toMatchObject({ state: 'asking' })
    expect(canary?.checks[0]).toMatchObject({ action: 'kms:GetKeyPolicy', result: 'foretold' })
  })

  test('that something broke is heard while KMS is still waited for', async () => {
    await account(key('a'), key('b'))
    const { bench } = stage
    const removalId = await start('team')
    await bench.stopAt(removalId, 'waiting')
    await answerCanary(bench.ports, { removalId, answer: 'broke' })
    await bench.drainWithoutWaiting()
    expect(await tags()).toEqual([team, team])
    expect((await read(removalId)).canary).toMatchObject({ state: 'failed', failure: 'answer' })
  })

  describe('that something broke while tags are on their way', () => {
    const lane = () => `${stage.bench.identity.account}/eu-central-1/key`
    const claimed = () => claimItems(stage.bench.store, lane(), 9)
    const broke = (removalId: string) => answerCanary(stage.bench.ports, { removalId, answer: 'broke' })
    const onTheWay = async () => {
      await account(key('a'), key('b'))
      const removalId = await start('team')
      await stage.bench.stopAt(removalId, 'changing')
      return removalId
    }

    test('what was sent is proved, and then put back; a cancel does not come in between', async () => {
      const removalId = await onTheWay()
      const { bench } = stage
      for (const item of await claimed()) await executeItem(bench.ports, item)
      await broke(removalId)
      await expect(broke(removalId)).rejects.toMatchObject({ code: 'wrongState' })
      const stopping = await read(removalId)
      expect(stopping).toMatchObject({ state: 'running', canary: { state: 'stopping', unsettled: 1, answers: [] } })
      expect(stopping.moves).toContainEqual({ move: 'cancel', disabledReason: expect.stringMatching(/is put back/) })
      await expect(moveRemoval(bench.ports, { removalId, move: 'cancel' })).rejects.toMatchObject({
        ...{ code: 'wrongState', message: expect.stringMatching(/is put back/) },
      })
      expect(await tags()).toEqual([{}, team])
      await bench.drainWithoutWaiting()
      expect(await tags()).toEqual([team, team])
      const failed = await read(removalId)
      expect(failed).toMatchObject({
        ...{ state: 'settled', cancelled: false },
        canary: { state: 'failed', failure: 'answer', answeredBy: bench.identity.arn },
      })
      expect(await withOutcome(bench, removalId)).toEqual({ removed: 1, cancelled: 1 })
      expect(await withOutcome(bench, failed.canary?.putBack ?? '')).toEqual({ restored: 1 })
      const { rows } = await bench.store.db.execute(sql`select action, actor_id from audit_events
        where chain = ${removalId} and action in ('canary.stopped', 'canary.failed') order by seq`)
      expect(rows).toEqual([
        { action: 'canary.stopped', actor_id: bench.by.id },
        { action: 'canary.failed', actor_id: 'untag' },
      ])
    })

    test('what was only claimed is not sent any more', async () => {
      const removalId = await onTheWay()
      const items = await claimed()
      expect(items).toHaveLength(1)
      await broke(removalId)
      for (const item of items) await executeItem(stage.bench.ports, item)
      await stage.bench.drainWithoutWaiting()
      expect(await stage.bench.sandbox.calls({ operation: untagKey })).toEqual([])
      expect((await read(removalId)).canary).toMatchObject({ state: 'failed', failure: 'answer', putBack: null })
      expect(await withOutcome(stage.bench, removalId)).toEqual({ cancelled: 2 })
    })

    test('a removal that somebody had paused goes on for it, after a restart too', async () => {
      const removalId = await onTheWay()
      const { bench } = stage
      for (const item of await claimed()) await executeItem(bench.ports, item)
      await moveRemoval(bench.ports, { removalId, move: 'pause' })
      await broke(removalId)
      bench.forget()
      await enqueueRemoval(bench.ports)
      await bench.drainWithoutWaiting()
      expect(await tags()).toEqual([team, team])
      expect(await read(removalId)).toMatchObject({ state: 'settled', canary: { state: 'failed', failure: 'answer' } })
    })
  })

  const comesTo = async (removalId: string, state: CanaryState) => {
    if (state === 'preparing') return
    await stage.bench.stopAt(removalId, state === 'checking' ? 'waiting' : state)
    // As it is left by a process that dies right after it has written so.
    if (state === 'checking') await stage.bench.store.db.execute(sql`update removals set canary = 'checking'`)
  }
  /** To the question, with the time that KMS takes gone by as soon as it is waited for. */
  const goOn = async (removalId: string) => {
    await enqueueRemoval(stage.bench.ports)
    const { canary } = await read(removalId)
    if (canary?.state === 'preparing' || canary?.state === 'changing') await stage.bench.stopAt(removalId, 'waiting')
    await overDue()
    await enqueueRemoval(stage.bench.ports)
    await stage.bench.drainWithoutWaiting()
  }

  test.each<CanaryState>(['preparing', 'changing', 'waiting', 'checking'])(
    'stopped while %s, it goes on at the next start; paused it waits for being resumed',
    async (state) => {
      await account(key('a'), key('b'))
      const { bench } = stage
      const removalId = await start('team')
      await comesTo(removalId, state)
      await moveRemoval(bench.ports, { removalId, move: 'pause' })
      const paused = (await read(removalId)).canary?.state
      await overDue()
      await enqueueRemoval(bench.ports)
      await bench.drainWithoutWaiting()
      expect((await read(removalId)).canary?.state).toBe(paused)
      await moveRemoval(bench.ports, { removalId, move: 'resume' })
      await goOn(removalId)
      expect(await read(removalId)).toMatchObject({ state: 'running', canary: { state: 'asking' } })
      expect(await tags()).toEqual([{}, team])
      expect(await bench.sandbox.calls({ operation: untagKey })).toHaveLength(1)
    },
  )

  test.each<CanaryState>(['preparing', 'changing', 'waiting', 'checking', 'asking'])(
    'cancelled while %s, the rest is never touched, and what went first stays as it is',
    async (state) => {
      await account(key('a'), key('b'))
      const { bench } = stage
      vi.stubEnv('UNTAG_CANARY_WAIT', state === 'asking' ? '0' : '300')
      const removalId = await start('team')
      await comesTo(removalId, state)
      await moveRemoval(bench.ports, { removalId, move: 'cancel' })
      await bench.drainWithoutWaiting()
      const cancelled = await read(removalId)
      expect(cancelled).toMatchObject({
        state: 'settled',
        cancelled: true,
        putBackBy: [],
        canary: { state: 'cancelled' },
      })
      const sent = await bench.sandbox.calls({ operation: untagKey })
      expect(await tags()).toEqual([sent.length === 0 ? team : {}, team])
      for (const answer of ['fine', 'broke'] as const) {
        await expect(answerCanary(bench.ports, { removalId, answer })).rejects.toMatchObject({ code: 'wrongState' })
      }
      await expect(moveRemoval(bench.ports, { removalId, move: 'retryFailed' })).rejects.toMatchObject({
        code: 'wrongState',
      })
    },
  )

  test('credentials that end while AWS is asked pause it; renewed and resumed, it goes on', async () => {
    await account(key('a'), key('b'))
    const { bench } = stage
    const removalId = await start('team')
    await comesTo(removalId, 'checking')
    await bench.sandbox.expireCredentials()
    await enqueueRemoval(bench.ports)
    await bench.drainWithoutWaiting()
    expect(await read(removalId)).toMatchObject({
      ...{ state: 'paused', pauseReason: 'credentials', canary: { state: 'checking' } },
    })
    await bench.sandbox.renewCredentials()
    await moveRemoval(bench.ports, { removalId, move: 'resume' })
    await bench.drainWithoutWaiting()
    expect((await read(removalId)).canary?.state).toBe('asking')
  })
})

describe('what goes first', () => {
  const { stage, account, start, reviewed, read, tags } = onBench('pglite')
  const { team, owner } = { team: { team: 'pay' }, owner: { owner: 'ada' } }

  test('one that is refused fails the canary: the others are put back, and nothing else goes', async () => {
    await account(secret('a', team), secret('b', owner), secret('c', team))
    const { bench, arns } = stage
    const removalId = await start('team', 'owner')
    await bench.sandbox.settings({ denied: [{ action: untagSecret, resource: arns[1] ?? '' }] })
    await bench.drainWithoutWaiting()
    expect(await read(removalId)).toMatchObject({ state: 'settled', canary: { state: 'failed', failure: 'outcome' } })
    expect(await tags()).toEqual([team, owner, team])
    const outcomes = await withOutcome(bench, removalId)
    expect(outcomes).toMatchObject({ denied: 1, cancelled: expect.any(Number) })
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(3)
  })

  test('what was gone already tried nothing out, which is no leave for the rest', async () => {
    await account(secret('a'), secret('b'))
    const { bench, arns } = stage
    const removalId = await start('team')
    await bench.sandbox.deleteTag(arns[0] ?? '', 'team')
    await bench.drainWithoutWaiting()
    expect((await read(removalId)).canary).toMatchObject({ state: 'failed', failure: 'nothingTried', putBack: null })
    expect(await withOutcome(bench, removalId)).toEqual({ alreadyAbsent: 1, cancelled: 1 })
  })

  test('where nothing had been changed, nothing is put back', async () => {
    await account(secret('a'), secret('b'))
    const { bench } = stage
    const removalId = await start('team')
    await bench.sandbox.settings({ denied: [{ action: untagSecret }] })
    await bench.drainWithoutWaiting()
    expect(await read(removalId)).toMatchObject({
      ...{ state: 'settled', putBackBy: [], canary: { state: 'failed', failure: 'outcome', putBack: null } },
    })
    expect(await withOutcome(bench, removalId)).toEqual({ denied: 1, cancelled: 1 })
  })

  test('everything may; then it is over with the answer, and not before', async () => {
    await account(secret('a', team), secret('b', owner))
    const { bench } = stage
    const removalId = await start('team', 'owner')
    await bench.drainWithoutWaiting()
    expect(await read(removalId)).toMatchObject({
      state: 'running',
      canary: { state: 'asking', resources: 2, rest: 0 },
    })
    await answerCanary(bench.ports, { removalId, answer: 'fine' })
    expect(await read(removalId)).toMatchObject({ state: 'settled', canary: { state: 'passed' } })
  })

  test('a put-back goes at once, whatever is asked for', async () => {
    await account(secret('a'), secret('b'))
    const { bench } = stage
    const { removalId } = await bench.start(request(stage.arns, 'team'))
    await bench.drainWithoutWaiting()
    const putBack = await bench.putBack(removalId)
    expect((await read(putBack.removalId)).canary).toBeNull()
  })

  test('nothing does of which it is not sure that it could be put back; that is said beforehand', async () => {
    const role = 'arn:aws:iam::111122223333:role/TagOperator'
    const deny = { Effect: 'Deny', Principal: { AWS: role }, Action: 'secretsmanager:TagResource', Resource: '*' }
    const policy = { Version: '2012-10-17', Statement: [deny] }
    await account({ type: 'secret', name: 'a', tags: team, policy }, secret('b'), secret('c'))
    const { bench } = stage
    const offerOf = (input: Awaited<ReturnType<typeof reviewed>>) =>
      offerCanary(bench.store, bench.scope, { planId: input.planId, impactId: input.reviewedImpactId })
    expect(await offerOf(await reviewed('team'))).toEqual({
      ...{ first: 1, resources: 3, classes: 2, unfit: 1, beyond: 0, waitSeconds: 0 },
    })
    stage.arns = stage.arns.slice(0, 1)
    const input = await reviewed('team')
    expect(await offerOf(input)).toMatchObject({ first: 0, classes: 1, unfit: 1 })
    await startRemoval(bench.ports, input)
    await bench.analyse()
    const { start: refused } = await readImpact(bench.store, bench.scope, input.planId)
    expect(refused).toMatchObject({ state: 'failed', problem: { code: 'wrongState' } })
    expect(await tags()).toEqual([team])
  })

  test.each([key('a'), secret('a')])(
    'nor does a $type whose tags could not be read any more: what cannot be read is not put back',
    async (only) => {
      const unlessTagged = { Condition: { Null: { 'aws:ResourceTag/team': 'true' } } }
      const Action = ['kms:ListResourceTags', 'secretsmanager:DescribeSecret']
      const Lose = policyOf({ Effect: 'Deny', Action, Resource: '*', ...unlessTagged })
      const principals = [tagOperator(TEST_ACCOUNT, { Lose })]
      const { bench } = stage
      stage.arns = (await bench.sandbox.reset({ exactly: [only], authorizationLagMs: 0, principals })).arns
      const input = await reviewed('team')
      const ref = { planId: input.planId, impactId: input.reviewedImpactId }
      expect(await offerCanary(bench.store, bench.scope, ref)).toMatchObject({ first: 0, classes: 1, unfit: 1 })
    },
  )
})
