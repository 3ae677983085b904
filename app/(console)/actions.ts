'use server'
import { z } from 'zod'
import { query } from '#lib/auth/action.ts'

/** Who AWS says that the operator is, for the shell. */
export const readIdentityAction = query('inventory:read', z.object({}), async (_input, actor) => actor.identity)
