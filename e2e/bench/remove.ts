import { setTimeout as wait } from 'node:timers/promises'
import type { ImpactReview } from '#lib/impact-review.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import type { Removal } from '#lib/removal/read-removal.ts'
import type { Started } from '#lib/removal/start-state.ts'
import type { Sandbox } from '../support/sandbox.ts'
import type { Visit } from './visit.ts'

/** Keys of each of two Regions that a removal takes a tag off. */
const PER_LANE = 120
const REGIONS = ['us-east-1', 'eu-west-1']
const LOOK_EVERY_MS = 500

async function lookFor<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    await wait(LOOK_EVERY_MS)
  }
}

/** Plans, reviews and starts the removal of one tag key, and waits until it has settled. The calls a second of the slower Region. */
export async function remove(
  { act }: Visit,
  sandbox: Sandbox,
  arns: readonly string[],
  tagKey: string,
): Promise<number> {
  const chosen = REGIONS.flatMap((region) => arns.filter((arn) => arn.includes(`:kms:${region}:`)).slice(0, PER_LANE))
  const selection = { by: 'arns', arns: chosen }
  const { planId } = await act<{ planId: string }>('requestPlanAction', { selection, tags: [{ key: tagKey }] })
  const ready = <Found extends { state: string }>(action: string) =>
    lookFor(async () => {
      const found = await act<Found>(action, { planId })
      return found.state === 'ready' ? found : undefined
    })
  const { digest } = await ready<Plan>('readPlanAction')
  const { impactId, required } = await ready<ImpactReview>('readImpactAction')
  const reviewed = { planId, reviewedPlanDigest: digest, reviewedImpactId: impactId, acknowledgements: required }
  await sandbox.clearCalls()
  const removalId = await lookFor(async () => {
    const started = await act<Started>('startRemovalAction', { ...reviewed, canary: false })
    return 'removalId' in started ? started.removalId : undefined
  })
  await lookFor(async () => {
    const { state } = await act<Removal>('readRemovalAction', { removalId })
    return state === 'settled' ? state : undefined
  })
  const calls = await sandbox.calls({ operation: 'kms:UntagResource', outcome: 'OK' })
  const rates = REGIONS.map((region) => {
    const sentAt = calls.filter((call) => call.region === region).map(({ time }) => Date.parse(time))
    return (sentAt.length - 1) / ((Math.max(...sentAt) - Math.min(...sentAt)) / 1000)
  })
  return Math.min(...rates)
}
