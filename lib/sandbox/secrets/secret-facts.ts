import { documentOf } from '../authorization/documents.ts'
import type { ResourceFacts } from '../authorization/facts.ts'
import type { Call } from '../operation.ts'
import type { Secret, Tags } from '../state.ts'

/** The secret as authorization sees it in the call's Region: its tags count at once. */
export function secretFacts({ region }: Pick<Call, 'region'>, secret: Secret, tags: Tags = secret.tags): ResourceFacts {
  return {
    arn: secret.arn.replace(`:${secret.region}:`, `:${region}:`),
    type: 'secret',
    tags: Object.fromEntries(tags),
    policy: secret.resourcePolicy === undefined ? null : documentOf(secret.resourcePolicy),
    ...(secret.replicaRegions.length > 0 && { primaryRegion: secret.region }),
  }
}
