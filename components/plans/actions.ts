import type { Page } from '#components/removals/actions.ts'
import type { Change, Read } from '#components/ui/read.ts'
import type { CalibrationFound } from '#lib/calibration.ts'
import type { ImpactReview, ImpactSign } from '#lib/impact-review.ts'
import type { Acknowledgement, ImpactVerdict } from '#lib/item-impact.ts'
import type { CanaryOffer } from '#lib/removal/canary/choose.ts'
import type { PlanItem } from '#lib/removal/list-plan-items.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import type { TerraformResource } from '#lib/terraform.ts'

/** What a page of a plan's items is chosen by. */
export interface ItemsShown extends Page {
  show: 'included' | 'skipped'
  verdict: ImpactVerdict | null
  sign: ImpactSign | null
}

/** Which resources are dropped from a plan. */
export type Drop =
  | { by: 'arns'; arns: string[] }
  | { by: 'verdicts'; verdicts: ImpactVerdict[] }
  | { by: 'sign'; sign: ImpactSign }

/** What the operator has read and taken note of. */
export interface ReviewedPlan {
  planId: string
  reviewedPlanDigest: string
  reviewedImpactId: string
  acknowledgements: Acknowledgement[]
  /** Whether one resource of each class goes first. */
  canary: boolean
}

/** The server actions that the review works with; the page in app/ hands them in. */
export interface PlanActions {
  readPlan: Read<{ planId: string }, Plan>
  readImpact: Read<{ planId: string }, ImpactReview>
  listItems: Read<{ planId: string } & ItemsShown, { rows: PlanItem[]; matched: number }>
  planSiblings: Change<{ planId: string }, { planId: string }>
  dropItems: Change<
    { planId: string; reviewedPlanDigest: string; drop: Drop },
    { dropped: string[]; digest: string | null }
  >
  undropItems: Change<{ planId: string; arns: string[] }, { digest: string | null }>
  noteOwners: Change<{ planId: string; resources: TerraformResource[]; isFirst: boolean }, { matched: number }>
  analyseAgain: Change<{ planId: string }, { impactId: string }>
  offerCanary: Read<{ planId: string; impactId: string }, CanaryOffer>
  calibrate: Change<{ planId: string; impactId: string }, CalibrationFound>
  startRemoval: Change<ReviewedPlan, { removalId: string } | { checking: string }>
}
