import type { AccountPrincipal, AccountResource } from '../access/account.ts'
import { actionsOf, serviceOf } from '../access/action-mask.ts'
import type { Arn } from '../arn.ts'

/** Names one action on one resource. */
export function questionOf(action: string, arn: Arn): string {
  return `${action.toLowerCase()} ${arn}`
}

/** The actions that are done to a resource. */
export function actionsOn(resource: AccountResource): string[] {
  return actionsOf(serviceOf(resource)).flatMap(({ name, resourceTypes }) => (resourceTypes.length > 0 ? name : []))
}

/** Whether policies of somebody's own are missing, so that only AWS's simulator can tell of that side. */
export function isOwnSideUnread({ identityPolicies, groups = [], boundary }: AccountPrincipal): boolean {
  return [...identityPolicies, ...groups.flatMap(({ policies }) => policies), boundary].includes('unread')
}
