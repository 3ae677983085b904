import { foldCase } from '../comparisons.ts'
import { matchesPattern } from '../glob.ts'
import type { Pattern } from '../pattern.ts'

const PAIRS_MAX = 4_000

/**
 * The texts that, put in for the one variable of the pattern, make it match the text; those of an operator that compares
 * parts, or heeds case, are among them. `undefined` when they are too many to list.
 */
export function substringsThatMatch(pattern: Pattern, text: string): string[] | undefined {
  const at = pattern.findIndex((token) => token.kind === 'variable')
  const [before, after] = [folded(pattern.slice(0, at)), folded(pattern.slice(at + 1))]
  const whole = foldCase(text)
  if (whole.length !== text.length) return undefined
  const places = Array.from({ length: text.length + 1 }, (_, place) => place)
  const starts = places.filter((place) => matchesPattern(before, whole.slice(0, place)))
  const ends = places.filter((place) => matchesPattern(after, whole.slice(place)))
  if (starts.length * ends.length > PAIRS_MAX) return undefined
  return [
    ...new Set(starts.flatMap((start) => ends.filter((end) => end >= start).map((end) => text.slice(start, end)))),
  ]
}

function folded(pattern: Pattern): Pattern {
  return pattern.map((token) => (token.kind === 'text' ? { kind: 'text', text: foldCase(token.text) } : token))
}
