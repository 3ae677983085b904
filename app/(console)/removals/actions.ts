'use server'
import { z } from 'zod'
import { action, query } from '#lib/auth/action.ts'
import { ports } from '#lib/auth/actor.ts'
import { type Outcome, outcomes } from '#lib/outcome.ts'
import { moveRemoval } from '#lib/removal/control.ts'
import { listRemovalItems } from '#lib/removal/list-removal-items.ts'
import { listRemovals } from '#lib/removal/list-removals.ts'
import { requestPutBack, requestRest } from '#lib/removal/plan.ts'
import { readRemoval } from '#lib/removal/read-removal.ts'

const removalId = z.uuid()

/** Every removal of this caller, newest first. */
export const listRemovalsAction = query('removal:read', z.object({}), async (_, actor) =>
  listRemovals(ports(actor).store, actor.scope),
)

/** Those that run or stand paused. */
export const runningRemovalsAction = query('removal:read', z.object({}), async (_, actor) =>
  listRemovals(ports(actor).store, actor.scope, 'unsettled'),
)

/** State, counts, pace and lanes of one removal. */
export const readRemovalAction = query('removal:read', z.object({ removalId }), async (input, actor) =>
  readRemoval(ports(actor).store, actor.scope, input.removalId),
)

const itemsInput = z.object({
  removalId,
  outcome: z.enum(['all', 'attention', 'cameBack', ...(Object.keys(outcomes) as Outcome[])]),
  text: z.string().max(256),
  page: z.int().min(1),
  size: z.int().min(1).max(100),
})

/** One page of a removal's items, filtered by outcome and text. */
export const listRemovalItemsAction = query('removal:read', itemsInput, async ({ removalId, ...view }, actor) =>
  listRemovalItems(ports(actor).store, actor.scope, removalId, view),
)

const moveInput = z.object({ removalId, move: z.enum(['pause', 'resume', 'cancel', 'retryFailed']) })

/** Pauses, resumes, cancels or retries; refused when the removal's state does not allow it. */
export const moveRemovalAction = action('removal:execute', moveInput, async (input, actor) => {
  await moveRemoval(ports(actor), input)
  return { removalId: input.removalId }
})

// A server action's argument holds about 10,000 strings or numbers at most; more are reversed by reversing all.
const itemIds = z.union([z.literal('all'), z.array(z.int().positive()).min(1).max(5000)])

/** Plans a removal in reverse, of all items or of some; nothing is sent before that plan is reviewed and started. */
export const putBackAction = action('removal:plan', z.object({ removalId, itemIds }), async (input, actor) =>
  requestPutBack(ports(actor), input),
)

/** Plans anew what a removal has not done yet. */
export const planRestAction = action('removal:plan', z.object({ removalId }), async (input, actor) =>
  requestRest(ports(actor), input),
)
