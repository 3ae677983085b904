import { serviceOfAction } from './action-mask.ts'
import type { AccessCase } from './case.ts'
import { describeEntry } from './describe-entry.ts'
import type { Flip } from './flips.ts'
import { prepare } from './prepare.ts'
import { resourceTagKeyOf } from './resource-facts.ts'

/** One requirement of a statement. */
interface Asked {
  /** “aws:ResourceTag/owner to equal `billing`” */
  readonly words: string
  /** The tag keys of the change that it reads, as the resource spells them. */
  readonly tagKeys: readonly string[]
}

/** What a statement asks besides its action: its Resource where that is not everything, and its conditions. */
export function asksOf(
  { action, resource, removeTags }: AccessCase,
  { policy, index, statement }: Pick<Flip, 'policy' | 'index' | 'statement'>,
): Asked[] {
  const service = serviceOfAction(action) ?? 'kms'
  const changing = removeTags.filter((tagKey) => resource.tags.has(tagKey))
  const entries = prepare(policy, service)[index]?.entries ?? []
  // The entry of Resource, if there is one, stands before those of the conditions.
  const first = entries.length - statement.conditions.length
  return entries.map((entry, at) => {
    const read = entry.reads.map((contextKey) => resourceTagKeyOf(contextKey, service))
    const values = statement.conditions[at - first]?.values ?? statement.resource.patterns
    return {
      words: describeEntry(entry, values, changing),
      tagKeys: changing.filter((tagKey) => read.includes(tagKey.toLowerCase())),
    }
  })
}
