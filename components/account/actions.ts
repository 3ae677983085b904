import type { ResourcesActions } from '#components/resources/actions.ts'
import type { Change, Read } from '#components/ui/read.ts'
import type { Problem as PolicyProblem } from '#lib/access/problem.ts'
import type { AccountSummary } from '#lib/principals/account-summary.ts'
import type { AccessReport } from '#lib/principals/check-access.ts'
import type { ControlKind } from '#lib/principals/control-layers.ts'
import type { PolicyFile } from '#lib/principals/import-control-policies.ts'
import type { ProtectedPattern } from '#lib/protected-tags.ts'

/** Files of policies, level by level from the root to the account. */
export interface ControlImport {
  kind: ControlKind
  levels: PolicyFile[][]
}

/** The server actions that the list of protected tags works with. */
export interface ProtectedTagActions {
  listProtectedPatterns: Read<Record<string, never>, ProtectedPattern[]>
  addProtectedPattern: Change<ProtectedPattern, void>
  removeProtectedPattern: Change<{ pattern: string }, void>
}

/** The server actions that the account page works with; the page in app/ hands them in. */
export interface AccountActions extends Pick<ResourcesActions, 'listRegions'>, ProtectedTagActions {
  checkAccess: Read<{ region?: string }, AccessReport>
  readAccount: Read<Record<string, never>, AccountSummary>
  refreshAccount: Read<Record<string, never>, AccountSummary>
  importControlPolicies: Change<ControlImport, { problems: readonly PolicyProblem[] }>
  forgetControlPolicies: Change<{ kind: ControlKind }, void>
}
