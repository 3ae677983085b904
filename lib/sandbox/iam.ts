import type { GetRoleRequest, GetUserRequest } from '@aws-sdk/client-iam'
import { AwsError, refusal } from './errors.ts'
import { operation } from './operation.ts'
import type { Role, User } from './state.ts'

const name = (max: number) => ({ type: 'string', min: 1, max, pattern: '[\\w+=,.@-]+' }) as const

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
const getRole = operation<GetRoleRequest, Role>({
  quota: 'iam:all',
  members: { RoleName: { ...name(64), required: true } },
  find({ account }, { RoleName = '' }) {
    const role = account.roles.get(RoleName)
    if (!role) throw noSuchEntity(`The role with name ${RoleName} cannot be found.`)
    return { arn: role.arn, resource: role }
  },
  run: (_call, _input, role) => ({
    Role: {
      Path: role.path,
      RoleName: role.name,
      RoleId: role.id,
      Arn: role.arn,
      CreateDate: role.createdAt,
      // Policy documents are URL-encoded by RFC 3986 (API reference, Role).
      AssumeRolePolicyDocument: encodeURIComponent(role.trustPolicy),
      Description: role.description,
      MaxSessionDuration: role.maxSessionSeconds,
    },
  }),
})

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html */
const getUser = operation<GetUserRequest, User>({
  quota: 'iam:all',
  members: { UserName: name(128) },
  find({ account, principal }, { UserName = principal.user?.name }) {
    if (UserName === undefined) {
      throw refusal('query', 'invalidInput', 'Must specify userName when calling with non-User credentials')
    }
    const user = account.users.get(UserName)
    if (!user) throw noSuchEntity(`The user with name ${UserName} cannot be found.`)
    return { arn: user.arn, resource: user }
  },
  run: (_call, _input, user) => ({
    User: { Path: '/', UserName: user.name, UserId: user.id, Arn: user.arn, CreateDate: user.createdAt },
  }),
})

/** IAM, as far as the console reads it. */
export const iamOperations = { GetRole: getRole, GetUser: getUser }

function noSuchEntity(text: string): AwsError {
  return new AwsError('NoSuchEntity', text, 404)
}
