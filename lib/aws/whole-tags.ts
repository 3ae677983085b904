import type { Arn } from '../arn.ts'
import { ExpectedError, type Problem, problemOf } from '../errors.ts'
import type { Tag } from '../tag.ts'
import { isWhole } from '../text.ts'

interface Read {
  /** The call that told them, as IAM spells it. */
  operation: string
  arn: Arn
  tags: Tag[]
}

/**
 * What stands in the way of working with tags as AWS told them; null: nothing does. AWS's documents allow neither U+0000
 * nor half a character in a tag, but its answer is JSON, which can hold both: then this resource is left alone, for a
 * value that cannot be stored cannot be put back.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Tag.html
 */
export function tagsProblem(read: Read): Problem | null {
  return isWhole(read.tags) ? null : problemOf(notWhole(read))
}

/**
 * The tags, of which every text can be stored.
 *
 * @throws ExpectedError `invalidTag`
 */
export function wholeTags(read: Read): Tag[] {
  if (isWhole(read.tags)) return read.tags
  throw notWhole(read)
}

const notWhole = ({ operation, arn }: Read) =>
  new ExpectedError(
    'invalidTag',
    `${operation} for \`${arn}\`: a tag holds U+0000 or half a character, which cannot be stored nor put back; take it off with another tool, or leave the resource out`,
  )
