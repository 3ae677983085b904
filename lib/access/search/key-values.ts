import { foldCase } from '../comparisons.ts'
import { isArn, matchesPattern } from '../glob.ts'
import type { KeyFacts } from '../situation.ts'
import { dateValue, isIn, numberValue } from '../values.ts'
import { type CellLimits, cellStrings, type Glob } from './automaton.ts'
import type { Demands } from './demands.ts'
import { globOf } from './globs.ts'
import { realValues } from './real-values.ts'
import { type Scale, scales, textsOnScale } from './scales.ts'

export interface KeyValues {
  readonly values: readonly string[]
  /** Whatever combination of truths a value can have, one of these has it. */
  readonly isComplete: boolean
}

/**
 * Single values of a context key that tell apart what the demands tell apart: more than needed, never fewer, or not
 * `isComplete`. Readable ones come first.
 */
export function valuesOfKey(
  contextKey: string,
  demands: Demands,
  { type, form }: KeyFacts,
  limits: CellLimits,
): KeyValues {
  const isText = scalesOf[type] === scales
  const used = scales.filter((scale) => demands[scale].size > 0)
  const isMixed = used.length + (demands.globs.size > 0 ? 1 : 0) > (type === 'date' ? 2 : 1)
  const texts = isText && !isMixed ? textsAround(demands, limits) : undefined
  const values = new Set([
    ...realValues(contextKey, type),
    ...demands.literals,
    ...demands.folded,
    ...demands.readable,
    ...(texts ?? freshTexts(demands, 1)),
    ...(isText ? used : scalesOf[type]).flatMap((scale) => textsOnScale[scale](demands, contextKey)),
  ])
  const fits = used.every((scale) => scalesOf[type].includes(scale)) && demands.globs.size === 0
  return {
    values: [...values].filter((text) => isOfType[type](text) && (!form || matchesPattern(form, text))),
    isComplete: type === 'bool' || (isText ? texts !== undefined : !isMixed && fits),
  }
}

/** The scales on which the values of a type stand. A text may stand on any. */
const scalesOf: Record<KeyFacts['type'], readonly Scale[]> = {
  string: scales,
  arn: scales,
  bool: [],
  numeric: ['numbers'],
  date: ['dates', 'numbers'],
  ipAddress: ['blocks'],
}

const isOfType: Record<KeyFacts['type'], (text: string) => boolean> = {
  string: () => true,
  arn: isArn,
  bool: (text) => text === 'true' || text === 'false',
  numeric: (text) => numberValue(text) !== undefined,
  date: (text) => dateValue(text) !== undefined,
  ipAddress: (text) => isIn(text, '::/0') !== undefined,
}

/**
 * As many texts of every cell as wanted, none of which is a literal. `undefined` where the cells are too many to list.
 */
function textsAround(demands: Demands, limits: CellLimits): string[] | undefined {
  const isFoldedOnly = demands.globs.size === 0 && demands.literals.size === 0
  // Unit by unit, as the automaton goes, ASCII folds as a whole text does.
  if (!isFoldedOnly && ![...demands.folded].every((text) => /^[\0-\x7f]*$/.test(text))) return undefined
  const globs: Glob[] = [...demands.globs.values()].flat()
  if (!isFoldedOnly)
    globs.push(...[...demands.folded].map((text) => globOf([{ kind: 'text', text }], { ignoreCase: true })))
  return globs.length === 0 ? freshTexts(demands, limits.stringsPerCell) : cellsWithout(demands.literals, globs, limits)
}

/** A text that is literal stands for itself alone, so a cell of which it is found must show another one. */
function cellsWithout(literals: ReadonlySet<string>, globs: readonly Glob[], limits: CellLimits): string[] | undefined {
  const apart = new Set([''])
  for (;;) {
    const all = [...globs, ...[...apart].map((text) => globOf(text === '' ? [] : [{ kind: 'text', text }]))]
    const found = cellStrings(all, limits)
    const met = found?.filter((text) => literals.has(text) && !apart.has(text))
    if (!met?.length) return found
    for (const text of met) apart.add(text)
  }
}

function freshTexts({ literals, folded }: Demands, count: number): string[] {
  const taken = new Set([...literals, ...folded].map(foldCase))
  const fresh: string[] = []
  for (let n = 1; fresh.length < count; n++) {
    const text = n === 1 ? 'other' : `other-${n}`
    if (!taken.has(text)) fresh.push(text)
  }
  return fresh
}
