import { eq, inArray, sql } from 'drizzle-orm'
import type { Aws } from '../aws/clients.ts'
import { withRemedy } from '../aws/credential-remedy.ts'
import { requireIdentity } from '../aws/identity.ts'
import { isExpectedError, problemOf } from '../errors.ts'
import type { Queue } from '../jobs/queue.ts'
import { evidenceFor, type ResourceEvidence } from '../principals/evidence.ts'
import { impacts, plans } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { isUnderWay, statesUnderWay } from '../under-way.ts'
import type { UseLookUp } from '../use-evidence.ts'
import { freshEvidence, keepEvidence } from './kept-evidence.ts'
import { ProgressNote } from './progress.ts'
import { type ImpactRef, requireImpact } from './require-impact.ts'
import { wantedUses } from './wanted-uses.ts'

/** Calls that one look-up makes at most, to CloudTrail as to KMS; CloudTrail answers one a second in each Region. */
const CALLS_MAX = 30

const asked: UseLookUp = { state: 'waiting', calls: 0, resources: 0, unfinished: 0, problems: [] }

/**
 * Asks for a look-up of who of those whom an analysis found affected used what, and when; a job makes it. While one is
 * under way, that is the answer.
 *
 * @throws ExpectedError `notFound`
 */
export async function requestLookUp(
  { store, queue, scope }: { store: Store; queue: Queue; scope: string },
  ref: ImpactRef,
): Promise<UseLookUp> {
  const { useLookUp } = await requireImpact(store, scope, ref)
  const lookUp = isUnderWay(useLookUp) && useLookUp ? useLookUp : asked
  if (lookUp === asked) await note(store, ref.impactId, asked)
  await queue.enqueue('evidence', ref.impactId, { impactId: ref.impactId })
  return lookUp
}

/** Enqueues the look-ups that a dead process left unfinished; each starts over. */
export async function resumeLookUps({ store, queue }: { store: Store; queue: Queue }): Promise<void> {
  const unfinished = await store.db
    .select({ id: impacts.id })
    .from(impacts)
    .where(inArray(sql`${impacts.useLookUp}->>'state'`, [...statesUnderWay]))
  for (const { id } of unfinished) await queue.enqueue('evidence', id, { impactId: id })
}

/** Makes a look-up that was asked for. One that is over stays as it is. */
export async function runLookUp(
  { store, aws }: { store: Store; aws: Aws },
  impactId: string,
  signal: AbortSignal,
): Promise<void> {
  const [impact] = await store.db
    .select({ planId: plans.id, scope: plans.scope, useLookUp: impacts.useLookUp })
    .from(impacts)
    .innerJoin(plans, eq(plans.id, impacts.planId))
    .where(eq(impacts.id, impactId))
  if (impact === undefined || !isUnderWay(impact.useLookUp)) return
  try {
    const lookUp = await withRemedy(aws, () => lookUpUses({ store, aws, signal }, { ...impact, impactId }))
    await note(store, impactId, lookUp)
  } catch (error) {
    signal.throwIfAborted()
    if (!isExpectedError(error)) console.error(error)
    await note(store, impactId, { ...asked, state: 'failed', problems: [problemOf(error)] })
  }
}

async function lookUpUses(
  { store, aws, signal }: { store: Store; aws: Aws; signal: AbortSignal },
  { scope, ...ref }: ImpactRef & { scope: string },
): Promise<UseLookUp> {
  const identity = await requireIdentity(aws, scope, 'plan')
  const wanted = await wantedUses(store, ref)
  const arns = wanted.map(({ resource }) => resource)
  const running: UseLookUp = { ...asked, state: 'running', resources: wanted.length }
  await note(store, ref.impactId, running)
  const known = await freshEvidence(store, scope, arns)
  const progress = new ProgressNote((reached: UseLookUp) => note(store, ref.impactId, reached))
  let calls = 0
  const { resources, unfinished } = await evidenceFor({ aws, account: identity.account, signal }, wanted, {
    known: new Map([...known].map(([arn, { found }]) => [arn, found])),
    max: CALLS_MAX,
    onProgress: (made) => {
      calls = made
      progress.tell({ ...running, calls })
    },
  })
  await progress.settled()
  await keepEvidence(store, scope, resources, known)
  const problems = problemsOf([...resources.values()])
  return { ...running, state: 'done', calls, unfinished: unfinished.length, problems }
}

/** What kept CloudTrail, and what kept KMS from answering: each told once, not of every resource. */
function problemsOf(found: readonly ResourceEvidence[]): UseLookUp['problems'] {
  const histories = found.flatMap(({ history }) => history.problem ?? [])
  const usages = found.flatMap(({ keyUsage }) => (keyUsage && 'problem' in keyUsage ? keyUsage.problem : []))
  return [histories[0] ?? [], usages[0] ?? []].flat()
}

async function note({ db }: Store, impactId: string, useLookUp: UseLookUp): Promise<void> {
  await db.update(impacts).set({ useLookUp }).where(eq(impacts.id, impactId))
}
