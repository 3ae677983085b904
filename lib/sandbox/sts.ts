import type { AssumeRoleRequest, Tag } from '@aws-sdk/client-sts'
import { addSeconds } from 'date-fns/addSeconds'
import { documentOf, isPolicyDocument } from './authorization/documents.ts'
import { overlaid } from './authorization/principal-facts.ts'
import { issueCredentials } from './credentials.ts'
import { AwsError, refusal } from './errors.ts'
import { defaultDocument } from './iam/find-policy.ts'
import type { Role } from './iam/identities.ts'
import { type Call, operation, type Subject } from './operation.ts'
import { accountOf, type Session, sessionPrincipal } from './principals.ts'
import { duplicates } from './tag-rules.ts'

// Role chaining: a session that assumes a role gets at most an hour (IAM User Guide, id_roles).
const chainedSecondsMax = 3_600
// Characters of all session policies together (API reference, AssumeRole).
const sessionPolicyCharactersMax = 2_048

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
    const session = sessionOf(call, input, role)
    const principal = sessionPrincipal(accountIdOf(role.arn), role, input.RoleSessionName ?? '', session)
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
  const role = accountOf(call.world.accounts, accountIdOf(roleArn)).roles.get(roleArn.split('/').at(-1) ?? '')
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

/**
 * Transitive tags and the source identity of the caller's session go along.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining
 */
function sessionOf(call: Call, input: AssumeRoleRequest, role: Role): Session {
  const { Tags = [], TransitiveTagKeys = [], SourceIdentity } = input
  const own = call.principal.session
  const inherited = [...(own?.tags ?? [])].filter(([tagKey]) => own?.transitiveTagKeys?.some(isSameKey(tagKey)))
  refuseUnfitTags(
    Tags,
    inherited.map(([tagKey]) => tagKey),
  )
  const passed = new Map(Tags.map(({ Key = '', Value = '' }) => [Key, Value]))
  const sourceIdentity = own?.sourceIdentity ?? SourceIdentity
  const policies = sessionPoliciesOf(call, input, role)
  return {
    issuedAt: call.now,
    tags: overlaid(new Map(inherited), passed),
    transitiveTagKeys: [...inherited.map(([tagKey]) => tagKey), ...TransitiveTagKeys],
    ...(policies.length > 0 && { policies }),
    ...(sourceIdentity && { sourceIdentity }),
  }
}

/** Codes and texts are unconfirmed but for their being refused. */
function refuseUnfitTags(tags: readonly Tag[], inherited: readonly string[]): void {
  const tagKeys = tags.map(({ Key = '' }) => Key.toLowerCase())
  if (duplicates(tagKeys)) {
    throw new AwsError(
      'InvalidParameterValue',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    )
  }
  if (inherited.some((tagKey) => tagKeys.includes(tagKey.toLowerCase()))) {
    throw new AwsError(
      'InvalidParameterValue',
      'One of the specified transitive tag keys can not be set because it conflicts with a transitive tag key from the calling session.',
    )
  }
}

/** @throws AwsError MalformedPolicyDocument, PackedPolicyTooLarge, ValidationError for a managed policy that is not there */
function sessionPoliciesOf({ world }: Call, { Policy, PolicyArns = [] }: AssumeRoleRequest, role: Role): string[] {
  if (Policy !== undefined && !isPolicyDocument(Policy)) {
    throw new AwsError('MalformedPolicyDocument', 'This policy contains invalid Json')
  }
  const account = accountOf(world.accounts, accountIdOf(role.arn))
  const managed = PolicyArns.map(({ arn = '' }) => {
    const document = defaultDocument(account, arn)
    if (document === undefined) throw refusal('query', 'invalidInput', `Policy ${arn} does not exist.`)
    return document
  })
  const characters = [Policy ?? '', ...PolicyArns.map(({ arn = '' }) => arn)].join('').length
  if (characters > sessionPolicyCharactersMax) {
    const percent = Math.ceil((characters / sessionPolicyCharactersMax) * 100)
    throw new AwsError(
      'PackedPolicyTooLarge',
      `Packed size of session tags and policies consumes ${percent}% of allotted space.`,
    )
  }
  return Policy === undefined ? managed : [Policy, ...managed]
}

function isSameKey(tagKey: string): (other: string) => boolean {
  return (other) => other.toLowerCase() === tagKey.toLowerCase()
}

function accountIdOf(arn: string): string {
  return arn.split(':')[4] ?? ''
}
