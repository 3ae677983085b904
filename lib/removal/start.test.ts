import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { tagOperations } from '../aws/tag-operations.ts'
import { withoutPace } from '../aws/testing.ts'
import { readImpact } from '../impact/read-impact.ts'
import { runImpact } from '../impact/run.ts'
import { removals } from '../store/schema.ts'
import { dialects } from '../store/testing.ts'
import { analyseAgain } from './analyse-again.ts'
import { dropItems } from './drop.ts'
import { readJournal } from './journal.ts'
import { type StartInput, startRemoval } from './start.ts'
import { resumeStarts, startChecked } from './start-checked.ts'
import { onThreeSecrets, request, threeSecrets } from './testing.ts'

withoutPace()

/** May read a secret as long as it has its team. */
const reader = {
  type: 'role' as const,
  name: 'reader',
  policies: {
    Read: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'secretsmanager:GetSecretValue',
          Resource: '*',
          Condition: { StringEquals: { 'aws:ResourceTag/team': 'pay' } },
        },
      ],
    },
  },
}
const signal = new AbortController().signal
const fifty = (start: () => Promise<object>) => Promise.all(Array.from({ length: 50 }, start))

describe.each(dialects)('on %s', (dialect) => {
  const stage = onThreeSecrets(dialect)

  const reviewed = async () => stage.bench.reviewed(await stage.bench.prepare(request(stage.arns, 'team')))
  const review = (planId: string) => readImpact(stage.bench.store, stage.bench.scope, planId)
  const begun = async () => (await stage.bench.store.db.select().from(removals)).map(({ id }) => id)
  const changePolicies = () => stage.bench.sandbox.reset({ exactly: threeSecrets, principals: [reader] })

  test('start pressed 50 times at once makes one check and one removal', async () => {
    const { bench } = stage
    const input = await reviewed()
    const checks = await fifty(() => startRemoval(bench.ports, input))
    expect(checks).toEqual(Array(50).fill({ checking: expect.any(String) }))
    expect(new Set(checks.map((check) => JSON.stringify(check))).size).toBe(1)
    expect(bench.analyses.size).toBe(1)
    expect(await begun()).toEqual([])

    await bench.analyse()
    const [removalId] = await begun()
    expect(await fifty(() => startRemoval(bench.ports, input))).toEqual(Array(50).fill({ removalId }))
    expect(await begun()).toHaveLength(1)
    const { rows } = await bench.store.db.execute(sql`select count(*)::int as items from items`)
    expect(rows).toEqual([{ items: 3 }])
    expect((await review(input.planId)).start).toBeNull()
  })

  test('two checks that end at once make one removal', async () => {
    const { ports, analyses } = stage.bench
    await startRemoval(ports, await reviewed())
    const [check = ''] = analyses
    await runImpact(ports, check, signal)
    await Promise.all([startChecked(ports, check), startChecked(ports, check)])
    expect(await begun()).toHaveLength(1)
  })

  test.each<[string, Partial<StartInput>, string]>([
    ['another digest', { reviewedPlanDigest: '0'.repeat(64) }, 'stalePlan'],
    ['another analysis', { reviewedImpactId: '00000000-0000-4000-8000-000000000000' }, 'stalePlan'],
    ['what was not acknowledged', { acknowledgements: [] }, 'invalidInput'],
    ['another name than asked for', { acknowledgements: [{ kind: 'notRead', typed: 'a' }] }, 'invalidInput'],
    ['a plan of somebody else', { planId: '00000000-0000-4000-8000-000000000000' }, 'notFound'],
  ])('%s starts nothing', async (_, wrong, code) => {
    const input = { ...(await reviewed()), ...wrong }
    await expect(startRemoval(stage.bench.ports, input)).rejects.toMatchObject({ code })
    await stage.bench.analyse()
    expect(await begun()).toEqual([])
  })

  test('a plan that is not analysed yet cannot be started', async () => {
    const input = await reviewed()
    const { impactId } = await analyseAgain(stage.bench.ports, input)
    const unanalysed = startRemoval(stage.bench.ports, { ...input, reviewedImpactId: impactId })
    await expect(unanalysed).rejects.toMatchObject({ code: 'stalePlan' })
  })

  test('a plan whose stored rows were changed after it was sealed is refused, also while it is checked', async () => {
    const { ports, store } = stage.bench
    const input = await reviewed()
    await startRemoval(ports, input)
    await store.db.execute(sql`update plan_items set tags = '[{"key":"owner","value":"ada"}]' where name = 'a'`)
    await stage.bench.analyse()
    expect(await begun()).toEqual([])
    expect((await review(input.planId)).start).toMatchObject({ state: 'failed', problem: { code: 'stalePlan' } })
    await expect(startRemoval(ports, input)).rejects.toMatchObject({ code: 'stalePlan' })
  })

  test('what was acknowledged and both digests are part of the removal, in the store and in the journal', async () => {
    const { store } = stage.bench
    const input = await reviewed()
    const removalId = await stage.bench.startPrepared(input)
    const { rows } = await store.db.execute(sql`select digest from impacts where starting is not null`)
    const kept = {
      planDigest: input.reviewedPlanDigest,
      impactDigest: rows[0]?.digest,
      acknowledgements: [{ kind: 'notRead', typed: null }],
      startedBy: stage.bench.identity.arn,
    }
    const [removal] = await store.db.select().from(removals).where(eq(removals.id, removalId))
    expect(removal).toMatchObject(kept)
    if (store.journalFolder) expect(readJournal(store.journalFolder, removalId)?.removal).toMatchObject(kept)
  })

  test('what was dropped is not touched', async () => {
    const { ports, store, sandbox } = stage.bench
    const input = await reviewed()
    const [a = ''] = stage.arns
    const { digest } = await dropItems(ports, { ...input, drop: { by: 'arns', arns: [a] } })
    await expect(startRemoval(ports, input)).rejects.toMatchObject({ code: 'stalePlan' })
    await stage.bench.startPrepared({ ...input, reviewedPlanDigest: digest })
    const { rows } = await store.db.execute(sql`select name from items order by name`)
    expect(rows).toEqual([{ name: 'b' }, { name: 'c' }])
    await stage.bench.drainWithoutWaiting()
    expect(await sandbox.tagsOf(a)).toEqual({ team: 'pay', owner: 'ada' })
  })

  test('a policy that changes between review and start is asked about again, and nothing is started', async () => {
    const { ports } = stage.bench
    const input = await reviewed()
    expect((await review(input.planId)).verdicts).toMatchObject({ none: 3 })
    await changePolicies()
    await startRemoval(ports, input)
    await stage.bench.analyse()
    const { impactId, start, required } = await review(input.planId)
    expect(start).toEqual({ state: 'refused', worse: stage.arns.map((arn, at) => ({ arn, name: 'abc'[at] })) })
    expect(required).toContainEqual({ kind: 'othersLose', resources: 3, typed: null })
    expect(await begun()).toEqual([])

    await expect(startRemoval(ports, input)).rejects.toMatchObject({ code: 'stalePlan' })
    const unread = { ...input, reviewedImpactId: impactId ?? '' }
    await expect(startRemoval(ports, unread)).rejects.toMatchObject({ code: 'invalidInput' })
    expect(await stage.bench.startPrepared({ ...unread, acknowledgements: required })).toEqual((await begun())[0])
  })

  test('another tag that goes between review and start may have been all that kept access', async () => {
    const { ports, sandbox } = stage.bench
    const [byTeam] = reader.policies.Read.Statement
    const byOwner = { ...byTeam, Condition: { StringEquals: { 'aws:ResourceTag/owner': 'ada' } } }
    const Read = { Version: '2012-10-17', Statement: [byTeam, byOwner] }
    await sandbox.reset({ exactly: threeSecrets, principals: [{ ...reader, policies: { Read } }] })
    await stage.bench.store.db.execute(sql`delete from principal_readings`)
    const input = await reviewed()
    expect((await review(input.planId)).verdicts).toMatchObject({ none: 3 })
    const [a = ''] = stage.arns
    await tagOperations.secret.untag(ports.aws, a, ['owner'])
    await startRemoval(ports, input)
    await stage.bench.analyse()
    expect((await review(input.planId)).start).toEqual({ state: 'refused', worse: [{ arn: a, name: 'a' }] })
    expect(await begun()).toEqual([])
  })

  test('a tag that has another value by now stays, so that the rest is checked without it', async () => {
    const { ports, sandbox, store } = stage.bench
    // Whoever has neither tag may read, and so may who has both.
    const Read = {
      ...reader.policies.Read,
      Statement: [
        { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: '*' },
        {
          Effect: 'Deny',
          Action: 'secretsmanager:GetSecretValue',
          Resource: '*',
          Condition: { Null: { 'aws:ResourceTag/team': 'true', 'aws:ResourceTag/owner': 'false' } },
        },
      ],
    }
    await sandbox.reset({ exactly: threeSecrets, principals: [{ ...reader, policies: { Read } }] })
    await store.db.execute(sql`delete from principal_readings`)
    const input = await stage.bench.reviewed(await stage.bench.prepare(request(stage.arns, 'team', 'owner')))
    expect((await review(input.planId)).verdicts).toMatchObject({ none: 3 })
    const [a = ''] = stage.arns
    await tagOperations.secret.tag(ports.aws, a, [{ key: 'owner', value: 'bob' }])
    await startRemoval(ports, input)
    await stage.bench.analyse()
    expect((await review(input.planId)).start).toEqual({ state: 'refused', worse: [{ arn: a, name: 'a' }] })
  })

  test('a resource that may not be read any more is unknown, and nothing is started', async () => {
    const { ports, sandbox } = stage.bench
    const input = await reviewed()
    await sandbox.settings({ denied: [{ action: 'secretsmanager:DescribeSecret' }] })
    await startRemoval(ports, input)
    await stage.bench.analyse()
    await sandbox.settings({ denied: [] })
    const { start, verdicts } = await review(input.planId)
    expect([start?.state, verdicts.unknown]).toEqual(['refused', 3])
    expect(await begun()).toEqual([])
  })

  test('a process that dies between the check and the start goes on with the start', async () => {
    const { ports, analyses } = stage.bench
    await startRemoval(ports, await reviewed())
    const [check = ''] = analyses
    await runImpact(ports, check, signal)
    analyses.clear()
    await resumeStarts(ports)
    expect([...analyses]).toEqual([check])
    await stage.bench.analyse()
    expect(await begun()).toHaveLength(1)
    await resumeStarts(ports)
    expect(analyses.size).toBe(0)
  })

  test('a check that nobody acted upon for minutes is made again before anything starts', async () => {
    const { ports, analyses, store } = stage.bench
    const input = await reviewed()
    await startRemoval(ports, input)
    const [check = ''] = analyses
    await runImpact(ports, check, signal)
    await changePolicies()
    await store.db.execute(sql`update impacts set ready_at = now() - interval '3 minutes'`)
    analyses.clear()
    await startChecked(ports, check)
    expect([await begun(), [...analyses]]).toEqual([[], [check]])
    await stage.bench.analyse()
    expect((await review(input.planId)).start).toMatchObject({ state: 'refused' })
    expect(await begun()).toEqual([])
  })

  test('a check that cannot be made says why, and start can be pressed again', async () => {
    const { ports, sandbox } = stage.bench
    const input = await reviewed()
    await sandbox.expireCredentials()
    await startRemoval(ports, input)
    await stage.bench.analyse()
    expect((await review(input.planId)).start).toMatchObject({
      state: 'failed',
      problem: { code: 'credentialsExpired' },
    })
    await sandbox.renewCredentials()
    await stage.bench.startPrepared(input)
    expect(await begun()).toHaveLength(1)
  })

  test('a plan is analysed again once at a time, and not after its start', async () => {
    const { ports, analyses } = stage.bench
    const input = await reviewed()
    const again = await fifty(() => analyseAgain(ports, input))
    expect(again).toEqual(Array(50).fill({ impactId: [...analyses][0] }))
    await stage.bench.analyse()
    expect(await review(input.planId)).toMatchObject({ ...again[0], state: 'ready' })
    await startRemoval(ports, { ...input, ...(await stage.bench.reviewed(input.planId)) })
    await expect(analyseAgain(ports, input)).rejects.toMatchObject({ code: 'wrongState' })
  })
})
