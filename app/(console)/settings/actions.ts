'use server'
import { z } from 'zod'
import { action, query } from '#lib/auth/action.ts'
import { type Actor, ports } from '#lib/auth/actor.ts'
import { countOverdue, readRetention, setRetention } from '#lib/removal/retention.ts'
import { retentionDaysSchema } from '#lib/retention.ts'

const daysInput = z.object({ days: retentionDaysSchema })
const ofAccount = (actor: Actor) => ({ ...ports(actor), account: actor.identity.account })

/** How long old values are kept. */
export const readRetentionAction = query('removal:read', z.object({}), async (_, actor) => {
  const { store, account } = ofAccount(actor)
  return readRetention(store, account)
})

/** How many removals would lose their old values at the next purge, were they kept for so many days. */
export const countOverdueAction = query('removal:read', daysInput, async ({ days }, actor) => {
  const { store, account } = ofAccount(actor)
  return countOverdue(store, account, days)
})

/** Changes how long old values are kept. */
export const setRetentionAction = action('retention:manage', daysInput, async ({ days }, actor) =>
  setRetention(ofAccount(actor), days),
)
