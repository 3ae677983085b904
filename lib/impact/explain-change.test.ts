import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../e2e/support/sandbox.ts'
import { ada } from '../audit/testing.ts'
import { openAws } from '../aws/clients.ts'
import { readIdentity } from '../aws/identity.ts'
import type { Queue } from '../jobs/queue.ts'
import { allowing } from '../principals/testing.ts'
import { requestPlan } from '../removal/plan.ts'
import { preparePlan } from '../removal/prepare.ts'
import { plans, principalReadings } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { openTestStore } from '../store/testing.ts'
import { explainChange } from './explain-change.ts'
import { ordinalsOf } from './members.ts'
import type { ImpactRef } from './require-impact.ts'
import { runImpact } from './run.ts'
import { requestImpact } from './testing.ts'

const RESOURCES_OF_EACH_CHANGE = 2
const queue: Queue = { enqueue: async () => {}, work: async () => {}, stop: async () => {} }
const { signal } = new AbortController()

let sandbox: Sandbox
let store: Store
let scope: string
let remove: ImpactRef
let putBack: ImpactRef

beforeAll(async () => {
  sandbox = await startSandbox({ quotas: 'off' })
  Object.assign(process.env, sandbox.env)
  store = await openTestStore()
  scope = (await readIdentity(openAws())).scope
  const arns = (await sandbox.resources()).filter(({ manager }) => manager !== 'AWS').map(({ arn }) => arn)
  remove = await analysed(await planned(arns, 'owner', 'env', 'quarantine', 'Project', 'ManagedBy'))
  putBack = await analysed(await reversed(remove.planId))
})
afterAll(async () => {
  await store.close()
  await sandbox.stop()
})

const ports = () => ({ store, aws: openAws(), queue, scope, by: ada })

async function planned(arns: string[], ...tagKeys: string[]): Promise<string> {
  const tags = tagKeys.map((key) => ({ key }))
  const request = { selection: { by: 'arns' as const, arns }, tags, includeServiceOwned: false }
  const { planId } = await requestPlan(ports(), request)
  await preparePlan(ports(), planId, signal)
  return planId
}

async function analysed(planId: string): Promise<ImpactRef> {
  const { impactId } = await requestImpact(ports(), planId)
  await runImpact(ports(), impactId, signal)
  return { planId, impactId }
}

/** The plan that puts back what a plan removes, as if that had been done. */
async function reversed(planId: string): Promise<string> {
  const [plan] = await store.db.select().from(plans).where(eq(plans.id, planId))
  if (!plan) throw new Error('no plan')
  const { id: _, ...row } = plan
  const [other] = await store.db
    .insert(plans)
    .values({ ...row, direction: 'putBack', impactId: null })
    .returning()
  const otherId = other?.id ?? ''
  await store.db.execute(sql`
    insert into plan_items (plan_id, arn, type, region, name, tags, skipped, problem, siblings, primary_region, facts)
    select ${otherId}, arn, type, region, name, tags, skipped, problem, siblings, primary_region,
      jsonb_set(facts, '{tags}', coalesce((
        select jsonb_agg(tag) from jsonb_array_elements(facts->'tags') tag where not tags @> jsonb_build_array(tag)), '[]'))
    from plan_items where plan_id = ${planId}`)
  return otherId
}

interface Found {
  principal: number
  name: string
  action: string
  arn: string
  effect: string[]
}

/** One action and a few resources of every change that an analysis found. */
async function changesFound({ impactId }: ImpactRef): Promise<Found[]> {
  const changes = await store.db.query.impactChanges.findMany({ where: (row) => eq(row.impactId, impactId) })
  const items = await store.db.query.impactItems.findMany({ where: (row) => eq(row.impactId, impactId) })
  const people = await store.db.query.impactPrincipals.findMany({ where: (row) => eq(row.impactId, impactId) })
  const arns = new Map(items.map(({ ordinal, arn }) => [ordinal, arn]))
  const names = new Map(people.map(({ ordinal, name }) => [ordinal, name]))
  return changes.flatMap(({ principal, actions, effect, members }) =>
    [...ordinalsOf(members)].slice(0, RESOURCES_OF_EACH_CHANGE).map((ordinal) => {
      const name = names.get(principal) ?? ''
      return { principal, name, action: actions[0] ?? '', arn: arns.get(ordinal) ?? '', effect: [...effect] }
    }),
  )
}

describe.each(['remove', 'putBack'] as const)('%s', (direction) => {
  const ref = () => (direction === 'remove' ? remove : putBack)

  test('the explanation of every change agrees with the analysis, and names its statements', async () => {
    const found = await changesFound(ref())
    expect(found.length).toBeGreaterThan(20)
    for (const change of found) {
      const { sentence, statements, effect } = await explainChange(store, scope, ref(), change)
      expect(effect).toEqual(change.effect)
      expect(sentence, JSON.stringify(change)).not.toContain('the decision is')
      if (!effect.includes('unknown')) expect(statements, JSON.stringify(change)).not.toEqual([])
      for (const { text, index, sid, matches } of statements) {
        const parsed: { Statement: { Sid?: string }[] } = JSON.parse(text)
        expect(parsed.Statement[index]?.Sid ?? null).toBe(sid)
        expect(matches.before).not.toBe(matches.after)
      }
    }
  })

  test('a loss by tag: the sentence, the policy by its name, the condition in words', async () => {
    const change = (await changesFound(ref())).find(
      ({ name, action }) => name === 'settlement-batch' && action === 'kms:Decrypt',
    )
    if (!change) throw new Error('settlement-batch is not affected')
    const explained = await explainChange(store, scope, ref(), change)
    const [verb, when, moves] =
      direction === 'remove' ? ['loses', 'no longer allows', 'goes'] : ['gains', 'now allows', 'comes']
    expect(explained.sentence).toContain(
      `${when} it, for it asks aws:ResourceTag/owner to equal \`payments\`, and tag \`owner\` ${moves}`,
    )
    expect(explained.sentence).toMatch(new RegExp(`^role \`settlement-batch\` ${verb} kms:Decrypt on key/`))
    expect(explained.statements).toMatchObject([
      {
        layer: 'policy `PaymentsOnly` of the role',
        policyArn: null,
        sid: 'PaymentsOnly',
        effect: 'Allow',
        matches: { before: direction === 'remove', after: direction !== 'remove' },
        asks: ['aws:ResourceTag/owner to equal `payments`'],
      },
    ])
  })
})

test('what is not in the analysis is not explained', async () => {
  const [change] = await changesFound(remove)
  const nobody = explainChange(store, scope, remove, { principal: 9999, action: 'kms:Decrypt', arn: change?.arn ?? '' })
  await expect(nobody).rejects.toMatchObject({ code: 'notFound' })
})

test('what AWS’s simulator told is shown as it was told, without statements', async () => {
  const change = (await changesFound(remove)).find(({ effect }) => effect[0] === 'loss')
  if (!change) throw new Error('nobody loses')
  const reason = 'from iam:SimulatePrincipalPolicy'
  await store.db.execute(sql`update impact_changes set before = 'depends', reason = ${reason}
    where impact_id = ${remove.impactId} and principal = ${change.principal}`)
  const { sentence, statements, before } = await explainChange(store, scope, remove, change)
  expect([sentence, statements, before]).toEqual([
    `the decision is \`depends\` before and \`deny\` after; ${reason}`,
    [],
    'depends',
  ])
})

test('the services through which access was given are named', async () => {
  const service = 'ec2.eu-central-1.amazonaws.com'
  const Condition = { StringEquals: { 'aws:ResourceTag/team': 'blue', 'kms:ViaService': service } }
  const { arns } = await sandbox.reset({
    quotas: 'off',
    exactly: [{ type: 'key', tags: { team: 'blue' } }],
    principals: [{ type: 'role', name: 'volumes', policies: { Volumes: allowing('kms:Decrypt', { Condition }) } }],
  })
  // Of the account before: it would be taken for fresh.
  await store.db.delete(principalReadings)
  const ref = await analysed(await planned([...arns], 'team'))
  const change = (await changesFound(ref)).find(({ name }) => name === 'volumes')
  if (!change) throw new Error('the role is not affected')
  const explained = await explainChange(store, scope, ref, change)
  expect(explained).toMatchObject({ effect: ['loss'], services: [service] })
  expect(explained.when).toContain(service)
})
