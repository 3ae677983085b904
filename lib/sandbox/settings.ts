import { z } from 'zod'
import { isOperation } from './operations.ts'
import { organizationSpec } from './organizations/organization-spec.ts'
import { accountId, principalSpec } from './principal-spec.ts'
import { resourceSpec } from './resource-spec.ts'

const operationName = z.string().refine(isOperation, 'no operation of the sandbox; write it as kms:UntagResource')

const denial = z.strictObject({
  action: operationName,
  /** An ARN; every resource when left out. */
  resource: z.string().exactOptional(),
  /** Denied only where the request names one of these tag keys. */
  tagKeys: z.array(z.string()).exactOptional(),
  layer: z
    .enum(['identityPolicy', 'resourcePolicy', 'explicitIdentityDeny', 'explicitResourceDeny', 'serviceControlPolicy'])
    .default('identityPolicy'),
})

/** What can be changed while the sandbox runs. */
export const runtimeChange = z.strictObject({
  latencyMs: z.int().min(0).max(60_000).exactOptional(),
  quotas: z.enum(['on', 'off']).exactOptional(),
  denied: z.array(denial).exactOptional(),
  /** How long changed tags of keys take until KMS authorization follows them; reads show them at once. */
  authorizationLagMs: z.int().min(0).max(3_600_000).exactOptional(),
  /** Another caller that uses up a share (0–1) of an operation's quota all the time. */
  somebodyElse: z.array(z.strictObject({ operation: operationName, share: z.number().min(0).max(1) })).exactOptional(),
})

/** Everything that a reset may set; what is left out has its default. */
export const resetSettings = runtimeChange.extend({
  accountId: accountId.exactOptional(),
  /** How many keys and secrets together, replicas included; AWS managed keys come on top. */
  resources: z.int().min(0).max(200_000).exactOptional(),
  seed: z.int().exactOptional(),
  /** Number of Regions in use. */
  regions: z.int().min(1).max(18).exactOptional(),
  /** Exactly these resources instead of the demo data. */
  exactly: z.array(resourceSpec).exactOptional(),
  /** Roles, users and groups besides those that every account has. */
  principals: z.array(principalSpec).exactOptional(),
  /** What control policies bind the account; null: it belongs to no organization. */
  organization: organizationSpec.nullable().exactOptional(),
})

export type Denial = z.infer<typeof denial>
export type RuntimeSettings = Required<z.infer<typeof runtimeChange>>
export type ResetSettings = z.infer<typeof resetSettings>
export type RuntimeChange = z.input<typeof runtimeChange>
export type ResetChange = z.input<typeof resetSettings>

export const defaults = {
  accountId: '111122223333',
  resources: 60,
  seed: 1,
  regions: 5,
  latencyMs: 0,
  quotas: 'on',
  denied: [],
  somebodyElse: [],
  // AWS's own figure (KMS Developer Guide, tag-authorization).
  authorizationLagMs: 300_000,
} as const satisfies ResetSettings
