import { durationText } from '#components/removals/wording.ts'
import { counted, figure } from '#components/ui/counted.ts'
import type { ImpactReview, ImpactSign } from '#lib/impact-review.ts'
import type { CanaryOffer } from '#lib/removal/canary/choose.ts'

/** What makes it worth the time. What was left unread of the whole account is so in most accounts, every time. */
const speaksForIt: readonly ImpactSign[] = [
  'othersLose',
  'ownLoss',
  'gain',
  'unknown',
  'ownUnknown',
  'mayBeIrreversible',
]

/** Whether the review itself proposes that some resources go first. */
export function isCanaryProposed({ signs }: Pick<ImpactReview, 'signs'>): boolean {
  return speaksForIt.some((sign) => signs[sign] > 0)
}

/** `First only 3 of 315 resources, then ask me`. */
export function canaryLabel({ first, resources }: CanaryOffer): string {
  return first === resources
    ? `Check ${counted(resources, 'resource')} and ask me before this counts as done`
    : `First only ${figure(first)} of ${counted(resources, 'resource')}, then ask me`
}

/** What a canary does, how long it takes, and what it cannot show; a sentence each. */
export function canarySentences({ first, resources, classes, unfit, beyond, waitSeconds }: CanaryOffer): string[] {
  const one = 'one of each kind: the same policy, the same prediction, the same tag key'
  const after = classes - unfit - beyond
  return [
    first === resources
      ? `Each is of a kind of its own.`
      : `As a canary they stand for ${counted(after, 'kind')}, ${one}.`,
    waitSeconds === 0
      ? 'What you may do with them is then tried out by calls that change nothing.'
      : `Then KMS is given ${durationText(waitSeconds)} to follow, and what you may do with them is tried out by calls that change nothing.`,
    'When something broke, their tags are put back at once and nothing else is touched.',
    ...(unfit === 0
      ? []
      : [`${counted(unfit, 'kind has', 'kinds have')} no resource that could surely be put back; they come after.`]),
    ...(beyond === 0 ? [] : [`${counted(beyond, 'rarer kind')} would make it too many first; they come after.`]),
  ]
}

/** Why nothing can go first. */
export const NO_CANARY =
  'Nothing can go first to try it out: of no resource it is sure that you could put its tags back.'
