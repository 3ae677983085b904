import type { Call } from './operation.ts'
import type { Tagged, Tags } from './state.ts'

/** The tags as this read sees them: those from before the last change while a staleRead fault is on for the ARN. */
export function readTags({ world, action, region }: Call, resource: Tagged, arn = resource.arn): Tags {
  const { tags, formerTags } = resource
  const tagsBefore = formerTags?.at(-1)?.tags
  return tagsBefore && world.faults.strikesRead({ operation: action, region, resource: arn }) ? tagsBefore : tags
}
