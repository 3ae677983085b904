import type { ListResourceTagsRequest, TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-kms'
import { AwsError } from '../errors.ts'
import { operation } from '../operation.ts'
import { readTags } from '../stale-read.ts'
import { changeTags, type Key } from '../state.ts'
import { duplicates, isReserved, tagCharacters, userTagsMax } from '../tag-rules.ts'
import { findKey } from './find-key.ts'
import { refuseUnfitState } from './key-state.ts'
import { keyId, listMembers, pageOf } from './listing.ts'

const tagKey = { type: 'string', required: true, min: 1, max: 128 } as const
const tagValue = { type: 'string', required: true, min: 0, max: 256 } as const
const tag = { type: 'structure', members: { TagKey: tagKey, TagValue: tagValue } } as const

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html */
export const listResourceTags = operation<ListResourceTagsRequest, Key>({
  quota: 'kms:ListResourceTags',
  members: { KeyId: keyId, ...listMembers(50) },
  find: (call, { KeyId = '' }) => findKey(call, KeyId),
  run(call, input, key) {
    const tags = [...readTags(call, key)].map(([TagKey, TagValue]) => ({ TagKey, TagValue }))
    return pageOf(call, 'Tags', tags, input, { default: 50, about: key.id })
  },
})

/**
 * Tag texts recorded by localstack snapshots, January 2025.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html
 */
export const tagResource = operation<TagResourceRequest, Key>({
  quota: 'kms:TagResource',
  isWrite: true,
  members: { KeyId: keyId, Tags: { type: 'list', required: true, member: tag } },
  find: (call, { KeyId = '' }) => findKey(call, KeyId),
  run(call, { Tags = [] }, key) {
    refuseUnfitState(call.action, key)
    const set = Tags.map(({ TagKey = '', TagValue = '' }) => [TagKey, TagValue] as const)
    const tagKeys = set.map(([name]) => name)
    if (tagKeys.some(isReserved)) throw new AwsError('TagException', 'Tags beginning with aws: are reserved')
    if (duplicates(tagKeys)) throw new AwsError('TagException', 'Duplicate tag keys')
    if (!set.flat().every((text) => tagCharacters.test(text))) throw new AwsError('TagException', 'Invalid tag')
    const after = new Set([...key.tags.keys(), ...tagKeys].filter((name) => !isReserved(name)))
    if (after.size > userTagsMax) throw new AwsError('TagException', 'Too many tags')
    changeTags(key, new Map([...key.tags, ...set]), call.now)
    return undefined
  },
})

/**
 * Absent tag keys are no error. What AWS answers to an `aws:` key, to the same key twice and to no keys at all is
 * unconfirmed but for its being refused.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html
 */
export const untagResource = operation<UntagResourceRequest, Key>({
  quota: 'kms:UntagResource',
  isWrite: true,
  members: { KeyId: keyId, TagKeys: { type: 'list', required: true, member: { ...tagKey } } },
  find: (call, { KeyId = '' }) => findKey(call, KeyId),
  run(call, { TagKeys = [] }, key) {
    refuseUnfitState(call.action, key)
    if (TagKeys.length === 0) throw new AwsError('TagException', 'No tag keys specified')
    if (TagKeys.some(isReserved)) throw new AwsError('TagException', 'Tags beginning with aws: are reserved')
    if (duplicates(TagKeys)) throw new AwsError('TagException', 'Duplicate tag keys')
    changeTags(key, new Map([...key.tags].filter(([name]) => !TagKeys.includes(name))), call.now)
    return undefined
  },
})
