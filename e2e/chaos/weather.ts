import type { FaultRule } from '#lib/sandbox/faults.ts'
import { reads, type Scene, spokenFor, writesOf } from './scene.ts'

// A part of all resources, and how long after a change reads may not show it.
const STALE_SHARE = 0.15
const STALE_MS = 4000

/** What goes wrong all the time while tags change. Shares of the calls. */
const onWrites = { throttle: 0.15, serverError: 0.05, lostReply: 0.08 } as const
const onReads = { throttle: 0.15, serverError: 0.05 } as const

const rules = (operations: readonly string[], shares: Readonly<Partial<Record<FaultRule['kind'], number>>>) =>
  operations.flatMap((operation) =>
    Object.entries(shares).map(([kind, probability]) => ({ operation, kind: kind as FaultRule['kind'], probability })),
  )

/**
 * Throttles, server errors and lost replies everywhere; and some resources that nobody else changes are read as they were
 * before their last change for a while. (Where somebody has changed them, such a read would show the reviewed value,
 * and no client in the world could know better.)
 */
export async function badWeather(scene: Scene): Promise<void> {
  const spoken = new Set(spokenFor(scene))
  const stale = scene.dice
    .shuffled(scene.stage.arns.filter((arn) => !spoken.has(arn)))
    .slice(0, Math.ceil(STALE_SHARE * scene.stage.arns.length))
    .map(
      (resource): FaultRule => ({ operation: '*', resource, kind: 'staleRead', withinMs: STALE_MS, probability: 0.6 }),
    )
  for (const { resource = '' } of stale) scene.readStale.add(resource)
  await scene.stage.sandbox.faults(...rules(writesOf(scene), onWrites), ...rules(reads, onReads), ...stale)
}
