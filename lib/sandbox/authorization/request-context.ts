import type { Call, RequestContext } from '../operation.ts'
import { lineOf, type Organization, organizationPath } from '../organizations/organization.ts'

/**
 * The condition keys of every request, as far as the evaluation does not derive them from principal and resource.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function globalContext({ world, principal, region, now }: Call, resourceArn: string): RequestContext {
  const { session, accountId } = principal
  return {
    'aws:CurrentTime': now.toISOString(),
    // Nobody else reaches the sandbox.
    'aws:SourceIp': '127.0.0.1',
    'aws:RequestedRegion': region,
    'aws:PrincipalIsAWSService': 'false',
    'aws:ViaAWSService': 'false',
    // Long-term credentials carry neither of the two.
    ...(session && { 'aws:MultiFactorAuthPresent': 'false', 'aws:TokenIssueTime': session.issuedAt.toISOString() }),
    ...(session?.sourceIdentity && { 'aws:SourceIdentity': session.sourceIdentity }),
    ...organizationKeys(world.organization, 'Principal', accountId),
    ...organizationKeys(world.organization, 'Resource', resourceArn.split(':')[4] || accountId),
  }
}

/**
 * aws:TagKeys and aws:RequestTag/…, for requests that set or remove tags.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
 */
export function tagContext({ TagKeys, Tags }: Readonly<Record<string, unknown>>): RequestContext {
  const set = (Array.isArray(Tags) ? Tags : []).map((tag) => [tag?.TagKey ?? tag?.Key, tag?.TagValue ?? tag?.Value])
  const tagKeys = [...(Array.isArray(TagKeys) ? TagKeys : []), ...set.map(([tagKey]) => tagKey)]
  return {
    ...(tagKeys.length > 0 && { 'aws:TagKeys': tagKeys }),
    ...Object.fromEntries(set.map(([tagKey, value]) => [`aws:RequestTag/${tagKey}`, value ?? ''])),
  }
}

function organizationKeys(
  organization: Organization | undefined,
  whose: 'Principal' | 'Resource',
  accountId: string,
): RequestContext {
  if (!organization || lineOf(organization, accountId).length === 0) return {}
  return {
    [`aws:${whose}OrgID`]: organization.id,
    [`aws:${whose}OrgPaths`]: [organizationPath(organization, accountId)],
  }
}
