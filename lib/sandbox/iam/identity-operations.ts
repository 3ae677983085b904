import type * as iam from '@aws-sdk/client-iam'
import { refusal } from '../errors.ts'
import { operation } from '../operation.ts'
import { findRole, findUser } from './find.ts'
import type { Role, User } from './identities.ts'
import { listMembers, listOf, nameOf } from './listing.ts'
import { groupView, listedRole, listedUser, roleView, userView } from './views.ts'

const pathPrefix = { type: 'string', min: 1, max: 512 } as const
const under =
  (prefix = '/') =>
  ({ path }: { path: string }) =>
    path.startsWith(prefix)

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
const getRole = operation<iam.GetRoleRequest, Role>({
  quota: 'iam:all',
  members: { RoleName: nameOf(64) },
  find: (call, { RoleName = '' }) => findRole(call, RoleName),
  run: (_call, _input, role) => ({ Role: roleView(role) }),
})

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html */
const getUser = operation<iam.GetUserRequest, User>({
  quota: 'iam:all',
  members: { UserName: { ...nameOf(128), required: false } },
  find(call, { UserName = call.principal.user?.name }) {
    if (UserName === undefined) {
      throw refusal('query', 'invalidInput', 'Must specify userName when calling with non-User credentials')
    }
    return findUser(call, UserName)
  },
  run: (_call, _input, user) => ({ User: userView(user) }),
})

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
const listRoles = operation<iam.ListRolesRequest>({
  quota: 'iam:all',
  members: { PathPrefix: pathPrefix, ...listMembers },
  run(call, input) {
    const roles = [...call.account.roles.values()].filter(under(input.PathPrefix))
    return listOf(call, 'Roles', roles.map(listedRole), input, input.PathPrefix)
  },
})

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html */
const listUsers = operation<iam.ListUsersRequest>({
  quota: 'iam:all',
  members: { PathPrefix: pathPrefix, ...listMembers },
  run(call, input) {
    const users = [...call.account.users.values()].filter(under(input.PathPrefix))
    return listOf(call, 'Users', users.map(listedUser), input, input.PathPrefix)
  },
})

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html */
const listGroups = operation<iam.ListGroupsRequest>({
  quota: 'iam:all',
  members: { PathPrefix: pathPrefix, ...listMembers },
  run(call, input) {
    const groups = [...call.account.groups.values()].filter(under(input.PathPrefix))
    return listOf(call, 'Groups', groups.map(groupView), input, input.PathPrefix)
  },
})

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html */
const listGroupsForUser = operation<iam.ListGroupsForUserRequest, User>({
  quota: 'iam:all',
  members: { UserName: nameOf(128), ...listMembers },
  find: (call, { UserName = '' }) => findUser(call, UserName),
  run(call, input, user) {
    const groups = user.groupNames.flatMap((name) => call.account.groups.get(name) ?? [])
    return listOf(call, 'Groups', groups.map(groupView), input, user.name)
  },
})

/** Who is there: roles, users and groups. */
export const identityOperations = {
  GetRole: getRole,
  GetUser: getUser,
  ListRoles: listRoles,
  ListUsers: listUsers,
  ListGroups: listGroups,
  ListGroupsForUser: listGroupsForUser,
}
