const permissions = [
  'inventory:read',
  'inventory:scan',
  'account:read',
  'account:analyse',
  'removal:read',
  'removal:plan',
  'removal:execute',
  'retention:manage',
  'audit:read',
  'audit:export',
] as const

/** What an action of ours needs; not to be mixed up with access, which is what AWS grants. */
export type Permission = (typeof permissions)[number]

/** Which permissions each console role holds. Local mode knows one: the operator, whom AWS alone limits. */
export const consoleRoles: Record<'operator', readonly Permission[]> = {
  operator: permissions,
}
