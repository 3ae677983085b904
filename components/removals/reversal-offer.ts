import { counted, figure } from '#components/ui/counted.ts'
import { type Outcome, outcomeRow } from '#lib/outcome.ts'
import type { Removal } from '#lib/removal/read-removal.ts'
import { directionWords } from './wording.ts'

/**
 * What the button that reverses a removal offers: what was chosen, whatever became of it; else all of it, or what
 * earlier reversals have left.
 */
export function reversalOffer(
  { direction, tags, leftToReverse, state }: Pick<Removal, 'direction' | 'tags' | 'leftToReverse' | 'state'>,
  chosen: number,
): { label: string; disabledReason: string | null } {
  const { reverse, reversed } = directionWords[direction]
  if (chosen > 0) return { label: `${reverse} ${figure(chosen)} chosen…`, disabledReason: null }
  const reversible = (Object.keys(tags.byOutcome) as Outcome[]).reduce(
    (sum, outcome) => sum + (outcomeRow(outcome).reversible ? tags.byOutcome[outcome] : 0),
    0,
  )
  const isAll = state !== 'settled' || leftToReverse === 0 || leftToReverse === reversible
  return {
    label: isAll ? `${reverse} all…` : `${reverse} what is left (${counted(leftToReverse, 'tag')})…`,
    disabledReason:
      state === 'settled' && leftToReverse === 0
        ? `all of it ${reversed} since; to do it once more, choose resources in the table`
        : null,
  }
}
