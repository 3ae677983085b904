import ipaddr from 'ipaddr.js'

/** A context in which access changes; a key that it does not name is absent. Names are lower-case. */
export type Witness = ReadonlyMap<string, readonly string[]>
type Values = readonly string[] | undefined
type Test = (values: Values) => boolean

/** What an accepted witness looks like, and the keys that it may name. */
export interface WitnessRule {
  readonly keys: readonly string[]
  readonly accepts: (witness: Witness) => boolean
}

const one =
  (test: (value: string) => boolean): Test =>
  (values) =>
    values?.length === 1 && values.every((value) => test(value))
const blockHas = (cidr: string, address: string): boolean => {
  const block = ipaddr.parseCIDR(cidr.includes('/') ? cidr : `${cidr}/32`)
  const parsed = ipaddr.parse(address)
  return parsed.kind() === block[0].kind() && parsed.match(block)
}

/** The key is missing, or an empty set. */
export const absent: Test = (values) => values === undefined || values.length === 0
/** Its one value is one of these. */
export const is = (...accepted: string[]): Test => one((value) => accepted.includes(value))
/** Its one value matches. */
export const like = (pattern: RegExp): Test => one((value) => pattern.test(value))
/** Its one value is an address within the block, of the same family. */
export const inside = (cidr: string): Test => one((value) => blockHas(cidr, value))
/** Its one value is such a number. */
export const number = (holds: (value: number) => boolean): Test => one((value) => holds(Number(value)))
/** Its one value, ISO 8601 or epoch seconds, is such an instant. */
export const instant = (holds: (atMs: number) => boolean): Test =>
  one((value) => holds(/^-?\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value)))
export const has =
  (...elements: string[]): Test =>
  (values) =>
    elements.every((element) => values?.includes(element))
export const not =
  (test: Test): Test =>
  (values) =>
    !test(values)
export const either =
  (...tests: Test[]): Test =>
  (values) =>
    tests.some((test) => test(values))

/** Every key passes its test. */
export function when(tests: Readonly<Record<string, Test>>): WitnessRule {
  const entries = Object.entries(tests).map(([name, test]) => [name.toLowerCase(), test] as const)
  return {
    keys: entries.map(([name]) => name),
    accepts: (witness) => entries.every(([name, test]) => test(witness.get(name))),
  }
}

/** The keys stand in a relation to each other; values of absent keys are undefined. */
export function where(names: readonly string[], holds: (...values: (string | undefined)[]) => boolean): WitnessRule {
  const keys = names.map((name) => name.toLowerCase())
  return { keys, accepts: (witness) => holds(...keys.map((name) => witness.get(name)?.[0])) }
}

/** At least one of the rules is met. */
export function anyOf(...rules: readonly WitnessRule[]): WitnessRule {
  return {
    keys: rules.flatMap((rule) => rule.keys),
    accepts: (witness) => rules.some((rule) => rule.accepts(witness)),
  }
}
