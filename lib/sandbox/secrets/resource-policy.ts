import type {
  DeleteResourcePolicyRequest,
  GetResourcePolicyRequest,
  PutResourcePolicyRequest,
} from '@aws-sdk/client-secrets-manager'
import { isPolicyDocument } from '../authorization/documents.ts'
import { AwsError } from '../errors.ts'
import { operation, type RequestContext } from '../operation.ts'
import type { Secret } from '../state.ts'
import { arnIn, findSecret, secretId } from './find-secret.ts'
import { refuseDeleted, refuseReplica } from './secret-state.ts'

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetResourcePolicy.html */
export const getResourcePolicy = operation<GetResourcePolicyRequest, Secret>({
  quota: 'secretsmanager:resourcePolicies',
  isCrossAccount: true,
  members: { SecretId: secretId },
  find: (call, { SecretId = '' }) => findSecret(call, SecretId),
  run(call, _input, secret) {
    refuseDeleted(secret)
    const { name, resourcePolicy } = secret
    return { ARN: arnIn(secret, call.region), Name: name, ...(resourcePolicy && { ResourcePolicy: resourcePolicy }) }
  },
})

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html */
export const putResourcePolicy = operation<PutResourcePolicyRequest, Secret>({
  quota: 'secretsmanager:resourcePolicies',
  isWrite: true,
  isCrossAccount: true,
  members: {
    SecretId: secretId,
    ResourcePolicy: { type: 'string', required: true, min: 1, max: 20_480 },
    BlockPublicPolicy: { type: 'boolean' },
  },
  find: (call, { SecretId = '' }) => findSecret(call, SecretId),
  context: ({ BlockPublicPolicy = false }): RequestContext => ({
    'secretsmanager:BlockPublicPolicy': String(BlockPublicPolicy),
  }),
  run(call, { ResourcePolicy = '' }, secret) {
    refuseReplica(call, secret)
    refuseDeleted(secret)
    if (!isPolicyDocument(ResourcePolicy)) {
      throw new AwsError('MalformedPolicyDocumentException', 'This resource policy contains invalid Json.')
    }
    secret.resourcePolicy = ResourcePolicy
    return { ARN: secret.arn, Name: secret.name }
  },
})

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteResourcePolicy.html */
export const deleteResourcePolicy = operation<DeleteResourcePolicyRequest, Secret>({
  quota: 'secretsmanager:resourcePolicies',
  isWrite: true,
  isCrossAccount: true,
  members: { SecretId: secretId },
  find: (call, { SecretId = '' }) => findSecret(call, SecretId),
  run(call, _input, secret) {
    refuseReplica(call, secret)
    refuseDeleted(secret)
    delete secret.resourcePolicy
    return { ARN: secret.arn, Name: secret.name }
  },
})
