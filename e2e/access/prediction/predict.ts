import type { AccessCase } from '#lib/access/case.ts'
import { decide } from '#lib/access/decide.ts'
import { parseCases } from '#lib/access/parse-case.ts'
import { regionOf } from '#lib/arn.ts'
import type { CaseFile } from '../case-file.ts'
import type { Attempt } from './attempts.ts'
import type { OpenCaller } from './open-callers.ts'
import type { Membership } from './read-organization.ts'
import type { ReadResource } from './read-resources.ts'
import { accountOf } from './statements.ts'

/** All that was read over AWS's interfaces; nothing here comes from the fixture. */
export interface Reading {
  readonly resources: readonly ReadResource[]
  readonly organization: ReadonlyMap<string, Membership>
}

/** A caller, an action on a resource, and the tag keys that go from all resources. */
export interface Combination {
  readonly caller: OpenCaller
  readonly attempt: Attempt
  readonly target: ReadResource
  readonly tagKeys: readonly string[]
}

export interface Prediction {
  readonly before: string
  readonly after: string
  readonly awsBlocksUntag?: boolean | 'unknown' | undefined
  /** The cases of which each must allow: a value is decrypted with the reader's own permission for the key. */
  readonly cases: readonly AccessCase[]
  readonly because: readonly string[]
}

/** What the engine says of a combination, in the context that the call really has. */
export function predict(combination: Combination, reading: Reading): Prediction {
  const files = filesOf(combination, reading)
  const { cases, problems } = parseCases(JSON.stringify({ cases: files }))
  if (problems.length > 0) throw new Error(`not a case: ${JSON.stringify(problems)}`)
  const answers = cases.map((each) => decide(each, { context: 'closed' }))
  const side = (which: 'before' | 'after') => answers.find((answer) => answer[which] !== 'allow')?.[which] ?? 'allow'
  return {
    before: side('before'),
    after: side('after'),
    awsBlocksUntag: answers[0]?.awsBlocksUntag,
    cases,
    because: answers.flatMap(({ because }) => because),
  }
}

function filesOf(combination: Combination, reading: Reading): CaseFile[] {
  const { attempt, target } = combination
  const file = fileOf(
    combination,
    reading,
    target,
    attempt.action,
    attempt.context(presentIn(target, combination.tagKeys)),
  )
  const key = attempt.action === 'secretsmanager:GetSecretValue' ? keyOf(target, reading) : undefined
  if (!key) return [file]
  // AWS KMS condition keys, kms:ViaService and kms:EncryptionContext: what Secrets Manager sends along.
  const viaService = {
    'aws:CalledVia': ['secretsmanager.amazonaws.com'],
    'aws:ViaAWSService': 'true',
    'kms:ViaService': `secretsmanager.${regionOf(target.resource.arn)}.amazonaws.com`,
    'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
    'kms:EncryptionContext:SecretARN': target.resource.arn,
  }
  return [file, fileOf(combination, reading, key, 'kms:Decrypt', viaService)]
}

function fileOf(
  { caller, tagKeys }: Combination,
  { organization }: Reading,
  { resource }: ReadResource,
  action: string,
  ofAction: NonNullable<CaseFile['context']>,
): CaseFile {
  const ofCaller = organization.get(caller.accountId)
  const ofOwner = organization.get(accountOf(resource.arn))
  return {
    id: `${caller.principal.arn} ${action} ${resource.arn}`,
    principal: caller.principal,
    ...(ofCaller?.scps && { scps: ofCaller.scps }),
    ...(ofOwner?.rcps && { rcps: ofOwner.rcps }),
    resource,
    action,
    context: {
      'aws:CurrentTime': new Date().toISOString(),
      'aws:SourceIp': '127.0.0.1',
      'aws:ViaAWSService': 'false',
      ...(caller.isSession && { 'aws:MultiFactorAuthPresent': 'false' }),
      ...(ofCaller && {
        'aws:PrincipalOrgID': ofCaller.organizationId,
        'aws:PrincipalOrgPaths': [ofCaller.path],
      }),
      ...(ofOwner && { 'aws:ResourceOrgID': ofOwner.organizationId, 'aws:ResourceOrgPaths': [ofOwner.path] }),
      ...ofAction,
    },
    removeTags: [...tagKeys],
  }
}

/** The customer managed key that decrypts the secret. */
export function keyOf({ resource: { arn }, kmsKeyId }: ReadResource, { resources }: Reading): ReadResource | undefined {
  if (kmsKeyId === undefined) return undefined
  return resources.find(
    ({ resource: key }) =>
      accountOf(key.arn) === accountOf(arn) &&
      regionOf(key.arn) === regionOf(arn) &&
      (key.arn.endsWith(kmsKeyId) || key.aliases?.includes(kmsKeyId)),
  )
}

/** Those of the tag keys that the resource carries. */
export function presentIn({ resource: { tags } }: ReadResource, tagKeys: readonly string[]): string[] {
  return tagKeys.filter((tagKey) => Object.hasOwn(tags, tagKey))
}
