import type { AssumeRoleRequest } from '@aws-sdk/client-sts'
import { addSeconds } from 'date-fns/addSeconds'
import { documentOf } from '../authorization/documents.ts'
import { issueCredentials } from '../credentials.ts'
import { refusal } from '../errors.ts'
import type { Role } from '../iam/identities.ts'
import { type Call, operation, type Subject } from '../operation.ts'
import { accountOf, ownerOf, sessionPrincipal } from '../principals.ts'
import { passedSession } from './passed-session.ts'

// Role chaining: a session that assumes a role gets at most an hour (IAM User Guide, id_roles).
const chainedSecondsMax = 3_600

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const getCallerIdentity = operation({
  quota: 'sts:all',
  members: {},
  run: ({ principal }) => ({ UserId: principal.userId, Account: principal.accountId, Arn: principal.arn }),
})

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const assumeRole = operation<AssumeRoleRequest, Role>({
  quota: 'sts:all',
  isWrite: true,
  isCrossAccount: true,
  members: {
    RoleArn: { type: 'string', required: true, min: 20, max: 2048 },
    RoleSessionName: { type: 'string', required: true, min: 2, max: 64, pattern: '[\\w+=,.@-]*' },
    DurationSeconds: { type: 'integer', min: 900, max: 43_200 },
    Policy: { type: 'string', min: 1 },
    PolicyArns: {
      type: 'list',
      max: 10,
      member: { type: 'structure', members: { arn: { type: 'string', min: 20, max: 2048 } } },
    },
    Tags: {
      type: 'list',
      max: 50,
      member: {
        type: 'structure',
        members: {
          Key: { type: 'string', required: true, min: 1, max: 128 },
          Value: { type: 'string', required: true, min: 0, max: 256 },
        },
      },
    },
    TransitiveTagKeys: { type: 'list', max: 50, member: { type: 'string', min: 1, max: 128 } },
    ExternalId: { type: 'string', min: 2, max: 1224 },
    SourceIdentity: { type: 'string', min: 2, max: 64, pattern: '[\\w+=,.@-]*' },
  },
  find: (call, { RoleArn = '' }) => findRole(call, RoleArn),
  context: ({ RoleSessionName, ExternalId, SourceIdentity, TransitiveTagKeys }) => ({
    ...(RoleSessionName && { 'sts:RoleSessionName': RoleSessionName }),
    ...(ExternalId && { 'sts:ExternalId': ExternalId }),
    ...(SourceIdentity && { 'sts:SourceIdentity': SourceIdentity }),
    ...(TransitiveTagKeys && { 'sts:TransitiveTagKeys': TransitiveTagKeys }),
  }),
  run(call, input, role) {
    // The query protocol sends numbers as text.
    const seconds = Number(input.DurationSeconds ?? 3_600)
    const [limit, limitName] = call.principal.role
      ? [chainedSecondsMax, 'the 1 hour session limit for roles assumed by role chaining']
      : [role.maxSessionSeconds, 'the MaxSessionDuration set for this role']
    if (seconds > limit) {
      throw refusal('query', 'invalidInput', `The requested DurationSeconds exceeds ${limitName}.`)
    }
    const session = passedSession(call, input, role)
    const principal = sessionPrincipal(ownerOf(role.arn), role, input.RoleSessionName ?? '', session)
    const expiresAt = addSeconds(call.now, seconds)
    const made = issueCredentials(call.world.credentials, principal, expiresAt)
    return {
      Credentials: {
        AccessKeyId: made.accessKeyId,
        SecretAccessKey: made.secretAccessKey,
        SessionToken: made.sessionToken,
        Expiration: expiresAt,
      },
      AssumedRoleUser: { AssumedRoleId: principal.userId, Arn: principal.arn },
      SourceIdentity: session.sourceIdentity,
    }
  },
})

/** STS. */
export const stsOperations = { GetCallerIdentity: getCallerIdentity, AssumeRole: assumeRole }

/** A role that does not exist is refused like one that may not be assumed. */
function findRole(call: Call, roleArn: string): Subject<Role> {
  const role = accountOf(call.world.accounts, ownerOf(roleArn)).roles.get(roleArn.split('/').at(-1) ?? '')
  if (role?.arn === roleArn) {
    const facts = {
      arn: roleArn,
      type: 'role',
      tags: Object.fromEntries(role.tags),
      policy: documentOf(role.trustPolicy),
    } as const
    return { arn: roleArn, resource: role, facts }
  }
  const text = `User: ${call.principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`
  throw refusal('query', 'accessDenied', text)
}
