import type { AssumeRoleRequest, Tag } from '@aws-sdk/client-sts'
import { isPolicyDocument } from '../authorization/documents.ts'
import { overlaid } from '../authorization/principal-facts.ts'
import { AwsError, refusal } from '../errors.ts'
import { defaultDocument } from '../iam/find-policy.ts'
import type { Role } from '../iam/identities.ts'
import type { Call } from '../operation.ts'
import { accountOf, ownerOf, type Session } from '../principals.ts'
import { duplicates } from '../tag-rules.ts'

// Characters of all session policies together (API reference, AssumeRole).
const sessionPolicyCharactersMax = 2_048

/**
 * What the new session brings along; transitive tags and the source identity of the caller's session go with it.
 *
 * @throws AwsError for tags and policies that are refused
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining
 */
export function passedSession(call: Call, input: AssumeRoleRequest, role: Role): Session {
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
  const account = accountOf(world.accounts, ownerOf(role.arn))
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
