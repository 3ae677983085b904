import type { ResourceFacts } from './authorization/facts.ts'
import { tagContext } from './authorization/request-context.ts'
import { denialText, isAllowed } from './authorize.ts'
import { refusal } from './errors.ts'
import type { Call } from './operation.ts'

/**
 * Who creates something with tags needs the permission to tag, too.
 *
 * @throws AwsError AccessDeniedException
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html (Tags)
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
 */
export function refuseWithoutTagging(call: Call, resource: ResourceFacts, Tags: readonly object[]): void {
  const action = `${call.action.split(':')[0]}:TagResource`
  if (Tags.length === 0 || isAllowed(call, resource, action, tagContext({ Tags }))) return
  const text = denialText({ ...call, action }, resource.arn, { decision: 'implicitDeny', layer: 'identityPolicy' })
  throw refusal('json', 'accessDenied', text)
}
