'use server'
import { z } from 'zod'
import { action, query } from '#lib/auth/action.ts'
import { type Actor, ports } from '#lib/auth/actor.ts'
import { summariseAccount } from '#lib/principals/account-summary.ts'
import { checkAccess } from '#lib/principals/check-access.ts'
import { forgetControlPolicies, importControlPolicies } from '#lib/principals/import-control-policies.ts'
import { refreshPrincipals } from '#lib/principals/refresh.ts'

const nothing = z.object({})
const kind = z.enum(['scp', 'rcp'])

const summaryFor = (actor: Actor) => summariseAccount(ports(actor).store, actor.identity)

/** What the present credentials may do, tried by harmless calls in one Region. */
export const checkAccessAction = query(
  'account:read',
  z.object({
    region: z
      .string()
      .regex(/^[a-z0-9-]{1,30}$/, 'not the name of a Region')
      .exactOptional(),
  }),
  async ({ region }, actor) => checkAccess(ports(actor), region),
)

/** What is known of who is in the account. */
export const readAccountAction = query('account:read', nothing, async (_, actor) => summaryFor(actor))

/** Reads anew who is in the account. It changes nothing there and takes a while, so it does not hold up other actions. */
export const refreshAccountAction = query('account:analyse', nothing, async (_, actor) => {
  await refreshPrincipals(ports(actor))
  return summaryFor(actor)
})

// An account is at most five OUs below the root. Organizations User Guide, "Quotas".
const levelsMax = 7
const importInput = z.object({
  kind,
  levels: z
    .array(z.array(z.object({ name: z.string().min(1).max(255), text: z.string().max(100_000) })).max(20))
    .max(levelsMax),
})

/** Keeps SCPs or RCPs that were got elsewhere, or says what is wrong with them. */
export const importControlPoliciesAction = action('account:analyse', importInput, async (input, actor) =>
  importControlPolicies(ports(actor), { account: actor.identity.account, ...input }),
)

/** Forgets the import of one kind. */
export const forgetControlPoliciesAction = action('account:analyse', z.object({ kind }), async (input, actor) =>
  forgetControlPolicies(ports(actor), { account: actor.identity.account, ...input }),
)
