import { CallLog } from './calls.ts'
import type { Habit } from './cloudtrail/habits.ts'
import { type CredentialStore, demoSession, demoUserKey } from './credentials.ts'
import { Faults } from './faults.ts'
import { Holds } from './holds.ts'
import { createPrincipal } from './iam/create.ts'
import { quotaOf } from './operations.ts'
import { createOrganization, type Organization } from './organizations/organization.ts'
import { type OrganizationSpec, organizationSpec } from './organizations/organization-spec.ts'
import { accountOf, createAccount, sessionPrincipal, userPrincipal } from './principals.ts'
import { type OthersShare, Quotas } from './quotas.ts'
import { seededRandom } from './random.ts'
import { companyHabits } from './seed/company-habits.ts'
import { companyOrganization } from './seed/company-organization.ts'
import { fillAccount } from './seed/fill.ts'
import { createSpecified } from './seed/specified.ts'
import { defaults, type ResetSettings, type RuntimeSettings } from './settings.ts'
import type { Account } from './state.ts'

/** The whole state of the sandbox; a reset makes a new one. */
export interface World {
  readonly accountId: string
  readonly accounts: Map<string, Account>
  /** Absent where the account belongs to none. */
  readonly organization?: Organization
  readonly credentials: CredentialStore
  readonly faults: Faults
  readonly holds: Holds
  readonly calls: CallLog
  readonly startedAt: Date
  /** What the demo's company has done before, which only CloudTrail tells. */
  readonly habits: readonly Habit[]
  readonly quotas: Quotas
  settings: RuntimeSettings
  othersShare: OthersShare
}

/**
 * A world with one filled account and the demo's credentials: role TagOperator as `ada`, and the user `grace`.
 * `arns` are those of an exact list, in its order, replicas behind their primary.
 */
export function createWorld(wanted: ResetSettings): { world: World; arns: string[] } {
  const {
    accountId,
    resources,
    seed,
    regions,
    exactly,
    principals = [],
    organization,
    ...settings
  } = {
    ...defaults,
    ...wanted,
  }
  const startedAt = new Date()
  const random = seededRandom(seed)
  const account = createAccount(accountId)
  const accounts = new Map([[accountId, account]])
  if (!exactly) fillAccount(accounts, account, { random, resources, regions })
  for (const principal of principals) {
    createPrincipal(accountOf(accounts, principal.accountId ?? accountId), principal)
  }
  const arns = (exactly ?? []).flatMap((spec) =>
    createSpecified(accountOf(accounts, spec.accountId ?? accountId), random, spec),
  )
  const world: World = {
    accountId,
    accounts,
    ...organizationOf(accountId, organization, exactly ? plainOrganization : companyOrganization),
    credentials: demoCredentials(account),
    faults: new Faults(random),
    holds: new Holds(),
    calls: new CallLog(),
    startedAt,
    habits: exactly ? [] : companyHabits(account, startedAt),
    quotas: new Quotas(),
    settings: { ...settings, denied: [], somebodyElse: [] },
    othersShare: new Map(),
  }
  changeSettings(world, settings)
  return { world, arns }
}

/** Changes what can be changed at run time; what is left out stays. */
export function changeSettings(world: World, change: Partial<RuntimeSettings>): void {
  world.settings = { ...world.settings, ...change }
  world.othersShare = new Map(
    world.settings.somebodyElse.flatMap(({ operation, share }) => {
      const quota = quotaOf(operation)
      return quota ? [[quota, share] as const] : []
    }),
  )
}

const plainOrganization = organizationSpec.parse({})

function organizationOf(
  accountId: string,
  wanted: ResetSettings['organization'],
  otherwise: OrganizationSpec,
): Pick<World, 'organization'> {
  return wanted === null ? {} : { organization: createOrganization(accountId, wanted ?? otherwise) }
}

function demoCredentials(account: Account): CredentialStore {
  const role = account.roles.get('TagOperator')
  const user = account.users.get('grace')
  if (!role || !user) throw new Error('the account lacks the demo principals')
  const session = demoSession(sessionPrincipal(account.id, role, 'ada', { issuedAt: new Date() }))
  const userKey = demoUserKey(userPrincipal(account.id, user))
  return new Map([session, userKey].map((made) => [made.accessKeyId, made]))
}
