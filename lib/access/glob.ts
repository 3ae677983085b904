import type { Pattern, Token } from './pattern.ts'

/**
 * Whether the whole text matches a pattern without variables. The time is bounded by the product of both lengths,
 * whatever the number of stars.
 */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  const [first, second] = pattern
  if (first === undefined) return text === ''
  if (second === undefined && first.kind === 'text') return first.text === text
  if (second === undefined && first.kind === 'many') return true
  return matchesRuns(runsOf(pattern), text)
}

const knownRuns = new WeakMap<Pattern, Token[][]>()

/** The tokens between the stars. The first run is held to the start of the text, the last one to its end. */
function runsOf(pattern: Pattern): Token[][] {
  const known = knownRuns.get(pattern)
  if (known !== undefined) return known
  const runs: Token[][] = [[]]
  knownRuns.set(pattern, runs)
  for (const token of pattern) {
    if (token.kind === 'many') runs.push([])
    else runs.at(-1)?.push(token)
  }
  return runs
}

function matchesRuns(runs: readonly Token[][], text: string): boolean {
  const [head = []] = runs
  let at = endOfRun(head, text, 0)
  if (at < 0 || runs.length === 1) return at === text.length
  // The leftmost place is as good as any: what it leaves free, a later one leaves free as well.
  for (let index = 1; index < runs.length - 1; index++) {
    at = endOfFirst(runs[index] ?? [], text, at)
    if (at < 0) return false
  }
  const tail = runs.at(-1) ?? []
  const start = text.length - lengthOf(tail)
  return start >= at && endOfRun(tail, text, start) === text.length
}

function endOfFirst(run: readonly Token[], text: string, from: number): number {
  const last = text.length - lengthOf(run)
  for (let start = from; start <= last; start++) {
    const end = endOfRun(run, text, start)
    if (end >= 0) return end
  }
  return -1
}

/** Where the run ends when it stands at `at`; -1 when it does not. */
function endOfRun(run: readonly Token[], text: string, at: number): number {
  let end = at
  for (const token of run) {
    if (token.kind === 'text') {
      if (!text.startsWith(token.text, end)) return -1
      end += token.text.length
    } else {
      end += 1
    }
  }
  return end > text.length ? -1 : end
}

function lengthOf(run: readonly Token[]): number {
  let length = 0
  for (const token of run) length += token.kind === 'text' ? token.text.length : 1
  return length
}

const PARTS = 6

/**
 * Whether an ARN matches: each of the six parts is held against its own part of the pattern, so that no wildcard of the
 * first five reaches past a colon. Undefined when either is not an ARN of six parts.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function matchesArn(pattern: Pattern, arn: string): boolean | undefined {
  const patternParts = arnPatternParts(pattern)
  const parts = arnParts(arn)
  if (patternParts === undefined || parts === undefined) return undefined
  return patternParts.every((part, index) => matchesPattern(part, parts[index] ?? ''))
}

/** Whether a text has the six parts of an ARN. */
export function isArn(text: string): boolean {
  return arnParts(text) !== undefined
}

function arnParts(arn: string): string[] | undefined {
  const all = arn.split(':')
  return all.length < PARTS || all[0] !== 'arn'
    ? undefined
    : [...all.slice(0, PARTS - 1), all.slice(PARTS - 1).join(':')]
}

/** A pattern's six parts, variables included; undefined when it has fewer. */
export function arnPatternParts(pattern: Pattern): Pattern[] | undefined {
  const parts: Token[][] = [[]]
  for (const token of pattern) {
    if (token.kind !== 'text') {
      parts.at(-1)?.push(token)
      continue
    }
    const [head = '', ...tail] = splitAtColons(token.text, PARTS - parts.length)
    if (head !== '') parts.at(-1)?.push({ kind: 'text', text: head })
    for (const text of tail) parts.push(text === '' ? [] : [{ kind: 'text', text }])
  }
  return parts.length === PARTS ? parts : undefined
}

function splitAtColons(text: string, times: number): string[] {
  const all = text.split(':')
  return all.length <= times ? all : [...all.slice(0, times), all.slice(times).join(':')]
}
