'use server'
import { z } from 'zod'
import { action, query } from '#lib/auth/action.ts'
import { ports } from '#lib/auth/actor.ts'
import { readImpact } from '#lib/impact/read-impact.ts'
import { impactSigns } from '#lib/impact-review.ts'
import { acknowledgementKinds, impactVerdicts } from '#lib/item-impact.ts'
import { analyseAgain } from '#lib/removal/analyse-again.ts'
import { offerCanary } from '#lib/removal/canary/choose.ts'
import { dropItems, undropItems } from '#lib/removal/drop.ts'
import { listPlanItems } from '#lib/removal/list-plan-items.ts'
import { NOTED_AT_ONCE_MAX, noteOwners } from '#lib/removal/note-owners.ts'
import { requestSiblings } from '#lib/removal/plan.ts'
import { readPlan } from '#lib/removal/read-plan.ts'
import { startRemoval } from '#lib/removal/start.ts'
import { SELECTED_ARNS_MAX } from '#lib/selection.ts'
import { terraformResource } from '#lib/terraform.ts'

const planId = z.uuid()
// Digest of the plan on the operator's screen: what was not looked at is neither started nor changed.
const reviewedPlanDigest = z.string().regex(/^[0-9a-f]{64}$/, 'not the digest of a plan')
const arns = z.array(z.string().max(2048)).min(1).max(SELECTED_ARNS_MAX)
const verdict = z.enum(impactVerdicts)
const sign = z.enum(impactSigns)

/** A plan with its totals, or how far its live reads are. */
export const readPlanAction = query('removal:read', z.object({ planId }), async (input, actor) =>
  readPlan(ports(actor).store, actor.scope, input.planId),
)

/** What a plan does to access, or how far its analysis is. */
export const readImpactAction = query('removal:read', z.object({ planId }), async (input, actor) =>
  readImpact(ports(actor).store, actor.scope, input.planId),
)

const itemsInput = z.object({
  planId,
  show: z.enum(['included', 'skipped']),
  text: z.string().max(256),
  verdict: verdict.nullable(),
  sign: sign.nullable(),
  page: z.int().min(1),
  size: z.int().min(1).max(100),
})

/** One page of what a plan would change, or of what it leaves out. */
export const listPlanItemsAction = query('removal:read', itemsInput, async ({ planId, ...view }, actor) =>
  listPlanItems(ports(actor).store, actor.scope, planId, view),
)

/** Plans again, with the other members of multi-Region keys and the primaries of replicas. */
export const planSiblingsAction = action('removal:plan', z.object({ planId }), async (input, actor) =>
  requestSiblings(ports(actor), input),
)

const dropInput = z.object({
  planId,
  reviewedPlanDigest,
  drop: z.discriminatedUnion('by', [
    z.object({ by: z.literal('arns'), arns }),
    z.object({ by: z.literal('verdicts'), verdicts: z.array(verdict).min(1).max(impactVerdicts.length) }),
    z.object({ by: z.literal('sign'), sign }),
  ]),
})

/** What would go first if the plan were started with a canary. */
export const offerCanaryAction = query('removal:read', z.object({ planId, impactId: z.uuid() }), async (input, actor) =>
  offerCanary(ports(actor).store, actor.scope, input),
)

/** Leaves resources out of a plan that was not started, for as long as nobody takes them back. */
export const dropItemsAction = action('removal:plan', dropInput, async (input, actor) => dropItems(ports(actor), input))

/** Takes dropped resources back into a plan. */
export const undropItemsAction = action('removal:plan', z.object({ planId, arns }), async (input, actor) =>
  undropItems(ports(actor), input),
)

const ownersInput = z.object({
  planId,
  resources: z.array(terraformResource).max(NOTED_AT_ONCE_MAX),
  isFirst: z.boolean(),
})

/** Notes which resources of a plan stand in the Terraform files that the operator dropped. */
export const noteOwnersAction = action('removal:plan', ownersInput, async (input, actor) =>
  noteOwners(ports(actor), input),
)

/** Analyses anew what a plan does to access, from what AWS says now. */
export const analyseAgainAction = action('removal:plan', z.object({ planId }), async (input, actor) =>
  analyseAgain(ports(actor), input),
)

const startInput = z.object({
  planId,
  reviewedPlanDigest,
  reviewedImpactId: z.uuid(),
  acknowledgements: z
    .array(z.object({ kind: z.enum(acknowledgementKinds), typed: z.string().max(2048).nullable() }))
    .max(acknowledgementKinds.length),
  canary: z.boolean(),
})

/**
 * Starts the reviewed plan once a last analysis has found nothing worse, and returns at once; however often it is called,
 * one removal comes of it.
 */
export const startRemovalAction = action('removal:execute', startInput, async (input, actor) =>
  startRemoval(ports(actor), input),
)
