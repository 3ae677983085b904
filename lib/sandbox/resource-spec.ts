import { z } from 'zod'
import { resourceStates } from '../resource.ts'
import { grantOperations } from './kms/grant-operations.ts'
import { accountId, policyDocument } from './principal-spec.ts'
import { isEnabled } from './regions.ts'

const region = z.string().refine(isEnabled, 'not a Region that is enabled in the sandbox')
const tags = z.record(z.string().min(1).max(128), z.string().max(256))
const encryptionContext = z.record(z.string(), z.string())
const alias = z.string().regex(/^alias\/[\w/-]+$/)

const common = {
  /** The account of the sandbox unless another is named. */
  accountId: accountId.exactOptional(),
  region: region.default('eu-central-1'),
  tags: tags.default({}),
  description: z.string().default(''),
  replicaRegions: z.array(region).default([]),
  /** The key policy; one that leaves everything to IAM when left out. Or the secret's policy; none when left out. */
  policy: policyDocument.exactOptional(),
}

const grantSpec = z.strictObject({
  granteePrincipal: z.string(),
  retiringPrincipal: z.string().exactOptional(),
  operations: z.array(z.enum(grantOperations)).min(1),
  constraints: z
    .strictObject({
      encryptionContextEquals: encryptionContext.exactOptional(),
      encryptionContextSubset: encryptionContext.exactOptional(),
    })
    .exactOptional(),
})

const keySpec = z.strictObject({
  type: z.literal('key'),
  ...common,
  alias: alias.exactOptional(),
  /** More aliases. */
  aliases: z.array(alias).default([]),
  manager: z.enum(['AWS', 'CUSTOMER']).default('CUSTOMER'),
  state: z.enum(resourceStates).default('Enabled'),
  /** As DescribeKey names them: KeySpec, KeyUsage, Origin. */
  keySpec: z.enum(['SYMMETRIC_DEFAULT', 'RSA_2048', 'ECC_NIST_P256', 'HMAC_256']).default('SYMMETRIC_DEFAULT'),
  keyUsage: z.enum(['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC']).default('ENCRYPT_DECRYPT'),
  origin: z.enum(['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE']).default('AWS_KMS'),
  grants: z.array(grantSpec).default([]),
})

const secretSpec = z.strictObject({
  type: z.literal('secret'),
  ...common,
  name: z.string().min(1).max(512),
  owningService: z.string().exactOptional(),
  isDeleted: z.boolean().default(false),
  /** Id, ARN or alias of the key that encrypts it; aws/secretsmanager when left out. */
  kmsKeyId: z.string().exactOptional(),
  value: z.string().exactOptional(),
})

/** One resource of an exact list. Replicas start with the primary's tags; a key's keep their own from then on. */
export const resourceSpec = z.discriminatedUnion('type', [keySpec, secretSpec])

export type ResourceSpec = z.infer<typeof resourceSpec>
export type KeySpec = Extract<ResourceSpec, { type: 'key' }>
export type SecretSpec = Extract<ResourceSpec, { type: 'secret' }>
