'use server'
import { z } from 'zod'
import { action, query } from '#lib/auth/action.ts'
import { ports } from '#lib/auth/actor.ts'
import { listPlanItems } from '#lib/removal/list-plan-items.ts'
import { requestSiblings } from '#lib/removal/plan.ts'
import { readPlan } from '#lib/removal/read-plan.ts'
import { startRemoval } from '#lib/removal/start.ts'

const planId = z.uuid()

/** A plan with its totals, or how far its live reads are. */
export const readPlanAction = query('removal:read', z.object({ planId }), async (input, actor) =>
  readPlan(ports(actor).store, actor.scope, input.planId),
)

const itemsInput = z.object({
  planId,
  show: z.enum(['included', 'skipped']),
  text: z.string().max(256),
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

const startInput = z.object({
  planId,
  // Digest of the plan on the operator's screen: startRemoval refuses any other plan.
  reviewedPlanDigest: z.string().regex(/^[0-9a-f]{64}$/, 'not the digest of a plan'),
  acknowledgement: z.string().max(200),
})

/** Starts the reviewed plan and returns at once; however often it is called, one removal comes of it. */
export const startRemovalAction = action('removal:execute', startInput, async (input, actor) =>
  startRemoval(ports(actor), input),
)
