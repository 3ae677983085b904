import type { ImpactSign } from './impact-review.ts'
import type { ImpactCounts, ItemImpact } from './item-impact.ts'

const gains = ({ gain, mayGain }: ImpactCounts) => gain + mayGain > 0
const loses = ({ lose, mayLose }: ImpactCounts) => lose + mayLose > 0
const isUnsure = (permitted: ItemImpact['change']) => permitted === 'depends' || permitted === 'unknown'

const shows: Record<ImpactSign, (impact: ItemImpact) => boolean> = {
  notPermitted: ({ change }) => change === 'deny',
  mayNotBePermitted: ({ change }) => isUnsure(change),
  awsRefuses: ({ awsRefuses }) => awsRefuses === true,
  ownLoss: ({ own }) => loses(own),
  irreversible: ({ reverse }) => reverse === 'deny',
  mayBeIrreversible: ({ reverse }) => isUnsure(reverse),
  ownUnknown: ({ own, awsRefuses }) => own.unknown > 0 || awsRefuses === 'unknown',
  gain: ({ own, others }) => gains(own) || gains(others),
  othersLose: ({ others }) => loses(others),
  protected: ({ protectedTags }) => protectedTags.length > 0,
  unknown: ({ own, others, change, reverse, awsRefuses }) =>
    own.unknown + others.unknown > 0 || [change, reverse, awsRefuses].includes('unknown'),
}

/** All that may be true of a resource besides its verdict, in the order in which the signs are listed. */
export function signsOf(impact: ItemImpact): ImpactSign[] {
  return (Object.keys(shows) as ImpactSign[]).filter((sign) => shows[sign](impact))
}
