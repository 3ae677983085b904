'use server'
import { z } from 'zod'
import { action, query } from '#lib/auth/action.ts'
import { ports } from '#lib/auth/actor.ts'
import {
  addProtectedPattern,
  listProtectedPatterns,
  protectedPatternSchema,
  removeProtectedPattern,
} from '#lib/impact/protected-patterns.ts'

/** The tag keys that the operators of the account want to keep. */
export const listProtectedPatternsAction = query('inventory:read', z.object({}), async (_, actor) =>
  listProtectedPatterns(ports(actor).store, actor.identity.account),
)

/** Puts a pattern of tag keys on that list, or gives one that is there another note. */
export const addProtectedPatternAction = action('removal:plan', protectedPatternSchema, async (input, actor) =>
  addProtectedPattern(ports(actor), actor.identity.account, input),
)

/** Takes a pattern off that list. */
export const removeProtectedPatternAction = action(
  'removal:plan',
  protectedPatternSchema.pick({ pattern: true }),
  async ({ pattern }, actor) => removeProtectedPattern(ports(actor), actor.identity.account, pattern),
)
