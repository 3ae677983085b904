import type { GrantListEntry } from '@aws-sdk/client-kms'
import { documentOf } from '../authorization/documents.ts'
import type { ResourceFacts } from '../authorization/facts.ts'
import type { Grant } from '../evaluation/facts.ts'
import type { Call } from '../operation.ts'
import { type Key, tagsAt } from '../state.ts'

/**
 * The key as authorization sees it: its tags are those of a while ago.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/tag-authorization.html (up to five minutes)
 */
export function keyFacts({ world, now }: Pick<Call, 'world' | 'now'>, key: Key): ResourceFacts {
  const { authorizationLagMs } = world.settings
  return {
    arn: key.arn,
    type: 'kms-key',
    tags: Object.fromEntries(tagsAt(key, new Date(now.getTime() - authorizationLagMs))),
    policy: documentOf(key.policy),
    aliases: key.aliasNames,
    grants: key.grants.map(grantFacts),
    kmsFacts: {
      KeySpec: key.spec,
      KeyUsage: key.usage,
      Origin: key.origin,
      MultiRegion: key.primaryRegion !== undefined,
      ...(key.primaryRegion && { MultiRegionKeyType: key.primaryRegion === key.region ? 'PRIMARY' : 'REPLICA' }),
    },
    isAwsManaged: key.manager === 'AWS',
  }
}

function grantFacts({ GranteePrincipal, RetiringPrincipal, Operations, Constraints }: GrantListEntry): Grant {
  const { EncryptionContextEquals, EncryptionContextSubset, SourceArn } = Constraints ?? {}
  return {
    granteePrincipal: GranteePrincipal ?? '',
    operations: Operations ?? [],
    ...(RetiringPrincipal && { retiringPrincipal: RetiringPrincipal }),
    ...(Constraints && {
      constraints: {
        ...(EncryptionContextEquals && { encryptionContextEquals: EncryptionContextEquals }),
        ...(EncryptionContextSubset && { encryptionContextSubset: EncryptionContextSubset }),
        ...(SourceArn && { sourceArn: SourceArn }),
      },
    }),
  }
}
