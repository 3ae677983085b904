import { createPrincipal } from '../iam/create.ts'
import { accountOf } from '../principals.ts'
import type { Random } from '../random.ts'
import { regionsByUse } from '../regions.ts'
import type { Account } from '../state.ts'
import { createAwsManagedKeys } from './aws-managed.ts'
import { createKeys } from './company-keys.ts'
import { companyPrincipals } from './company-principals.ts'
import { createSecrets } from './company-secrets.ts'

interface Fill {
  readonly random: Random
  readonly resources: number
  readonly regions: number
}

/** Fills the account with the demo's company: its people and workloads, half keys, half secrets. */
export function fillAccount(
  accounts: Map<string, Account>,
  account: Account,
  { random, resources, regions }: Fill,
): void {
  for (const principal of companyPrincipals(account.id)) {
    createPrincipal(accountOf(accounts, principal.accountId ?? account.id), principal)
  }
  const used = regionsByUse.slice(0, regions)
  for (const region of used) createAwsManagedKeys(account, random, region)
  createKeys(account, random, Math.ceil(resources / 2), used)
  createSecrets(account, random, Math.floor(resources / 2), used)
}
