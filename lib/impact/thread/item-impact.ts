import type { ImpactVerdict, ItemImpact } from '../../item-impact.ts'
import type { ProtectedTag } from '../../protected-tags.ts'
import type { Counted } from './counts.ts'
import type { OperatorCalls } from './operator-calls.ts'

const REASONS_MAX = 5

type Facts = Omit<ItemImpact, 'verdict'>

/** The first that is true tells the resource. */
const verdicts: Record<ImpactVerdict, (facts: Facts) => boolean> = {
  notPermitted: ({ change }) => change === 'deny',
  awsRefuses: ({ awsRefuses }) => awsRefuses === true,
  you: ({ own, reverse }) => own.lose + own.mayLose > 0 || reverse === 'deny',
  gain: ({ own, others }) => own.gain + own.mayGain + others.gain + others.mayGain > 0,
  unknown: ({ own, others, change, reverse, awsRefuses }) =>
    own.unknown + others.unknown > 0 || [change, reverse, awsRefuses].includes('unknown'),
  others: ({ others }) => others.lose + others.mayLose > 0,
  none: () => true,
}
const inOrder = Object.keys(verdicts) as ImpactVerdict[]

/**
 * What a plan does to access to one resource, from what was counted, from what the operator's own calls meet, and from
 * what else speaks against it.
 */
export function itemImpactOf(
  { own, others, reasons }: Counted,
  calls: OperatorCalls,
  protectedTags: ProtectedTag[],
): ItemImpact {
  const { change, reverse, awsRefuses } = calls
  const unknownBecause = [...new Set([...calls.reasons, ...reasons])].slice(0, REASONS_MAX)
  const facts = { change, reverse, awsRefuses, own, others, unknownBecause, protectedTags }
  return { verdict: inOrder.find((verdict) => verdicts[verdict](facts)) ?? 'none', ...facts }
}
