import { z } from 'zod'

/** A policy document as JSON. */
export const policyDocument = z.record(z.string(), z.unknown())
export type PolicyDocument = z.infer<typeof policyDocument>

export const accountId = z.string().regex(/^\d{12}$/)
const name = z.string().regex(/^[\w+=,.@-]{1,128}$/)
const path = z
  .string()
  .regex(/^\/(?:[!-~]+\/)?$/)
  .default('/')
const tags = z.record(z.string().min(1).max(128), z.string().max(256)).default({})

const holder = {
  name,
  path,
  /** The account of the sandbox unless another is named. */
  accountId: accountId.exactOptional(),
  /** Inline policies by name. */
  policies: z.record(name, policyDocument).default({}),
  /** Customer managed policies by name: made, and attached. */
  managedPolicies: z.record(name, policyDocument).default({}),
  /** ARNs of managed policies that are there already, AWS's own for instance. */
  attached: z.array(z.string()).default([]),
}

const boundary = policyDocument.exactOptional()

const roleSpec = z.strictObject({
  type: z.literal('role'),
  ...holder,
  tags,
  boundary,
  description: z.string().default(''),
  /** Whoever the account allows may assume the role, when left out. */
  trustPolicy: policyDocument.exactOptional(),
  maxSessionSeconds: z.int().min(3_600).max(43_200).default(3_600),
  lastUsedDaysAgo: z.int().min(0).exactOptional(),
})

const userSpec = z.strictObject({
  type: z.literal('user'),
  ...holder,
  tags,
  boundary,
  groups: z.array(name).default([]),
})

const groupSpec = z.strictObject({ type: z.literal('group'), ...holder })

/** A role, user or group that a reset makes; one of the same name is replaced. */
export const principalSpec = z.discriminatedUnion('type', [roleSpec, userSpec, groupSpec])

export type PrincipalSpec = z.infer<typeof principalSpec>
export type RoleSpec = Extract<PrincipalSpec, { type: 'role' }>
/** The same as a test or the demo writes it, without what has a default. */
export type PrincipalInput = z.input<typeof principalSpec>
