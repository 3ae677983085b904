'use server'
import { z } from 'zod'
import { query } from '#lib/auth/action.ts'
import { ports } from '#lib/auth/actor.ts'
import { readTagKeys } from '#lib/inventory/facets.ts'

/** Every tag key of the snapshot. */
export const listTagKeysAction = query('inventory:read', z.object({}), async (_, actor) =>
  readTagKeys(ports(actor).store, actor.scope),
)
