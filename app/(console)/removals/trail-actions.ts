'use server'
import { z } from 'zod'
import { action, query } from '#lib/auth/action.ts'
import { ports } from '#lib/auth/actor.ts'
import { readComparison, requestComparison } from '#lib/removal/compare-trail.ts'

const removalInput = z.object({ removalId: z.uuid() })

/** The newest comparison of a removal with CloudTrail. */
export const readTrailAction = query('audit:read', removalInput, async ({ removalId }, actor) => {
  const { store, scope } = ports(actor)
  return readComparison(store, scope, removalId)
})

/** Asks for one; a job makes it. */
export const compareTrailAction = action('audit:read', removalInput, async ({ removalId }, actor) =>
  requestComparison(ports(actor), removalId),
)
