import { eq } from 'drizzle-orm'
import type { Effect, ImpactPicture, StartRequest } from '../impact-facts.ts'
import { signsOf } from '../impact-signs.ts'
import type { ImpactCounts, ItemImpact } from '../item-impact.ts'
import type { Queue } from '../jobs/queue.ts'
import { impactChanges, impactItems, impactPrincipals, impacts, planItems, plans } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { addMember, noMembers } from './members.ts'
import { storeImpact } from './request.ts'
import { shapeOf } from './shape.ts'

export const noCounts: ImpactCounts = { lose: 0, mayLose: 0, gain: 0, mayGain: 0, unknown: 0 }

/** For tests: a start that somebody has pressed. */
export const starting: StartRequest = {
  reviewedImpactId: '',
  reviewedPlanDigest: '',
  acknowledgements: [],
  startedBy: '',
  startedFrom: null,
  canary: false,
}

/** For tests: what an analysis says of a resource on which nothing changes. */
export const quiet: ItemImpact = {
  verdict: 'none',
  change: 'allow',
  reverse: 'allow',
  awsRefuses: false,
  own: noCounts,
  others: noCounts,
  unknownBecause: [],
  protectedTags: [],
}

export interface WrittenAnalysis {
  /** By name of the resource; the others are {@link quiet}. */
  impacts?: Record<string, Partial<ItemImpact>>
  notRead?: ImpactPicture['notRead']
  /** By name of the principal; `on`: names of resources, in place of all. */
  changes?: { principal: string; effect: Effect; on?: string[] }[]
}

/** For tests: a plan that is ready, with resources of these names, and no analysis yet. */
export async function writePlan(store: Store, scope: string, names: readonly string[]): Promise<string> {
  const request = {
    from: 'selection' as const,
    request: { selection: { by: 'arns' as const, arns: [] }, tags: [{ key: 'team' }], includeServiceOwned: false },
  }
  const [plan] = await store.db
    .insert(plans)
    .values({ scope, direction: 'remove', state: 'ready', request, digest: '0'.repeat(64), readyAt: new Date() })
    .returning({ id: plans.id })
  if (!plan) throw new Error('the plan was not written')
  const rows = names.map((name) => ({
    planId: plan.id,
    arn: `arn:aws:secretsmanager:eu-central-1:111122223333:secret:${name}-AbCdEf`,
    type: 'secret' as const,
    region: 'eu-central-1',
    name,
    tags: [{ key: 'team', value: 'pay' }],
    siblings: [],
  }))
  for (let at = 0; at < rows.length; at += 1000) await store.db.insert(planItems).values(rows.slice(at, at + 1000))
  return plan.id
}

/** For tests: an analysis of a plan that has found what is told, as the job would write it; it is the one that is shown. */
export async function writeAnalysis(store: Store, planId: string, found: WrittenAnalysis = {}): Promise<string> {
  const { notRead = [], changes = [] } = found
  const { db } = store
  const names = [...new Set(changes.map(({ principal }) => principal))]
  const picture: ImpactPicture = {
    principalsReadAt: '2026-01-01T00:00:00.000Z',
    principals: names.length,
    notRead,
    scps: null,
    rcps: null,
    outsiders: [],
  }
  const [impact] = await db
    .insert(impacts)
    .values({ planId, state: 'ready', digest: '1'.repeat(64), picture, readyAt: new Date() })
    .returning({ id: impacts.id })
  const impactId = impact?.id ?? ''
  const resources = await db.select().from(planItems).where(eq(planItems.planId, planId)).orderBy(planItems.name)
  const rows = resources.map(({ arn, name }, ordinal) => {
    const itemImpact = { ...quiet, ...found.impacts?.[name] }
    const shape = shapeOf({ arn, policy: { text: null, problem: null }, impact: itemImpact })
    return {
      impactId,
      ordinal,
      arn,
      verdict: itemImpact.verdict,
      impact: itemImpact,
      signs: signsOf(itemImpact),
      shape,
    }
  })
  for (let at = 0; at < rows.length; at += 1000) await db.insert(impactItems).values(rows.slice(at, at + 1000))
  if (names.length > 0)
    await db.insert(impactPrincipals).values(names.map((name, at) => principalRow(impactId, name, at)))
  const ordinals = new Map(resources.map(({ name }, ordinal) => [name, ordinal]))
  const changed = changes.map(({ principal, effect, on = [...ordinals.keys()] }) => ({
    impactId,
    principal: names.indexOf(principal),
    before: 'allow' as const,
    after: 'deny' as const,
    effect: [effect],
    actions: ['secretsmanager:GetSecretValue'],
    undecided: false,
    members: membersOf(
      on.map((name) => ordinals.get(name) ?? 0),
      resources.length,
    ),
  }))
  for (let at = 0; at < changed.length; at += 500) await db.insert(impactChanges).values(changed.slice(at, at + 500))
  await db.update(plans).set({ impactId }).where(eq(plans.id, planId))
  return impactId
}

/** The principal called `operator` is the operator. */
function principalRow(impactId: string, name: string, ordinal: number): typeof impactPrincipals.$inferInsert {
  const arn = `arn:aws:iam::111122223333:role/${name}`
  return {
    impactId,
    ordinal,
    arn,
    name,
    kind: 'role',
    isOperator: name === 'operator',
    principal: { arn, roleArn: arn, userId: null, tags: [], sessionTagsUnknown: false, documents: [], groupNames: [] },
  }
}

function membersOf(ordinals: readonly number[], resources: number): Uint8Array {
  const members = noMembers(resources)
  for (const ordinal of ordinals) addMember(members, ordinal)
  return members
}

/** For tests: asks for an analysis of a plan. */
export async function requestImpact(
  { store, queue }: { store: Store; queue: Queue },
  planId: string,
): Promise<{ impactId: string }> {
  const impactId = await storeImpact(store.db, planId, null)
  await queue.enqueue('impact', impactId, { impactId })
  return { impactId }
}
