import type { Problem } from './errors.ts'
import type { Tag } from './tag.ts'

/** A policy of a user, role or group: its own, one that is managed, or one (or all of a kind) that could not be read. */
export type PolicyReading =
  | { readonly name: string; readonly text: string }
  | { readonly managedArn: string }
  | { readonly name: string; readonly problem: Problem }

/** A managed policy: its default version as JSON text, or why it could not be read. */
export type ManagedReading =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly problem: Problem }

export interface GroupReading {
  readonly name: string
  readonly policies: readonly PolicyReading[]
}

export interface UserReading {
  readonly name: string
  readonly arn: string
  /** `AIDA…`; null when it could not be read. */
  readonly id: string | null
  readonly policies: readonly PolicyReading[]
  /** By name; those that could not be read are in {@link AccountReading.groups} with a problem for a policy. */
  readonly groupNames: readonly string[]
  readonly boundary: PolicyReading | null
  /** Null when they could not be read. */
  readonly tags: readonly Tag[] | null
}

export interface RoleReading extends Omit<UserReading, 'groupNames'> {
  /** Of the operator's session when its role could not be read: the path of the role is then unknown. */
  readonly arn: string
  /** `AROA…`; null when it could not be read. */
  readonly id: string | null
  /** JSON text; null when it could not be read. */
  readonly trustPolicy: string | null
  /** ISO 8601, UTC. Of the last 400 days; null: not used in them, or not read. */
  readonly lastUsedAt: string | null
}

/** One level of an organization with the policies that are attached to it. */
export interface ControlLevel {
  /** The root, OU or account by its id; in an import its place, such as `level 1`. */
  readonly target: string
  readonly policies: readonly { readonly name: string; readonly text: string }[]
}

/** The SCPs or RCPs that bind the account, levels root first; none that bind it; or why they could not be read. */
export type ControlPolicies =
  | { readonly state: 'read'; readonly levels: readonly ControlLevel[] }
  | { readonly state: 'none'; readonly why: 'noOrganization' | 'managementAccount' | 'notEnabled' }
  | { readonly state: 'unread'; readonly problem: Problem }

/** Who is in an account and what policies apply to them, as AWS told it to one operator. Texts are unparsed. */
export interface AccountReading {
  readonly account: string
  readonly partition: string
  /** Of a role its name, whatever the session. */
  readonly readBy: { readonly kind: 'role' | 'user' | 'root' | 'federated'; readonly name: string }
  /**
   * How far the operator may look: at everybody; at itself, by single calls; or at nobody. The problem says what AWS
   * answered when everybody was asked for.
   */
  readonly reach: 'account' | 'operator' | 'closed'
  readonly problem: Problem | null
  readonly users: readonly UserReading[]
  readonly roles: readonly RoleReading[]
  readonly groups: readonly GroupReading[]
  /** By ARN: those that somebody here has, as policy or as boundary. */
  readonly managed: Readonly<Record<string, ManagedReading>>
  readonly scps: ControlPolicies
  readonly rcps: ControlPolicies
}
