import { AwsError } from '../errors.ts'
import type { Call, Subject } from '../operation.ts'
import type { Account } from '../state.ts'
import { findPolicy } from './find-policy.ts'
import type { Group, ManagedPolicy, Role, User } from './identities.ts'

/** @throws AwsError NoSuchEntity */
export function findRole({ account }: Call, name: string): Subject<Role> {
  return found(account.roles.get(name), `The role with name ${name} cannot be found.`)
}

/** @throws AwsError NoSuchEntity */
export function findUser({ account }: Call, name: string): Subject<User> {
  return found(account.users.get(name), `The user with name ${name} cannot be found.`)
}

/** @throws AwsError NoSuchEntity */
export function findGroup({ account }: Call, name: string): Subject<Group> {
  return found(account.groups.get(name), `The group with name ${name} cannot be found.`)
}

/** @throws AwsError NoSuchEntity */
export function findManagedPolicy({ account }: Call, arn: string): Subject<ManagedPolicy> {
  return found(findPolicy(account, arn), `Policy ${arn} was not found.`)
}

/** The account's user, role or group of that ARN. @throws AwsError NoSuchEntity */
export function findByArn({ account }: Call, arn: string): Subject<Role | User | Group> {
  return found(identityOf(account, arn), `The entity with arn ${arn} cannot be found.`)
}

/** IAM's answer to a name that it does not know. */
export function noSuchEntity(text: string): AwsError {
  return new AwsError('NoSuchEntity', text, 404)
}

function identityOf({ roles, users, groups }: Account, arn: string): Role | User | Group | undefined {
  const name = arn.split('/').at(-1) ?? ''
  return [roles.get(name), users.get(name), groups.get(name)].find((identity) => identity?.arn === arn)
}

function found<Resource extends { arn: string }>(resource: Resource | undefined, text: string): Subject<Resource> {
  if (!resource) throw noSuchEntity(text)
  return { arn: resource.arn, resource }
}
