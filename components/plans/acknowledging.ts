import { acknowledgedClauses } from '#components/removals/acknowledgement-words.ts'
import { counted } from '#components/ui/counted.ts'
import type { ImpactReview } from '#lib/impact-review.ts'
import type { Acknowledgement, AcknowledgementKind, RequiredAcknowledgement } from '#lib/item-impact.ts'
import type { Direction } from '#lib/removal/state.ts'

/** What was typed and ticked so far. A tick belongs to one analysis: another one may say something else. */
export interface Given {
  typed: Partial<Record<AcknowledgementKind, string>>
  ticked: Partial<Record<AcknowledgementKind, string>>
}

export const nothingGiven: Given = { typed: {}, ticked: {} }

type Asked = Pick<ImpactReview, 'impactId' | 'required'>

/** Whether this is acknowledged: the name typed exactly, or the box ticked for this very analysis. */
export function isGiven({ typed, ticked }: Given, { kind, typed: name }: RequiredAcknowledgement, impactId: string) {
  return name === null ? ticked[kind] === impactId : typed[kind] === name
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
