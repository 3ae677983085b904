import { actionNamed } from '#lib/access/reference.ts'
import { type CaseFile, policiesOf } from './case-file.ts'
import { entriesOf } from './entries.ts'

/** A kind of case that the oracle is known to decide otherwise than AWS's documents say. */
interface Difference {
  is: (file: CaseFile) => boolean
  reason: string
  source: string
}

/** Judged one by one; a disagreement that none of these explains fails the test. */
export const differences: readonly Difference[] = [
  {
    is: ({ resource }) => (resource.grants?.length ?? 0) > 0,
    reason: 'it knows no grants',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/grants.html',
  },
  {
    is: ({ principal }) => principal.arn.endsWith(':root'),
    reason: 'it has no rule for the root user, who needs no identity policy',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html',
  },
  {
    is: ({ principal }) => principal.arn.includes(':role/aws-service-role/'),
    reason: 'it lets SCPs and RCPs bind service-linked roles',
    source: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html',
  },
  {
    is: ({ action }) => action === 'kms:RetireGrant',
    reason:
      'it takes kms:RetireGrant for an action like any other; without a grant there is nothing to retire, and no RCP binds it',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html',
  },
  {
    is: (file) =>
      policiesOf(file).some(({ policy }) => policy.Version !== '2012-10-17' && JSON.stringify(policy).includes('${')),
    reason: 'it reads variables in every Version',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html',
  },
  {
    is: (file) =>
      entriesOf(file).some(
        ({ operator, values }) => /Not/.test(operator) && values.some((value) => value.includes('${')),
      ),
    reason: 'a negated operator whose variable has no value does not match',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html',
  },
  {
    is: ({ principal, resource }) =>
      principal.sessionPolicy !== undefined && JSON.stringify(resource.policy ?? null).includes(':assumed-role/'),
    reason: 'a session policy blocks a grant to the session itself',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session',
  },
  {
    is: (file) => entriesOf(file).some(({ operator }) => operator.includes('BinaryEquals')),
    reason: 'it takes the value of the context key for base64, as it rightly takes that of the policy',
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_BinaryEquals',
  },
  {
    is: (file) =>
      entriesOf(file).some(
        ({ operator, values }) => operator.includes('NotIpAddress') && isOfOtherFamily(file, values),
      ),
    reason: 'an IPv6 address is not outside an IPv4 block, and the reverse',
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress',
  },
  {
    is: (file) =>
      entriesOf(file).some(({ operator, values }) => operator.includes('Date') && isInSeconds(file, values)),
    reason: 'it does not compare instants in ISO 8601 with instants in seconds',
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date',
  },
  {
    is: (file) => entriesOf(file).some(({ reads }) => reads.some((key) => isUnlisted(file.action, key))),
    reason:
      'it drops context keys of the service that the reference does not list for the action; the reference has gaps',
    source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html',
  },
  {
    is: (file) =>
      entriesOf(file).some(({ reads }) => reads.some((key) => key.startsWith('secretsmanager:resourcetag/'))),
    reason: 'it fails on secretsmanager:ResourceTag in the context of a request, so it is not told of it',
    source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html',
  },
  {
    is: ({ action, principal, resource }) =>
      action.startsWith('kms:') &&
      !/Decrypt|Encrypt|CreateGrant/.test(action) &&
      principal.arn.split(':')[4] !== resource.arn.split(':')[4],
    reason:
      'it lets every action be done to keys of other accounts; of many the reference says “Cross-account use: No”',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
  },
  {
    is: (file) => hasEmptyTag(file) && /"For(Any|All)Value|\$\{/.test(JSON.stringify(file)),
    reason: 'it takes a tag with an empty value for one without',
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourcetag',
  },
  {
    is: (file) => entriesOf(file).some(({ values }) => values.includes('0.0.0.0/0')),
    reason: 'it finds no address in 0.0.0.0/0',
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress',
  },
  {
    is: ({ context = {} }) => Object.values(context).some(({ length }) => length === 0),
    reason: 'it takes a context key without values for present',
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
  },
]

function hasEmptyTag({ principal, resource }: CaseFile): boolean {
  return [principal.tags, resource.tags].some((tags) => Object.values(tags).includes(''))
}

function isOfOtherFamily({ context = {} }: CaseFile, values: readonly string[]): boolean {
  const held = [context['aws:SourceIp'] ?? []].flat()
  return held.some((address) => values.some((value) => value.includes(':') !== address.includes(':')))
}

/** `1767225600` on one side at least. */
function isInSeconds({ context = {} }: CaseFile, values: readonly string[]): boolean {
  return [...values, String(context['aws:EpochTime'] ?? '')].some((value) => /^\d+$/.test(value))
}

function isUnlisted(action: string, key: string): boolean {
  const listed = actionNamed(action)?.conditionKeys.map((name) => name.toLowerCase().replace('*', '')) ?? []
  const isOfResource = /^(kms:resourcealiases|secretsmanager:(resourcetag\/.*|secretid))$/.test(key)
  if (key.startsWith('kms:encryptioncontext')) return true
  return /^(kms|secretsmanager):/.test(key) && !isOfResource && !listed.some((name) => key.startsWith(name))
}
