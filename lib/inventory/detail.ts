import { type Arn, isKeyArn, keyIdOf, regionOf } from '../arn.ts'
import type { Aws } from '../aws/clients.ts'
import type { Identity } from '../aws/identity.ts'
import { type KeyGrants, type KeyRotation, readKeyGrants, readKeyPolicy, readKeyRotation } from '../aws/key-details.ts'
import { describeKey, listAliases, listKeyTags } from '../aws/kms.ts'
import { describeSecret, readSecretPolicy, type SecretFacts } from '../aws/secrets.ts'
import { keyResource, secretResource } from '../aws/tag-operations.ts'
import { type Ineligibility, ineligibilityOf } from '../eligibility.ts'
import { isExpectedError, type Problem, problemOf } from '../errors.ts'
import type { Resource } from '../resource.ts'
import type { Tag } from '../tag.ts'

/** A part of the answer that may be denied on its own: what was read, or why it could not be. */
export interface Part<Value> {
  value: Value | null
  problem: Problem | null
}

export interface ResourceDetail {
  resource: Resource
  ineligible: Ineligibility | null
  readAt: string
  /** JSON text; null without a problem when there is no policy. */
  policy: { document: string | null; problem: Problem | null }
  /** Of a key; null for a secret. */
  grants: Part<KeyGrants> | null
  rotation: Part<KeyRotation | SecretFacts['rotation']>
  /** What only this page shows, in words. */
  facts: { label: string; value: string }[]
}

/**
 * Everything about one resource as it is now, asked of AWS. Its facts must be readable; whatever else is denied says so
 * in its place, and the rest is there.
 *
 * @throws ExpectedError `notFound`, `denied` (the facts themselves), `throttled`, `unreachable`
 */
export async function readResourceDetail(
  { aws, identity }: { aws: Aws; identity: Identity },
  arn: Arn,
): Promise<ResourceDetail> {
  const detail = await (isKeyArn(arn) ? readKeyDetail : readSecretDetail)(aws, arn)
  return {
    ...detail,
    ineligible: ineligibilityOf(detail.resource, identity.account) ?? null,
    readAt: new Date().toISOString(),
  }
}

type Found = Omit<ResourceDetail, 'ineligible' | 'readAt'>

async function readKeyDetail(aws: Aws, arn: Arn): Promise<Found> {
  const facts = await describeKey(aws, arn)
  const unasked: Part<Tag[]> = { value: null, problem: null }
  const [tags, aliases, policy, grants, rotation] = await Promise.all([
    facts.manager === 'AWS' ? unasked : part(() => listKeyTags(aws, arn)),
    part(() => allAliases(aws, arn)),
    part(() => readKeyPolicy(aws, arn)),
    part(() => readKeyGrants(aws, arn)),
    part(() => readKeyRotation(aws, arn)),
  ])
  const names = aliases.value ?? []
  const resource = {
    ...keyResource(facts, tags.value),
    aliases: names,
    name: names[0] ?? facts.name,
    problem: tags.problem,
  }
  return {
    resource,
    policy: { document: policy.value, problem: policy.problem },
    grants,
    rotation,
    facts: told({
      'Key ID': keyIdOf(arn),
      'Key spec': facts.keySpec,
      'Key usage': facts.keyUsage,
      Origin: facts.origin,
    }),
  }
}

async function allAliases(aws: Aws, arn: Arn): Promise<string[]> {
  const aliases: string[] = []
  for await (const page of listAliases(aws, regionOf(arn), arn)) aliases.push(...page.map(({ alias }) => alias))
  return aliases.sort()
}

async function readSecretDetail(aws: Aws, arn: Arn): Promise<Found> {
  const secret = await describeSecret(aws, arn)
  const policy = await part(() => readSecretPolicy(aws, arn))
  return {
    resource: secretResource(secret),
    policy: { document: policy.value, problem: policy.problem },
    grants: null,
    rotation: { value: secret.rotation, problem: null },
    facts: told({
      'Encryption key': secret.kmsKeyId ?? 'aws/secretsmanager',
      'Rotation schedule': secret.rotation.rule,
    }),
  }
}

async function part<Value>(read: () => Promise<Value>): Promise<Part<Value>> {
  try {
    return { value: await read(), problem: null }
  } catch (error) {
    if (!isExpectedError(error)) throw error
    return { value: null, problem: problemOf(error) }
  }
}

const told = (facts: Record<string, string | null>) =>
  Object.entries(facts).flatMap(([label, value]) => (value === null ? [] : { label, value }))
