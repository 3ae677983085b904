import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ada } from '../audit/testing.ts'
import { storeImpact } from '../impact/request.ts'
import { starting, writePlan } from '../impact/testing.ts'
import type { ResourceFacts } from '../impact-facts.ts'
import { planItems } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { dialects, openTestStore } from '../store/testing.ts'
import type { Tag } from '../tag.ts'
import type { TerraformResource } from '../terraform.ts'
import { dropItems } from './drop.ts'
import { listPlanItems } from './list-plan-items.ts'
import { noteOwners } from './note-owners.ts'
import { readPlan } from './read-plan.ts'

const scope = '111122223333/AROAEXAMPLE'

const arnOf = (name: string) => `arn:aws:secretsmanager:eu-central-1:111122223333:secret:${name}-AbCdEf`
const inTerraform = (name: string, keys: Partial<TerraformResource> = {}): TerraformResource => ({
  arn: arnOf(name),
  address: `aws_secretsmanager_secret.${name}`,
  type: 'aws_secretsmanager_secret',
  name,
  tagKeys: [],
  inheritedTagKeys: [],
  ...keys,
})
const factsWith = (tags: Tag[]): ResourceFacts => ({
  tags,
  keySpec: null,
  keyUsage: null,
  keyOrigin: null,
  multiRegion: null,
  multiRegionKeyType: null,
})

describe.each(dialects)('on %s', (dialect) => {
  let store: Store
  beforeAll(async () => {
    store = await openTestStore(dialect)
  })
  afterAll(() => store.close())

  const note = (planId: string, resources: TerraformResource[], isFirst = true) =>
    noteOwners({ store, scope }, { planId, resources, isFirst })
  const owners = async (planId: string) => (await readPlan(store, scope, planId)).owners
  const noted = async (planId: string) => {
    const view = { show: 'included', text: '', verdict: null, sign: null, page: 1, size: 10 } as const
    const { rows } = await listPlanItems(store, scope, planId, view)
    return Object.fromEntries(rows.map(({ name, terraform }) => [name, terraform?.address ?? null]))
  }

  test('what the plan holds is noted, by ARN; what else is in the files is not', async () => {
    const planId = await writePlan(store, scope, ['a', 'b', 'c'])
    const other = await writePlan(store, scope, ['a'])
    const answer = await note(planId, [
      inTerraform('a', { tagKeys: ['team'] }),
      inTerraform('b', { tagKeys: ['owner'] }),
      inTerraform('elsewhere'),
    ])
    expect(answer).toEqual({ matched: 2 })
    expect(await noted(planId)).toEqual({
      a: 'aws_secretsmanager_secret.a',
      b: 'aws_secretsmanager_secret.b',
      c: null,
    })
    expect(await noted(other)).toEqual({ a: null })
    expect(await owners(planId)).toEqual({ cloudFormation: 0, terraform: 2, terraformPutsBack: 1 })
  })

  test('slices add up, the last place of a resource counts, and the first slice of other files forgets all', async () => {
    const planId = await writePlan(store, scope, ['a', 'b'])
    await note(planId, [inTerraform('a'), inTerraform('a', { address: 'module.x.aws_secretsmanager_secret.a' })])
    await note(planId, [inTerraform('b', { inheritedTagKeys: ['team'] })], false)
    expect(await noted(planId)).toEqual({
      a: 'module.x.aws_secretsmanager_secret.a',
      b: 'aws_secretsmanager_secret.b',
    })
    expect(await owners(planId)).toMatchObject({ terraform: 2, terraformPutsBack: 1 })
    await note(planId, [inTerraform('a')])
    expect(await noted(planId)).toEqual({ a: 'aws_secretsmanager_secret.a', b: null })
    expect(await note(planId, [])).toEqual({ matched: 0 })
    expect(await owners(planId)).toMatchObject({ terraform: 0 })
  })

  test('resources of stacks are counted by the tag that CloudFormation sets, without what is dropped', async () => {
    const planId = await writePlan(store, scope, ['a', 'b', 'c'])
    const tagged = (name: string, tags: Tag[]) =>
      store.db
        .update(planItems)
        .set({ facts: factsWith(tags) })
        .where(and(eq(planItems.planId, planId), eq(planItems.name, name)))
    await tagged('a', [{ key: 'aws:cloudformation:stack-name', value: 'pay' }])
    await tagged('b', [{ key: 'aws:cloudformation:stack-name', value: 'app' }])
    await tagged('c', [{ key: 'stack-name', value: 'pay' }])
    expect(await owners(planId)).toMatchObject({ cloudFormation: 2 })
    const reviewedPlanDigest = (await readPlan(store, scope, planId)).digest ?? ''
    await dropItems({ store, scope, by: ada }, { planId, reviewedPlanDigest, drop: { by: 'arns', arns: [arnOf('b')] } })
    expect(await owners(planId)).toMatchObject({ cloudFormation: 1 })
  })

  test('notes are no part of what is reviewed', async () => {
    const planId = await writePlan(store, scope, ['a'])
    const { digest } = await readPlan(store, scope, planId)
    await note(planId, [inTerraform('a')])
    expect((await readPlan(store, scope, planId)).digest).toBe(digest)
  })

  test("a plan that is started stays as it is, and somebody else's is not there", async () => {
    const planId = await writePlan(store, scope, ['a'])
    await storeImpact(store.db, planId, starting)
    await expect(note(planId, [inTerraform('a')])).rejects.toMatchObject({ code: 'wrongState' })
    const foreign = await writePlan(store, 'somebody/else', ['a'])
    await expect(note(foreign, [inTerraform('a')])).rejects.toMatchObject({ code: 'notFound' })
  })
})
