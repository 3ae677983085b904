import type { ImpactPicture } from '../impact-facts.ts'
import type { ImpactSign } from '../impact-review.ts'
import {
  type Acknowledgement,
  acknowledgementKinds,
  type RequiredAcknowledgement,
  typedAcknowledgements,
} from '../item-impact.ts'

/** How many resources show each sign, and the first of them by name; null: none does. */
export type SignCounts = Record<ImpactSign, { resources: number; first: string | null }>

/**
 * Whether nothing was left unread that an operator must take note of. That a session may have a policy of its own is told
 * and not asked about: every session of a role would be asked each time, about nobody but itself.
 */
export function isWhole(picture: Pick<ImpactPicture, 'notRead'> | null): boolean {
  return Boolean(picture?.notRead.every(({ part }) => part === 'sessionPolicy'))
}

/**
 * What the start of a plan asks the operator to acknowledge. `isWhole`: nothing was left unread that concerns all
 * resources; what is missing then is told once.
 */
export function requiredAcknowledgements(signs: SignCounts, isWhole: boolean): RequiredAcknowledgement[] {
  return acknowledgementKinds.flatMap((kind): RequiredAcknowledgement[] => {
    if (kind === 'notRead') return isWhole ? [] : [{ kind, resources: 0, typed: null }]
    const { resources, first } = signs[kind]
    return resources === 0 ? [] : [{ kind, resources, typed: typedAcknowledgements.includes(kind) ? first : null }]
  })
}

/** The first required acknowledgement that was not given, or for which something else was typed. */
export function firstUnmet(
  required: readonly RequiredAcknowledgement[],
  given: readonly Acknowledgement[],
): RequiredAcknowledgement | undefined {
  return required.find(({ kind, typed }) => !given.some((each) => each.kind === kind && each.typed === typed))
}
