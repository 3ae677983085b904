import { z } from 'zod'
import { resourceStates } from '../resource.ts'
import { isOperation } from './operations.ts'
import { isEnabled } from './regions.ts'

const operationName = z.string().refine(isOperation, 'no operation of the sandbox; write it as kms:UntagResource')
const region = z.string().refine(isEnabled, 'not a Region that is enabled in the sandbox')
const tags = z.record(z.string().min(1).max(128), z.string().max(256))

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
  /** Another caller that uses up a share (0–1) of an operation's quota all the time. */
  somebodyElse: z.array(z.strictObject({ operation: operationName, share: z.number().min(0).max(1) })).exactOptional(),
})

const keySpec = z.strictObject({
  type: z.literal('key'),
  region: region.default('eu-central-1'),
  tags: tags.default({}),
  alias: z
    .string()
    .regex(/^alias\/[\w/-]+$/)
    .exactOptional(),
  description: z.string().default(''),
  manager: z.enum(['AWS', 'CUSTOMER']).default('CUSTOMER'),
  state: z.enum(resourceStates).default('Enabled'),
  /** Replicas of a multi-Region key; each starts with the primary's tags and keeps its own from then on. */
  replicaRegions: z.array(region).default([]),
})

const secretSpec = z.strictObject({
  type: z.literal('secret'),
  region: region.default('eu-central-1'),
  tags: tags.default({}),
  name: z.string().min(1).max(512),
  description: z.string().default(''),
  owningService: z.string().exactOptional(),
  replicaRegions: z.array(region).default([]),
  isDeleted: z.boolean().default(false),
})

/** One resource of an exact list. */
export const resourceSpec = z.discriminatedUnion('type', [keySpec, secretSpec])

/** Everything that a reset may set; what is left out has its default. */
export const resetSettings = runtimeChange.extend({
  accountId: z
    .string()
    .regex(/^\d{12}$/)
    .exactOptional(),
  /** How many keys and secrets together, replicas included; AWS managed keys come on top. */
  resources: z.int().min(0).max(200_000).exactOptional(),
  seed: z.int().exactOptional(),
  /** Number of Regions in use. */
  regions: z.int().min(1).max(18).exactOptional(),
  /** Exactly these resources instead of the demo data. */
  exactly: z.array(resourceSpec).exactOptional(),
})

export type Denial = z.infer<typeof denial>
export type RuntimeSettings = Required<z.infer<typeof runtimeChange>>
export type ResourceSpec = z.infer<typeof resourceSpec>
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
} as const satisfies ResetSettings
