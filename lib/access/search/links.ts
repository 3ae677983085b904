import { foldCase } from '../comparisons.ts'
import { dateValue } from '../values.ts'

export type Values = readonly string[] | undefined

/**
 * Two context keys that tell of one fact, so that not every pair of values is in a request. A link that is not
 * documented would hide a change; one that is left out raises a false alarm only.
 */
export interface Link {
  readonly keys: readonly [string, string]
  /** All that the link sees of the values of its keys. */
  readonly facets: readonly [Facet, Facet]
  readonly isFeasible: (first: string, second: string) => boolean
  /** Literals that the values of the first key must tell apart, whatever their case. */
  readonly names?: readonly string[]
}

type Facet = (values: Values) => string

const presence: Facet = (values) => (values ? 'present' : '')
const only: Facet = (values) => foldCase(values?.[0] ?? '')
const instant: Facet = (values) => String(dateValue(values?.[0] ?? '') ?? '')

/** Keys that hold names, and the prefix of the keys that hold the value of each. */
const maps = [
  // IAM User Guide, "AWS global condition context keys": aws:RequestTag, aws:TagKeys.
  { names: 'aws:tagkeys', prefix: 'aws:requesttag/' },
  // KMS Developer Guide, "AWS KMS condition keys": kms:EncryptionContext:context-key, kms:EncryptionContextKeys.
  { names: 'kms:encryptioncontextkeys', prefix: 'kms:encryptioncontext:' },
]

/** The links among the keys. */
export function linksAmong(keys: readonly string[]): Link[] {
  const has = new Set(keys)
  const links: Link[] = []
  if (has.has('aws:currenttime') && has.has('aws:epochtime')) {
    links.push({
      keys: ['aws:currenttime', 'aws:epochtime'],
      facets: [instant, instant],
      isFeasible: (date, seconds) => date === seconds,
    })
  }
  // IAM User Guide, "AWS global condition context keys": the age is there only if MFA was used.
  if (has.has('aws:multifactorauthpresent') && has.has('aws:multifactorauthage')) {
    links.push({
      keys: ['aws:multifactorauthpresent', 'aws:multifactorauthage'],
      facets: [only, presence],
      isFeasible: (isPresent, age) => age === '' || isPresent === 'true',
    })
  }
  for (const map of maps) {
    if (!has.has(map.names)) continue
    for (const key of keys)
      if (key.startsWith(map.prefix)) links.push(nameLink(map.names, key, key.slice(map.prefix.length)))
  }
  return links
}

const spellings = ['none', 'one']

/** The value is there when its name is. No two names of a request are taken to differ by case alone. */
function nameLink(namesKey: string, valueKey: string, name: string): Link {
  return {
    keys: [namesKey, valueKey],
    facets: [(names) => spellings[names?.filter((each) => foldCase(each) === name).length ?? 0] ?? 'several', presence],
    isFeasible: (spelled, value) => spelled === (value === '' ? 'none' : 'one'),
    names: [name],
  }
}
