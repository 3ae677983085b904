import type { Arn } from '../arn.ts'
import { tagOperations } from '../aws/tag-operations.ts'
import { translated } from '../aws/translate-error.ts'
import { ExpectedError, isExpectedError } from '../errors.ts'
import type { ResourceType } from '../resource.ts'
import { secondsUntil } from './patience.ts'
import type { Place } from './rule.ts'
import { MARK, tagsOf, throwaways } from './throwaway.ts'

/**
 * Makes a throwaway.
 * @throws ExpectedError `denied`, `limitExceeded` and others; where AWS gave no answer, with the tag to look for
 */
export async function createThrowaway(type: ResourceType, place: Place, runId: string): Promise<Arn> {
  const { create, creates } = throwaways[type]
  try {
    return await translated({ operation: creates, region: place.region }, () => create(place, runId))
  } catch (error) {
    if (!isExpectedError(error) || error.code === 'denied') throw error
    const doubt = `if it was made all the same, it has the tag \`${MARK}\` = \`${runId}\``
    throw new ExpectedError(error.code, `${error.message}; ${doubt}`, { cause: error })
  }
}

/** Waits until a throwaway and its tags can be read, which may take AWS a moment; false when they never could. */
export async function isReadable(type: ResourceType, place: Place, arn: Arn, runId: string): Promise<boolean> {
  const seconds = await secondsUntil(place, async () => {
    try {
      return (await tagOperations[type].readTags(place.aws, arn)).length === tagsOf(runId).length
    } catch (error) {
      if (isExpectedError(error) && error.code === 'notFound') return false
      throw error
    }
  })
  return seconds !== undefined
}

/** Schedules the deletion of a throwaway; what went wrong, with the command that does the same, or undefined. */
export async function removeThrowaway(type: ResourceType, place: Place, arn: Arn): Promise<string | undefined> {
  const { remove, removes, command } = throwaways[type]
  try {
    await translated({ operation: removes, resource: arn }, () => remove(place, arn))
    return undefined
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return `${reason}; it is still there, so delete it yourself: ${command(arn, place.region)}`
  }
}
