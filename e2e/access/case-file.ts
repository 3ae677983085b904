/** A case of `npm run impact` as it stands in its file, before anything has read it. */
export interface CaseFile {
  id: string
  principal: {
    arn: string
    roleArn?: string
    userId?: string
    tags: Record<string, string>
    sessionTags?: 'unknown'
    identityPolicies: PolicyFile[]
    groups?: { name: string; policies: PolicyFile[] }[]
    boundary?: PolicyFile
    sessionPolicy?: PolicyFile
  }
  scps?: PolicyFile[][]
  rcps?: PolicyFile[][]
  resource: {
    arn: string
    type: 'kms-key' | 'secret'
    tags: Record<string, string>
    policy?: PolicyFile | null
    aliases?: string[]
    grants?: GrantFile[]
    keySpec?: string
    keyUsage?: string
    keyOrigin?: string
    multiRegion?: boolean
    multiRegionKeyType?: string
    primaryRegion?: string
  }
  action: string
  context?: Record<string, string | string[]>
  removeTags: string[]
}

export interface PolicyFile {
  Version?: '2008-10-17' | '2012-10-17'
  Statement: StatementFile[]
}

export interface StatementFile {
  Sid?: string
  Effect: 'Allow' | 'Deny'
  Principal?: PrincipalFile
  NotPrincipal?: PrincipalFile
  Action?: string[]
  NotAction?: string[]
  Resource?: string[]
  NotResource?: string[]
  Condition?: ConditionFile
}

export type PrincipalFile = '*' | { AWS?: string[]; Service?: string[] }
/** Operator, then context key, then values. */
export type ConditionFile = Record<string, Record<string, string[]>>

export interface GrantFile {
  grantId: string
  granteePrincipal: string
  retiringPrincipal?: string
  operations: string[]
  constraints?: {
    encryptionContextEquals?: Record<string, string>
    encryptionContextSubset?: Record<string, string>
    sourceArn?: string
  }
}

/** Where a policy stands in a case. */
export const layers = ['identity', 'group', 'boundary', 'session', 'scp', 'rcp', 'resource'] as const
export type Layer = (typeof layers)[number]

/** Every policy of a case with its layer. */
export function policiesOf(file: CaseFile): { layer: Layer; policy: PolicyFile }[] {
  const { principal, scps = [], rcps = [], resource } = file
  const all: Record<Layer, (PolicyFile | null | undefined)[]> = {
    identity: principal.identityPolicies,
    group: (principal.groups ?? []).flatMap((group) => group.policies),
    boundary: [principal.boundary],
    session: [principal.sessionPolicy],
    scp: scps.flat(),
    rcp: rcps.flat(),
    resource: [resource.policy],
  }
  return layers.flatMap((layer) => all[layer].flatMap((policy) => (policy ? [{ layer, policy }] : [])))
}
