import type { CreateKeyRequest } from '@aws-sdk/client-kms'
import { isPolicyDocument } from '../authorization/documents.ts'
import { AwsError } from '../errors.ts'
import { operation } from '../operation.ts'
import { createKey as putKey } from '../seed/create.ts'
import { regionState } from '../state.ts'
import { refuseWithoutTagging } from '../tagging-at-birth.ts'
import { metadata } from './keys.ts'

const tag = {
  type: 'structure',
  members: {
    TagKey: { type: 'string', required: true, min: 1, max: 128 },
    TagValue: { type: 'string', required: true, min: 0, max: 256 },
  },
} as const

/**
 * A symmetric key of one Region; the other kinds of key come from the seed only.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html
 */
export const createKey = operation<CreateKeyRequest>({
  quota: 'kms:CreateKey',
  isWrite: true,
  members: {
    Policy: { type: 'string', min: 1, max: 131_072 },
    Description: { type: 'string', min: 0, max: 8192 },
    Tags: { type: 'list', member: tag },
  },
  run(call, { Policy, Description = '', Tags = [] }) {
    if (Policy !== undefined && !isPolicyDocument(Policy)) throw new AwsError('MalformedPolicyDocumentException', '')
    refuseWithoutTagging(call, { arn: '*', type: 'other', tags: {} }, Tags)
    const tags = new Map(Tags.map(({ TagKey = '', TagValue = '' }) => [TagKey, TagValue]))
    const plan = { region: call.region, tags, description: Description, createdAt: call.now }
    const [arn = ''] = putKey(call.account, Math.random, { ...plan, ...(Policy !== undefined && { policy: Policy }) })
    const key = regionState(call.account, call.region).keys.get(arn.split('key/')[1] ?? '')
    return { KeyMetadata: key && metadata(call.account, key) }
  },
})
