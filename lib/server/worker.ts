import type { AuditLog } from '../audit/audit-log.ts'
import { aws } from '../aws/clients.ts'
import { resumeLookUps, runLookUp } from '../impact/look-up-use.ts'
import { resumeImpacts } from '../impact/request.ts'
import { runImpact } from '../impact/run.ts'
import { resumeScans, runScan } from '../inventory/scan.ts'
import { openQueue, shareQueue } from '../jobs/queue.ts'
import { runCanary } from '../removal/canary/run.ts'
import { resumeComparisons, runComparison } from '../removal/compare-trail.ts'
import { enqueueRemoval } from '../removal/enqueue.ts'
import { resumePlans } from '../removal/plan.ts'
import { preparePlan } from '../removal/prepare.ts'
import { purgeOverdue } from '../removal/purge.ts'
import { reconcile } from '../removal/reconcile.ts'
import { runLane } from '../removal/run-lane.ts'
import { resumeStarts, startChecked } from '../removal/start-checked.ts'
import type { Store } from '../store/store.ts'
import { urgently } from '../store/turns.ts'
import { every } from './every.ts'

const DAY_MS = 24 * 3600 * 1000
// What is to be done is committed first and enqueued then; a connection, or another console, may end in between.
const ENQUEUE_AGAIN_MS = 30_000

/**
 * Starts the long work of the console: what an earlier process left undone goes on first. Failures of the work are
 * told to `onError`; the work is tried again.
 */
export async function startWorker(
  store: Store,
  auditLog: Pick<AuditLog, 'sign'>,
  onError: (error: Error) => void,
): Promise<{ stop(): Promise<void> }> {
  await reconcile(store)
  const queue = await openQueue(store, onError)
  shareQueue(queue)
  const ports = { store, queue, aws: aws() }
  await queue.work('scan', (data, signal) => runScan(ports, { ...data, signal }))
  await queue.work('plan', ({ planId }, signal) => preparePlan(ports, planId, signal))
  await queue.work('impact', async ({ impactId }, signal) => {
    await runImpact(ports, impactId, signal)
    await startChecked(ports, impactId)
  })
  await queue.work('evidence', ({ impactId }, signal) => runLookUp(ports, impactId, signal))
  await queue.work('trail', ({ removalId }, signal) => runComparison(ports, removalId, signal))
  await queue.work('lane', async ({ lane }, signal) => {
    await urgently(() => runLane(ports, lane, signal))
    // The removals of this lane have settled, or wait for somebody.
    await auditLog.sign()
  })
  await queue.work('canary', async ({ removalId }, signal) => {
    await runCanary(ports, removalId, signal)
    await auditLog.sign()
  })
  await resumeScans(ports)
  await resumePlans(ports)
  await resumeImpacts(ports)
  await resumeStarts(ports)
  await resumeLookUps(ports)
  await resumeComparisons(ports)
  const clocks = [
    every(ENQUEUE_AGAIN_MS, () => enqueueRemoval(ports), onError),
    every(DAY_MS, (signal) => purgeOverdue(store, signal), onError),
  ]
  return {
    async stop() {
      await Promise.all(clocks.map((clock) => clock.stop()))
      await queue.stop()
    },
  }
}
