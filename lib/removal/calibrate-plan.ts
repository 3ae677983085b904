import { eq } from 'drizzle-orm'
import type { Aws } from '../aws/clients.ts'
import { withRemedy } from '../aws/credential-remedy.ts'
import type { Identity } from '../aws/identity.ts'
import type { CalibrationFound, Disagreement } from '../calibration.ts'
import { ExpectedError } from '../errors.ts'
import { calibrationSample, type Sample } from '../impact/calibration-sample.ts'
import { storeImpact } from '../impact/request.ts'
import type { ImpactRef } from '../impact/require-impact.ts'
import type { Queue } from '../jobs/queue.ts'
import { type CalibrationReport, calibrate } from '../principals/calibrate.ts'
import { plans } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { requirePlan } from './plan.ts'
import { lockPlan } from './sealed-plan.ts'
import { requireUnstarted } from './start-state.ts'

interface Ports {
  store: Store
  queue: Queue
  aws: Aws
  identity: Identity
  scope: string
}

/**
 * Holds what an analysis computed of the operator's present access against AWS, on one resource of each class, by calls
 * that change nothing and read no secret. What they disagree on is unknown from then on: where that is something else
 * than before, the plan is analysed again. What AWS disagreed on last time is tried again first.
 *
 * @throws ExpectedError `notFound`, `wrongState` (not analysed, started, or nothing to compare), `credentialsExpired` and
 *   its like
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html
 */
export async function calibratePlan(ports: Ports, ref: ImpactRef): Promise<CalibrationFound> {
  const { store, queue, aws, identity, scope } = ports
  const plan = await requirePlan(store.db, scope, ref.planId)
  await requireUnstarted(store.db, plan)
  const reader = { aws, account: identity.account }
  const asked = plan.calibration?.disagreements.map(({ arn }) => arn) ?? []
  const calibration = await withRemedy(aws, async () => {
    const sample = await calibrationSample({ store, reader, scope }, ref, asked)
    if (!sample)
      throw new ExpectedError('wrongState', 'there is nothing to compare: nothing is known of who is signed in')
    const resources = sample.tried.map(({ resource }) => resource)
    return foundOf(sample, await calibrate(reader, sample.operator, resources))
  })
  const again = await store.db.transaction(async (tx) => {
    const locked = await lockPlan(tx, scope, ref.planId)
    await requireUnstarted(tx, locked)
    await tx.update(plans).set({ calibration }).where(eq(plans.id, locked.id))
    const isKnown = doubtsOf(locked.calibration) === doubtsOf(calibration)
    return isKnown ? null : await storeImpact(tx, locked.id, null)
  })
  if (again !== null) await queue.enqueue('impact', again, { impactId: again })
  return calibration
}

function foundOf({ tried }: Sample, { checks, disagreements }: CalibrationReport): CalibrationFound {
  const byArn = new Map(tried.map(({ name, type, resource: { arn } }) => [arn, { name, type, arn }]))
  return {
    checkedAt: new Date().toISOString(),
    resources: tried.length,
    agreeing: checks.filter(({ engine, aws }) => engine === aws && engine !== 'unknown').length,
    undecided: checks.filter(({ engine, aws }) => aws === 'unknown' || !isSure(engine)).length,
    disagreements: disagreements.flatMap(({ resource, action, engine, problem }): Disagreement[] => {
      const known = byArn.get(resource)
      if (known === undefined || !isSure(engine)) return []
      return [{ ...known, action, computed: engine, message: problem?.message ?? null }]
    }),
  }
}

const isSure = (decision: string): decision is Disagreement['computed'] => decision === 'allow' || decision === 'deny'

/** What an analysis makes of it. */
function doubtsOf(calibration: CalibrationFound | null): string {
  const doubts = calibration?.disagreements.map(({ type, name, action }) => `${type} ${action} ${name}`) ?? []
  return doubts.sort().join('\n')
}
