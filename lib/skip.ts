import { type Ineligibility, ineligibilities } from './eligibility.ts'

/** Why a selected resource is not part of a plan. */
export type SkipReason = Ineligibility | keyof typeof otherReasons

const otherReasons = {
  absent: 'none of the chosen tags is on this resource',
  valueDiffers: 'the chosen tags have other values on this resource',
  alreadyThere: 'the tags are there already, with these values',
  otherValue: 'the tags are there again with another value, which is never overwritten',
  gone: 'this resource does not exist any more',
  unreadable: 'this resource could not be read',
  dropped: 'you dropped it in the review',
} as const

/** The sentence that a person reads for a reason. */
export function skipSentence(reason: SkipReason): string {
  return reason in otherReasons
    ? otherReasons[reason as keyof typeof otherReasons]
    : ineligibilities[reason as Ineligibility].sentence
}
