import { isDeepStrictEqual } from 'node:util'
import { and, eq } from 'drizzle-orm'
import type { Arn } from '../arn.ts'
import { tagOperations } from '../aws/tag-operations.ts'
import type { ResourceFacts } from '../impact-facts.ts'
import { type Answer, answerOf } from '../principals/answer.ts'
import { readOfEach } from '../principals/read-of-each.ts'
import { pacedAt, type Reader } from '../principals/reader.ts'
import { planItems } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import type { PlanItem } from './plan-items.ts'

const READS_AT_ONCE_PER_PLACE = 10

/** What policies may ask of resources, with their tags as they are now; or why these are not known. */
export type FactsNow = ReadonlyMap<Arn, Answer<ResourceFacts>>

/**
 * Reads the tags of a plan's resources anew: those that the plan leaves alone decide access, too. The other facts hardly
 * ever change. What is gone by now stays as it was known, for nobody loses anything there.
 * @throws ExpectedError `credentialsExpired` and its like
 */
export async function readFacts(reader: Reader, items: readonly PlanItem[]): Promise<FactsNow> {
  return new Map(await readOfEach(reader, items, READS_AT_ONCE_PER_PLACE, factsOf))
}

async function factsOf(reader: Reader, { arn, type, facts }: PlanItem): Promise<[Arn, Answer<ResourceFacts>]> {
  const { readQuota, readTags } = tagOperations[type]
  const read = () => pacedAt(reader, arn, readQuota, () => readTags(reader.aws, arn))
  const answer = await answerOf(async () => ({ ...facts, tags: await read() }))
  return [arn, 'problem' in answer && answer.problem.code === 'notFound' ? { value: facts } : answer]
}

/** Keeps what has changed, so that what an analysis finds can be explained from it. */
export async function keepFacts({ db }: Store, items: readonly PlanItem[], now: FactsNow): Promise<void> {
  for (const { planId, arn, facts: known } of items) {
    const read = now.get(arn)
    if (read === undefined || 'problem' in read || isDeepStrictEqual(read.value, known)) continue
    await db
      .update(planItems)
      .set({ facts: read.value })
      .where(and(eq(planItems.planId, planId), eq(planItems.arn, arn)))
  }
}
