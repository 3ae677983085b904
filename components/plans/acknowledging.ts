import { acknowledgedClauses } from '#components/removals/acknowledgement-words.ts'
import { counted } from '#components/ui/counted.ts'
import type { ImpactReview } from '#lib/impact-review.ts'
import type { Acknowledgement, AcknowledgementKind, RequiredAcknowledgement } from '#lib/item-impact.ts'
import type { Direction } from '#lib/removal/state.ts'

/** What was typed or ticked (null), and for what: another analysis, or more resources, may say something else. */
interface GivenOne {
  typed: string | null
  impactId: string
  resources: number
}

/** What was typed and ticked so far. */
export type Given = Partial<Record<AcknowledgementKind, GivenOne>>

export const nothingGiven: Given = {}

type Asked = Pick<ImpactReview, 'impactId' | 'required'>

/** What was given for this, as far as it still counts: for this very analysis, and for no fewer resources. */
export function givenFor(given: Given, { kind, resources }: RequiredAcknowledgement, impactId: string) {
  const one = given[kind]
  return one?.impactId === impactId && one.resources >= resources ? one : undefined
}

/** Whether this is acknowledged: the name typed exactly, or the box ticked. */
export function isGiven(given: Given, required: RequiredAcknowledgement, impactId: string): boolean {
  return givenFor(given, required, impactId)?.typed === required.typed
}

/** What still has to be acknowledged, in the order in which it is asked. */
export function missing(given: Given, { impactId, required }: Asked): RequiredAcknowledgement[] {
  return required.filter((one) => !isGiven(given, one, impactId ?? ''))
}

/** What the start sends: nothing but what is asked. */
export function acknowledgementsOf({ required }: Asked): Acknowledgement[] {
  return required.map(({ kind, typed }) => ({ kind, typed }))
}

/** `others lose or may lose access: 3 resources`. */
export function acknowledgedText({ kind, resources }: RequiredAcknowledgement, direction: Direction): string {
  const clause = acknowledgedClauses[direction][kind]
  return resources === 0 ? clause : `${clause}: ${counted(resources, 'resource')}`
}
