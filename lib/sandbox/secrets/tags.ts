import type { TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-secrets-manager'
import { tagContext } from '../authorization/request-context.ts'
import { AwsError } from '../errors.ts'
import { type Call, operation } from '../operation.ts'
import { changeTags, type Secret } from '../state.ts'
import { duplicates, isReserved, userTagsMax } from '../tag-rules.ts'
import { findSecret, secretId } from './find-secret.ts'
import { refuseLossOfOwnAccess } from './own-access.ts'
import { refuseDeleted, refuseReplica, refuseServiceOwned } from './secret-state.ts'

const tagKey = { type: 'string', min: 1, max: 128 } as const
const tag = { type: 'structure', members: { Key: tagKey, Value: { type: 'string', min: 0, max: 256 } } } as const

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html */
export const tagSecret = operation<TagResourceRequest, Secret>({
  quota: 'secretsmanager:TagResource+UntagResource',
  isWrite: true,
  isCrossAccount: true,
  members: { SecretId: secretId, Tags: { type: 'list', required: true, member: tag } },
  find: (call, { SecretId = '' }) => findSecret(call, SecretId),
  run(call, { Tags = [] }, secret) {
    const set = Tags.map(({ Key = '', Value = '' }) => [Key, Value] as const)
    const tagKeys = set.map(([name]) => name)
    refuseUnfit(call, secret, tagKeys)
    const after = new Set([...secret.tags.keys(), ...tagKeys].filter((name) => !isReserved(name)))
    // The limit is documented, the code and text are unconfirmed.
    if (after.size > userTagsMax) throw invalidParameter(`A secret can have at most ${userTagsMax} tags.`)
    const tagsAfter = new Map([...secret.tags, ...set])
    refuseLossOfOwnAccess(call, secret, tagsAfter, tagContext({ Tags }))
    secret.changedAt = call.now
    changeTags(secret, tagsAfter, call.now)
    return undefined
  },
})

/**
 * Absent tag keys are no error.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html
 */
export const untagSecret = operation<UntagResourceRequest, Secret>({
  quota: 'secretsmanager:TagResource+UntagResource',
  isWrite: true,
  isCrossAccount: true,
  members: { SecretId: secretId, TagKeys: { type: 'list', required: true, member: tagKey } },
  find: (call, { SecretId = '' }) => findSecret(call, SecretId),
  run(call, { TagKeys = [] }, secret) {
    refuseUnfit(call, secret, TagKeys)
    // The metadata stays unchanged where no key is attached (API reference).
    if (!TagKeys.some((name) => secret.tags.has(name))) return undefined
    const tagsAfter = new Map([...secret.tags].filter(([name]) => !TagKeys.includes(name)))
    refuseLossOfOwnAccess(call, secret, tagsAfter, tagContext({ TagKeys }))
    secret.changedAt = call.now
    changeTags(secret, tagsAfter, call.now)
    return undefined
  },
})

function refuseUnfit(call: Call, secret: Secret, tagKeys: readonly string[]): void {
  refuseReplica(call, secret)
  refuseDeleted(secret)
  refuseServiceOwned(secret)
  // That these are refused is documented; with which code and text is unconfirmed.
  if (tagKeys.length === 0) throw invalidParameter('You must provide at least one tag key.')
  if (tagKeys.some(isReserved)) throw invalidParameter('Tag keys that start with aws: are reserved for AWS use.')
  if (duplicates(tagKeys)) throw invalidParameter('Duplicate tag keys found in the request.')
}

function invalidParameter(text: string): AwsError {
  return new AwsError('InvalidParameterException', text)
}
