import type * as organizations from '@aws-sdk/client-organizations'
import { AwsError } from '../errors.ts'
import type { Call } from '../operation.ts'
import { page } from '../paging.ts'
import type { Output } from '../wire/wire.ts'
import type { Organization, OrganizationPolicy, Target } from './organization.ts'

/** The caller's organization. @throws AwsError AWSOrganizationsNotInUseException */
export function organizationOf({ world, account }: Call): Organization {
  if (world.organization?.targets.has(account.id)) return world.organization
  throw new AwsError('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.')
}

/** The organization, for its management account. @throws AwsError AccessDeniedException for every other member */
export function managed(call: Call): Organization {
  const organization = organizationOf(call)
  if (organization.managementAccountId === call.account.id) return organization
  throw new AwsError('AccessDeniedException', "You don't have permissions to access this resource.")
}

/** The root, OU or account of that id, for the management account. @throws AwsError with the code, for none */
export function findTarget(call: Call, id: string | undefined, code: string): Target {
  const found = managed(call).targets.get(id ?? '')
  if (!found) throw new AwsError(code, `You specified a target that doesn't exist: ${id}.`)
  return found
}

/** A policy as listings show it. */
export function summary(call: Call, { id, type, name, isAwsManaged }: OrganizationPolicy): organizations.PolicySummary {
  const { id: organizationId } = organizationOf(call)
  const kind = type.toLowerCase()
  return {
    Id: id,
    Arn: isAwsManaged
      ? `arn:aws:organizations::aws:policy/${kind}/${id}`
      : arnOf(call, `policy/${organizationId}/${kind}/${id}`),
    Name: name,
    Type: type,
    AwsManaged: isAwsManaged,
  }
}

/** The ARN of something in the organization: it stands in the management account. */
export function arnOf(call: Call, what: string): string {
  return `arn:aws:organizations::${organizationOf(call).managementAccountId}:${what}`
}

/** A page of a listing; `about` binds the token to what is listed. */
export function listOf(
  { account, action }: Call,
  member: string,
  items: readonly unknown[],
  { MaxResults = 20, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined },
  about = '',
): Output {
  const badToken = { code: 'InvalidInputException', message: 'You provided an invalid NextToken.' }
  const { items: shown, next } = page(items, MaxResults, NextToken, [action, account.id, about].join(' '), badToken)
  return { [member]: shown, ...(next && { NextToken: next }) }
}
