import type { ContextEntry } from '@aws-sdk/client-iam'
import type { AccountResource } from '../access/account.ts'
import { serviceOf } from '../access/action-mask.ts'
import { parseArn } from '../arn.ts'

/** A resource on one side of the removal, for AWS's simulator. */
export type SimulatedResource = Pick<AccountResource, 'arn' | 'type' | 'tags'>

/** A resource as it is after the removal. */
export function afterRemoval(resource: AccountResource): AccountResource {
  const tags = new Map([...resource.tags].filter(([tagKey]) => !resource.removeTags.includes(tagKey)))
  return { ...resource, tags, removeTags: [] }
}

const text = (name: string, value: string): ContextEntry => {
  return { ContextKeyName: name, ContextKeyValues: [value], ContextKeyType: 'string' }
}

/**
 * What is known of every request of this role or user to a resource with these tags, as AWS's simulator takes it. A tag
 * key that is there in two spellings is left out: a condition reads one of them, and AWS does not say which.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html
 */
export function simulationContext(principalArn: string, resource: SimulatedResource): ContextEntry[] {
  const account = parseArn(principalArn)?.account ?? ''
  const owner = parseArn(resource.arn)?.account ?? ''
  return [
    text('aws:PrincipalArn', principalArn),
    text('aws:PrincipalAccount', account),
    text('aws:ResourceAccount', owner),
    { ...text('aws:SecureTransport', 'true'), ContextKeyType: 'boolean' },
    ...(resource.type === 'kms-key' ? [text('kms:CallerAccount', account)] : []),
    ...[...resource.tags]
      .filter(([tagKey]) => !isDoubled(tagKey, resource))
      .flatMap(([tagKey, value]) => tagNames(resource).map((name) => text(`${name}${tagKey}`, value))),
  ]
}

/** The tag keys that an untag call names. */
export function untagContext(tagKeys: readonly string[]): ContextEntry {
  return { ContextKeyName: 'aws:TagKeys', ContextKeyValues: [...tagKeys], ContextKeyType: 'stringList' }
}

/** Whether policies read one of these tag keys, by the context keys (lower-case) that the simulator missed. */
export function missesTag(missing: readonly string[], tagKeys: Iterable<string>, resource: SimulatedResource): boolean {
  const names = [...tagKeys].flatMap((tagKey) => tagNames(resource).map((name) => `${name}${tagKey}`.toLowerCase()))
  return names.some((name) => missing.includes(name))
}

/** Whether policies read what nobody knows. A tag that the resource has not is known to be missing. */
export function missesContext(missing: readonly string[], resource: SimulatedResource): boolean {
  const known = (contextKey: string) => tagNames(resource).some((name) => contextKey.startsWith(name.toLowerCase()))
  return missing.some((contextKey) => !known(contextKey)) || missesTag(missing, resource.tags.keys(), resource)
}

/** Secrets Manager has a name of its own besides. KMS knows none. */
function tagNames(resource: SimulatedResource): string[] {
  return serviceOf(resource) === 'kms' ? ['aws:ResourceTag/'] : ['aws:ResourceTag/', 'secretsmanager:ResourceTag/']
}

function isDoubled(tagKey: string, { tags }: SimulatedResource): boolean {
  return [...tags.keys()].some((other) => other !== tagKey && other.toLowerCase() === tagKey.toLowerCase())
}
