import type { CasePolicy } from './case.ts'
import type { JsonPlace } from './json-place.ts'
import type { PolicyLevels } from './layers.ts'
import { readPolicy } from './parse-policy.ts'
import type { PolicyKind } from './policy.ts'

/** A policy of a case, or `unread`. */
export function readCasePolicy(place: JsonPlace, kind: PolicyKind): CasePolicy | undefined {
  return place.value === 'unread' ? 'unread' : readPolicy(place, kind)
}

/** A list of policies; `unread` in place of the list is as a list of one that was not read. */
export function readPolicies(place: JsonPlace, kind: PolicyKind): readonly CasePolicy[] | undefined {
  return place.value === 'unread' ? ['unread'] : place.array((policy) => readCasePolicy(policy, kind))
}

/** Levels of policies; of levels that were not read the number does not matter. */
export function readLevels(place: JsonPlace, kind: PolicyKind): PolicyLevels | undefined {
  return place.value === 'unread' ? [['unread']] : place.array((level) => readPolicies(level, kind))
}

/** What may be absent. */
export function readOptional<Read, Rest extends readonly unknown[]>(
  place: JsonPlace | undefined,
  read: (place: JsonPlace, ...rest: Rest) => Read | undefined,
  ...rest: Rest
): Read | undefined {
  return place && read(place, ...rest)
}
