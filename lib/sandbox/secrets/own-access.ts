import type { ResourceFacts } from '../authorization/facts.ts'
import { denialText, isAllowed } from '../authorize.ts'
import { refusal } from '../errors.ts'
import type { Call, RequestContext } from '../operation.ts'
import type { Secret, Tags } from '../state.ts'
import { secretFacts } from './secret-facts.ts'

// Service Authorization Reference, "AWS Secrets Manager": read and write actions on a secret.
const readAndWriteActions = [
  'DescribeSecret',
  'GetSecretValue',
  'GetResourcePolicy',
  'ListSecretVersionIds',
  'PutSecretValue',
  'UpdateSecret',
  'UpdateSecretVersionStage',
  'DeleteSecret',
  'RestoreSecret',
  'RotateSecret',
  'CancelRotateSecret',
  'ReplicateSecretToRegions',
  'RemoveRegionsFromReplication',
  'StopReplicationToReplica',
].map((name) => `secretsmanager:${name}`)

/**
 * Secrets Manager refuses a change of tags after which the caller would have lost its permissions for the secret. How
 * many must be lost is not documented: here that for the
 * call itself, or all that read and write. The text is unconfirmed.
 *
 * @throws AwsError AccessDeniedException
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html
 */
export function refuseLossOfOwnAccess(call: Call, secret: Secret, tagsAfter: Tags, context: RequestContext): void {
  const before = secretFacts(call, secret)
  const after = secretFacts(call, secret, tagsAfter)
  const canReadOrWrite = (facts: ResourceFacts) => readAndWriteActions.some((action) => isAllowed(call, facts, action))
  // That the call itself was allowed before is why it is here.
  const losesThis = !isAllowed(call, after, call.action, context)
  const losesAll = !canReadOrWrite(after) && canReadOrWrite(before)
  if (!losesThis && !losesAll) return
  const text = denialText(call, before.arn, { decision: 'implicitDeny', layer: 'identityPolicy' })
  throw refusal('json', 'accessDenied', `${text} after the change. You can't remove your own access to the secret.`)
}
