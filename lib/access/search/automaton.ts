/**
 * One step of a glob: a character, any one character, or any run of characters. `withinPart` steps stop at a colon:
 * the wildcards in the first five parts of an ARN pattern.
 */
export type Step =
  | { readonly character: string; readonly ignoreCase: boolean }
  | { readonly any: 'one' | 'run'; readonly withinPart: boolean }

export type Glob = readonly Step[]

export interface CellLimits {
  /** Strings wanted from each cell, as far as it has so many. */
  readonly stringsPerCell: number
  /** Of the product; with many globs fewer, for a state is as wide as there are globs. */
  readonly statesMax: number
}

/** Globs with which the product may have all of its states. */
const GLOBS_FOR_ALL_STATES = 20

/** Characters besides the two usual cases that `toLowerCase` brings to a letter. */
const furtherCases: Readonly<Record<string, string>> = { k: '\u212a', å: '\u212b' }

/**
 * Parts all strings into cells, each cell being the strings that match the same globs, and gives strings of every cell
 * that is not empty: first the shortest. `undefined` when the product of the globs' automata has more states than
 * allowed.
 */
export function cellStrings(globs: readonly Glob[], { stringsPerCell, statesMax }: CellLimits): string[] | undefined {
  const characters = alphabetOf(globs, stringsPerCell)
  const automata = globs.map((glob) => determinise(glob, characters))
  const visitsMax = Math.min(statesMax, (statesMax * GLOBS_FOR_ALL_STATES) / Math.max(1, globs.length))
  const visits = new Map<string, number>()
  const perCell = new Map<string, number>()
  const found: string[] = []
  const queue: { text: string; states: readonly number[] }[] = []

  const reach = (text: string, states: readonly number[]) => {
    const id = states.join(' ')
    const seen = visits.get(id) ?? 0
    if (seen === stringsPerCell) return
    visits.set(id, seen + 1)
    queue.push({ text, states })
    const cell = states.map((state, i) => automata[i]?.accepts(state)).join()
    const have = perCell.get(cell) ?? 0
    if (have === stringsPerCell) return
    perCell.set(cell, have + 1)
    found.push(text)
  }

  reach(
    '',
    automata.map(() => 0),
  )
  for (let next = 0; next < queue.length; next++) {
    if (visits.size > visitsMax) return undefined
    const { text, states } = queue[next] as (typeof queue)[number]
    characters.forEach((character, c) => {
      reach(
        text + character,
        states.map((state, i) => (automata[i] as Automaton).step(state, c)),
      )
    })
  }
  return found
}

/** The characters of the globs, and as many that occur in none as strings are wanted of a cell. */
function alphabetOf(globs: readonly Glob[], freshCount: number): string[] {
  const characters = new Set<string>()
  for (const step of globs.flat()) {
    if (!('character' in step)) {
      if (step.withinPart) characters.add(':')
      continue
    }
    characters.add(step.character)
    if (!step.ignoreCase) continue
    const lower = step.character.toLowerCase()
    for (const variant of [lower, step.character.toUpperCase(), furtherCases[lower]])
      if (variant) characters.add(variant)
  }
  const fresh = freshCharacters(characters, freshCount)
  return [...fresh, ...characters]
}

function freshCharacters(taken: ReadonlySet<string>, count: number): string[] {
  const fresh: string[] = []
  const folded = new Set([...taken].map((character) => character.toLowerCase()))
  for (const candidate of candidates()) {
    if (fresh.length === count) break
    if (!folded.has(candidate)) fresh.push(candidate)
  }
  return fresh
}

/** Letters and digits first, for they read well; then the private use area, which no policy exhausts. */
function* candidates() {
  yield* 'xyzabcdefghijklmnopqrstuvw0123456789'
  for (let code = 0xe000; code <= 0xf8ff; code++) yield String.fromCharCode(code)
}

interface Automaton {
  step(state: number, character: number): number
  accepts(state: number): boolean
}

/** The deterministic automaton of a glob, made state by state as it is asked for. State 0 is the start. */
function determinise(glob: Glob, characters: readonly string[]): Automaton {
  const ids = new Map<string, number>()
  const states: { positions: readonly number[]; next: (number | undefined)[] }[] = []

  const stateOf = (positions: readonly number[]) => {
    const kept = settle(glob, positions)
    const key = kept.join(' ')
    const known = ids.get(key)
    if (known !== undefined) return known
    ids.set(key, states.length)
    return states.push({ positions: kept, next: [] }) - 1
  }
  stateOf([0])

  return {
    accepts: (state) => states[state]?.positions.at(-1) === glob.length,
    step: (state, c) => {
      const { positions, next } = states[state] as (typeof states)[number]
      next[c] ??= stateOf(positions.flatMap((position) => afterCharacter(glob, position, characters[c] as string)))
      return next[c]
    },
  }
}

function afterCharacter(glob: Glob, position: number, character: string): number[] {
  const step = glob[position]
  if (!step) return []
  if ('character' in step) return sameCharacter(step, character) ? [position + 1] : []
  if (step.withinPart && character === ':') return []
  return [step.any === 'run' ? position : position + 1]
}

const sameCharacter = (step: { character: string; ignoreCase: boolean }, character: string) =>
  step.character === character || (step.ignoreCase && step.character.toLowerCase() === character.toLowerCase())

/**
 * Adds what a run reaches by matching nothing, and drops what is before the last run, for that matches all that those
 * still may. (In an ARN all are in one part: those that have met fewer colons are dead by then.) In order.
 */
function settle(glob: Glob, positions: readonly number[]): number[] {
  const all = new Set<number>()
  for (let position of positions) {
    all.add(position)
    while (isRun(glob[position])) all.add(++position)
  }
  const sorted = [...all].sort((a, b) => a - b)
  const lastRun = sorted.findLastIndex((position) => isRun(glob[position]))
  return lastRun < 0 ? sorted : sorted.slice(lastRun)
}

const isRun = (step: Step | undefined) => step !== undefined && 'any' in step && step.any === 'run'
