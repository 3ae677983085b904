import type { Filter, FilterNameStringType } from '@aws-sdk/client-secrets-manager'
import type { Constraint } from '../constraints.ts'
import type { Secret } from '../state.ts'

type Match = (secret: Secret, value: string) => boolean

// Prefix match everywhere, without regard to case for description and all (API reference, Filter). A filter by all
// takes its value apart into words.
const matchers: Record<FilterNameStringType, Match> = {
  name: ({ name }, value) => name.startsWith(value),
  description: ({ description }, value) => startsWithIgnoringCase(description, value),
  'tag-key': ({ tags }, value) => [...tags.keys()].some((key) => key.startsWith(value)),
  'tag-value': ({ tags }, value) => [...tags.values()].some((text) => text.startsWith(value)),
  'primary-region': ({ replicaRegions, region }, value) => replicaRegions.length > 0 && region.startsWith(value),
  'owning-service': ({ owningService }, value) => owningService?.startsWith(value) ?? false,
  all: (secret, value) =>
    value.split(/\s+/).every((word) => attributes(secret).some((text) => text.includes(word.toLowerCase()))),
}

/** Filters as the model has them. */
export const filterMembers: Constraint = {
  type: 'list',
  max: 10,
  member: {
    type: 'structure',
    members: {
      Key: { type: 'string', values: Object.keys(matchers) },
      Values: {
        type: 'list',
        min: 1,
        max: 10,
        member: { type: 'string', max: 512, pattern: '\\!?[a-zA-Z0-9 :_@\\/\\+\\=\\.\\-\\!]*' },
      },
    },
  },
}

/** Whether the secret meets one filter: any of its values is enough. How several negated values combine is unconfirmed. */
export function matches({ Key, Values = [] }: Filter, secret: Secret): boolean {
  if (!Key) return true
  return Values.some((value) =>
    value.startsWith('!') ? !matchers[Key](secret, value.slice(1)) : matchers[Key](secret, value),
  )
}

function attributes({ name, description, tags, owningService }: Secret): string[] {
  return [name, description, ...tags.keys(), ...tags.values(), owningService ?? ''].map((text) => text.toLowerCase())
}

function startsWithIgnoringCase(text: string, start: string): boolean {
  return text.toLowerCase().startsWith(start.toLowerCase())
}
