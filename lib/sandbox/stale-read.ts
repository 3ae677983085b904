import type { Call } from './operation.ts'
import type { Tagged, Tags } from './state.ts'

/** The tags as this read sees them: those from before the last change while a staleRead fault is on for the ARN. */
export function readTags({ world, action, region, now }: Call, resource: Tagged, arn = resource.arn): Tags {
  const { tags, formerTags } = resource
  const former = formerTags?.at(-1)
  if (former === undefined) return tags
  const changedMsAgo = now.getTime() - former.until.getTime()
  return world.faults.strikesRead({ operation: action, region, resource: arn }, changedMsAgo) ? former.tags : tags
}
