import type { Resource } from './resource.ts'

/**
 * Why a resource takes part in no removal. Each row names the rule of AWS it stands for.
 */
export const ineligibilities = {
  awsManaged: {
    sentence: 'AWS manages this key; tags of AWS managed keys cannot be changed',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/tagging-keys.html',
  },
  otherAccount: {
    sentence: 'this resource belongs to another account; neither service untags across accounts',
    source: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html',
  },
  pendingDeletion: {
    sentence: 'this resource is scheduled for deletion; cancel the deletion, or leave it out',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html',
  },
  replica: {
    sentence: 'this secret is a replica; its tags are changed on the primary secret',
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/create-manage-multi-region-secrets.html',
  },
  serviceOwned: {
    sentence: 'another AWS service owns this secret; change it through that service',
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/service-linked-secrets.html',
  },
  tagsUnreadable: {
    sentence: 'the tags of this resource could not be read, so what would be removed cannot be shown',
    source: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html',
  },
} as const

export type Ineligibility = keyof typeof ineligibilities

/** What the rules look at. */
type DecidingFacts = Pick<Resource, 'type' | 'account' | 'region' | 'state' | 'manager' | 'primaryRegion' | 'tags'>

/** The first rule that keeps a resource out of a removal by this account, or undefined when its tags can be removed. */
export function ineligibilityOf(resource: DecidingFacts, account: string): Ineligibility | undefined {
  const holds: Record<Ineligibility, boolean> = {
    awsManaged: resource.type === 'key' && resource.manager === 'AWS',
    otherAccount: resource.account !== account,
    pendingDeletion: resource.state === 'PendingDeletion' || resource.state === 'PendingReplicaDeletion',
    replica: resource.primaryRegion !== null && resource.primaryRegion !== resource.region,
    serviceOwned: resource.type === 'secret' && resource.manager !== 'customer',
    tagsUnreadable: resource.tags === null,
  }
  return (Object.keys(ineligibilities) as Ineligibility[]).find((reason) => holds[reason])
}
