'use server'
import { z } from 'zod'
import { action, query } from '#lib/auth/action.ts'
import { ports } from '#lib/auth/actor.ts'
import { affectedByCanary } from '#lib/removal/canary/affected.ts'
import { answerCanary } from '#lib/removal/canary/answer.ts'

const removalId = z.uuid()

/** The principals for whom what goes first changes anything, and their last use of it. */
export const affectedByCanaryAction = query('removal:read', z.object({ removalId }), async (input, actor) =>
  affectedByCanary(ports(actor).store, actor.scope, input.removalId),
)

const answerInput = z.object({ removalId, answer: z.enum(['fine', 'broke']) })

/** Takes the answer to “did anything break?”: the rest goes on, or what went first is put back at once. */
export const answerCanaryAction = action('removal:execute', answerInput, async (input, actor) => {
  await answerCanary(ports(actor), input)
  return { removalId: input.removalId }
})
