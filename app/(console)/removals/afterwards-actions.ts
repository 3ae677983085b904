'use server'
import { z } from 'zod'
import { action, query } from '#lib/auth/action.ts'
import { ports } from '#lib/auth/actor.ts'
import { listRemovals } from '#lib/removal/list-removals.ts'
import { purgeRemoval } from '#lib/removal/purge.ts'
import { watchRemoval } from '#lib/removal/watch.ts'

const removalId = z.uuid()

/** Those that are watched. */
export const watchedRemovalsAction = query('removal:read', z.object({}), async (_, actor) =>
  listRemovals(ports(actor).store, actor.scope, 'watched'),
)

/** Watches a settled removal for seven days, or stops watching it. */
export const watchRemovalAction = action(
  'removal:plan',
  z.object({ removalId, watch: z.boolean() }),
  async (input, actor) => watchRemoval(ports(actor), input),
)

/** Purges the old values of a settled removal for good. */
export const purgeRemovalAction = action('retention:manage', z.object({ removalId }), async (input, actor) =>
  purgeRemoval(ports(actor), input),
)
