import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PlanRequest } from '../selection.ts'
import { planDigest } from './digest.ts'
import { listPlanItems } from './list-plan-items.ts'
import { requestRest, requestSiblings } from './plan.ts'
import { preparePlan } from './prepare.ts'
import { readPlan } from './read-plan.ts'
import { type Bench, openBench } from './testing.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const team = { team: 'pay' }
const request = (arns: readonly string[], more: Partial<PlanRequest> = {}): PlanRequest => ({
  selection: { by: 'arns', arns: [...arns] },
  tags: [{ key: 'team' }],
  includeServiceOwned: false,
  ...more,
})
async function plan(planRequest: PlanRequest) {
  const planId = await bench.prepare(planRequest)
  const items = async (show: 'included' | 'skipped') =>
    (
      await listPlanItems(bench.store, bench.scope, planId, {
        show,
        text: '',
        verdict: null,
        sign: null,
        page: 1,
        size: 100,
      })
    ).rows
  return {
    ...(await readPlan(bench.store, bench.scope, planId)),
    included: await items('included'),
    left: await items('skipped'),
  }
}

test('what cannot be untagged is skipped, each with its reason, and nothing is written', async () => {
  const { arns } = await bench.sandbox.reset({
    exactly: [
      { type: 'key', tags: team },
      { type: 'key', tags: team, state: 'Disabled' },
      { type: 'key', tags: team, state: 'PendingImport' },
      { type: 'key', tags: team, state: 'PendingDeletion' },
      { type: 'key', tags: { owner: 'ada' } },
      { type: 'secret', name: 'plain', tags: team },
      { type: 'secret', name: 'going', tags: team, isDeleted: true },
      { type: 'secret', name: 'rds!db-1', tags: team, owningService: 'rds' },
      { type: 'secret', name: 'wide', tags: team, replicaRegions: ['us-east-1'] },
    ],
  })
  const awsManaged = (await bench.sandbox.resources()).find((one) => one.type === 'key' && !arns.includes(one.arn))
  const replica = (arns[8] ?? '').replace(':eu-central-1:', ':us-east-1:')
  const elsewhere = (arns[0] ?? '').replace('111122223333', '444455556666')
  const gone = (arns[0] ?? '').slice(0, -4).concat('0000')
  const { included, left, siblings, totals } = await plan(
    request([...arns, replica, elsewhere, gone, ...(awsManaged ? [awsManaged.arn] : [])]),
  )
  expect(included.map(({ arn }) => arn).sort()).toEqual([arns[0], arns[1], arns[2], arns[5], arns[8]].sort())
  expect(Object.fromEntries(left.map(({ arn, skipped }) => [arn, skipped]))).toEqual({
    [arns[3] ?? '']: 'pendingDeletion',
    [arns[4] ?? '']: 'absent',
    [arns[6] ?? '']: 'pendingDeletion',
    [arns[7] ?? '']: 'serviceOwned',
    [replica]: 'replica',
    [elsewhere]: 'otherAccount',
    [gone]: 'gone',
    ...(awsManaged && { [awsManaged.arn]: 'awsManaged' }),
  })
  expect(totals).toMatchObject({ resources: 5, tags: 5 })
  expect(siblings).toEqual([]) // the primary of the replica is in the plan already
  const writes = (await bench.sandbox.calls()).filter(
    ({ operation }) => /agResource$/.test(operation) && !/List/.test(operation),
  )
  expect(writes).toEqual([])
  expect((await bench.sandbox.calls()).filter(({ resource }) => resource === elsewhere)).toEqual([])
})

test('a secret owned by a service takes part when the operator insists', async () => {
  const { arns } = await bench.sandbox.reset({
    exactly: [{ type: 'secret', name: 'rds!db-1', tags: team, owningService: 'rds' }],
  })
  expect((await plan(request(arns, { includeServiceOwned: true }))).included).toHaveLength(1)
})

test('only the chosen values are taken, compared exactly', async () => {
  const { arns } = await bench.sandbox.reset({
    exactly: ['pay', 'Pay', 'pay ', ''].map((value, at) => ({ type: 'secret', name: `s${at}`, tags: { team: value } })),
  })
  const { included, left } = await plan(request(arns, { tags: [{ key: 'team', onlyValues: ['pay', ''] }] }))
  expect(included.map(({ tags }) => tags[0]?.value)).toEqual(['pay', ''])
  expect(left.map(({ skipped }) => skipped)).toEqual(['valueDiffers', 'valueDiffers'])
})

test('siblings of a multi-Region key are offered, and a new plan takes them in; the first stays as it was', async () => {
  const { arns } = await bench.sandbox.reset({
    exactly: [{ type: 'key', tags: team, replicaRegions: ['us-east-1', 'eu-west-1'] }],
  })
  const first = await plan(request(arns.slice(0, 1)))
  expect(first.siblings.map(({ region, why }) => [region, why])).toEqual([
    ['eu-west-1', 'multiRegionSibling'],
    ['us-east-1', 'multiRegionSibling'],
  ])
  const { planId } = await requestSiblings(bench.ports, { planId: first.id })
  await preparePlan(bench.ports, planId, new AbortController().signal)
  const second = await readPlan(bench.store, bench.scope, planId)
  expect(second.totals).toMatchObject({ resources: 3, regions: ['eu-central-1', 'eu-west-1', 'us-east-1'] })
  expect(second.siblingsTotal).toBe(0)
  expect((await readPlan(bench.store, bench.scope, first.id)).digest).toBe(first.digest)
})

test('a resource that cannot be read is skipped with what AWS said, the rest goes on', async () => {
  const { arns } = await bench.sandbox.reset({
    exactly: ['a', 'b'].map((name) => ({ type: 'secret', name, tags: team })),
  })
  await bench.sandbox.faults({ operation: 'secretsmanager:DescribeSecret', resource: arns[0] ?? '', kind: 'denied' })
  const { included, left } = await plan(request(arns))
  expect(included).toHaveLength(1)
  expect(left).toMatchObject([{ arn: arns[0], skipped: 'unreadable', problem: { code: 'denied' } }])
})

test('a failure of the service that outlasts the SDK’s own retries leaves nothing out', async () => {
  const { arns } = await bench.sandbox.reset({ exactly: [{ type: 'secret', name: 'a', tags: team }] })
  await bench.sandbox.faults({ operation: 'secretsmanager:DescribeSecret', kind: 'serverError', count: 6 })
  const { included, left } = await plan(request(arns))
  expect(included).toHaveLength(1)
  expect(left).toEqual([])
})

test('expired credentials fail the plan as a whole instead of calling the rest unreadable', async () => {
  const { arns } = await bench.sandbox.reset({ exactly: [{ type: 'secret', name: 'a', tags: team }] })
  await bench.sandbox.expireCredentials()
  expect(await plan(request(arns))).toMatchObject({
    state: 'failed',
    problem: { code: 'credentialsExpired' },
    digest: null,
  })
})

test.each([
  [
    'the order of resources and tags does not matter',
    [
      ['b', 'y', '2'],
      ['a', 'x', '1'],
    ],
    [
      ['a', 'x', '1'],
      ['b', 'y', '2'],
    ],
    true,
  ],
  ['another value is another plan', [['a', 'x', '1']], [['a', 'x', '2']], false],
  ['another tag key is another plan', [['a', 'x', '1']], [['a', 'X', '1']], false],
  ['another resource is another plan', [['a', 'x', '1']], [['b', 'x', '1']], false],
  ['characters cannot move from key to value', [['a', 'x"', 'y']], [['a', 'x', '"y']], false],
])('digest: %s', (_, left, right, same) => {
  const digest = (rows: string[][]) =>
    planDigest(
      'remove',
      rows.map(([arn = '', key = '', value = '']) => ({ arn, tags: [{ key, value }] })),
    )
  expect(digest(left) === digest(right)).toBe(same)
})

test('what a removal has not done is planned anew, read and analysed anew; the removal stays as it is', async () => {
  const names = ['done', 'denied', 'waiting']
  const { arns } = await bench.sandbox.reset({
    exactly: names.map((name) => ({ type: 'secret', name, tags: { ...team, owner: 'ada' } })),
  })
  const { removalId } = await bench.start(request(arns))
  const became = (name: string, outcome: string) =>
    bench.store.db.execute(sql`update item_tags set outcome = ${outcome}
      where item_id = (select id from items where removal_id = ${removalId} and name = ${name})`)
  await became('done', 'removed')
  await became('denied', 'denied')
  const { planId } = await requestRest(bench.ports, { removalId })
  await preparePlan(bench.ports, planId, new AbortController().signal)
  await bench.analyse()
  const view = { show: 'included', text: '', verdict: null, sign: null, page: 1, size: 100 } as const
  const { rows } = await listPlanItems(bench.store, bench.scope, planId, view)
  expect(rows.map(({ name, tags }) => [name, tags]).sort()).toEqual([
    ['denied', [{ key: 'team', value: 'pay' }]],
    ['waiting', [{ key: 'team', value: 'pay' }]],
  ])
  await became('denied', 'removed')
  await became('waiting', 'removed')
  const refused = { code: 'wrongState', message: 'nothing of this removal is left to be done' }
  await expect(requestRest(bench.ports, { removalId })).rejects.toMatchObject(refused)
})
