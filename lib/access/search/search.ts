import type { CaseDecision, CaseEffect } from '../case.ts'
import type { Situation, Verdict } from '../situation.ts'
import type { Quadrant } from './bounds.ts'
import { defaultLimits, type SearchLimits } from './limits.ts'
import type { Numbered, NumberedStatement } from './numbered.ts'
import { Explorer, NEVER, type Reach } from './reach.ts'
import { reasonsOf } from './reasons.ts'
import type { Context } from './truths.ts'
import { flippedIn, witnessOf } from './witness.ts'
import { inWords } from './words.ts'

/** The changes that an answer can report: the flip, what of the same kind stays, and the words for both. */
const changes = [
  { flip: 'loss', kept: 'keptAllow', always: 'loss', sometimes: 'may-lose' },
  { flip: 'gain', kept: 'keptDeny', always: 'gain', sometimes: 'may-gain' },
] as const satisfies readonly { flip: Quadrant; kept: Quadrant; always: CaseEffect; sometimes: CaseEffect }[]

type Reaches = ReadonlyMap<Quadrant, Reach>

/**
 * Decides a situation over all contexts that requests can have. Never says that nothing changes unless that is proved:
 * where AWS's documents leave the answer open it is unknown, and where the limits end the search it is undecided, each
 * with its reason. The same situation gets the same answer, whatever the order of its statements.
 */
export function searchSituation(situation: Situation, limits: SearchLimits = defaultLimits): Verdict {
  const explorer = new Explorer(situation, limits)
  const { numbered } = explorer
  const flips = explorer.reach(changes.flatMap(({ flip }) => (isConceivable(flip, numbered.statements) ? [flip] : [])))
  const reaches: Reaches = new Map([...flips, ...explorer.reach(['keptAllow', 'keptDeny'])])
  const effect = effectsOf(reaches)
  const verdict = { ...decisionsOf(reaches), effect }
  const doubts = doubtsOf(verdict, reaches, numbered, limits)
  if (effect.length === 0) return { ...verdict, ...doubts, flipped: [] }

  const sure = changes.find(({ flip }) => kindOf(reaches, flip) === 'sure')?.flip
  const found = sure && reaches.get(sure)?.found
  if (!found) return { ...verdict, ...doubts, flipped: inOrder(situation, perhapsFlipped(numbered, flips)) }
  const witness = witnessOf(numbered, sure, found)
  if (!witness) return unproved
  const { context, flipped } = witness
  return { ...verdict, ...doubts, ...told(context, numbered), flipped: inOrder(situation, flipped) }
}

const unproved = {
  before: 'unknown',
  after: 'unknown',
  effect: ['unknown'],
  reason: 'the context that was found does not show the change, which is a fault of the analysis',
  flipped: [],
} as const

/** Access can only be lost if an Allow can end or a Deny begin, and only be gained in the reverse case. */
function isConceivable(flip: 'loss' | 'gain', statements: readonly NumberedStatement[]): boolean {
  return statements.some(({ before, after, isChanged, place }) => {
    const isDeny = place === 0
    const [from, to] = (flip === 'loss') === isDeny ? [after, before] : [before, after]
    return isChanged && !implies(from, to)
  })
}

/** Whatever holds all of the first holds all of the second. */
function implies(first: NumberedStatement['before'], second: NumberedStatement['before']): boolean {
  return first === null || (second?.every((atom) => first.includes(atom)) ?? false)
}

function effectsOf(reaches: Reaches): CaseEffect[] {
  const effects = changes.flatMap(({ flip, kept, always, sometimes }): CaseEffect[] => {
    const kind = kindOf(reaches, flip)
    if (kind === 'never') return []
    if (kind === 'unknown') return ['unknown']
    return kind === 'sure' && kindOf(reaches, kept) === 'never' ? [always] : [sometimes]
  })
  return [...new Set(effects)]
}

const kindOf = (reaches: Reaches, quadrant: Quadrant) => (reaches.get(quadrant) ?? NEVER).kind

function decisionsOf(reaches: Reaches) {
  return {
    before: decisionOf(reaches, ['keptAllow', 'loss'], ['keptDeny', 'gain']),
    after: decisionOf(reaches, ['keptAllow', 'gain'], ['keptDeny', 'loss']),
  }
}

function decisionOf(reaches: Reaches, allowed: readonly Quadrant[], denied: readonly Quadrant[]): CaseDecision {
  const kinds = [allowed, denied].map((ways) => best(ways.map((way) => kindOf(reaches, way))))
  if (kinds[0] === 'never') return 'deny'
  if (kinds[1] === 'never') return 'allow'
  return kinds.includes('unknown') ? 'unknown' : 'depends'
}

const byStrength = ['sure', 'undecided', 'unknown'] as const
const best = (kinds: readonly Reach['kind'][]) => byStrength.find((kind) => kinds.includes(kind)) ?? 'never'

/** What keeps an answer from being sure, if anything does. */
function doubtsOf(
  { before, after, effect }: Pick<Verdict, 'before' | 'after' | 'effect'>,
  reaches: Reaches,
  numbered: Numbered,
  limits: SearchLimits,
): Pick<Verdict, 'undecided' | 'reason'> {
  const decisive = changes.flatMap(({ flip, kept }) => (kindOf(reaches, flip) === 'never' ? [] : [flip, kept]))
  const isUndecided = decisive.some((quadrant) => kindOf(reaches, quadrant) === 'undecided')
  if (!isUndecided && ![before, after, ...effect].includes('unknown')) return {}
  const reasons = new Set([...reaches.values()].flatMap((reach) => reasonsOf(numbered, reach, limits)))
  return { ...(isUndecided && { undecided: true }), reason: [...reasons].join('; ') }
}

/** The witness and its words; nothing where it happens in every context. */
function told(context: Context, { atoms }: Numbered): Pick<Verdict, 'witness' | 'when'> {
  if (context.size === 0) return {}
  const entries = [...context].map(([key, values]) => [key, values?.length === 1 ? values[0] : values] as const)
  return {
    witness: Object.fromEntries(entries.map(([key, value]) => [key, value ?? null])),
    when: inWords(context, atoms),
  }
}

/** What would flip if the open truths fell so; every changed statement where not even that was found. */
function perhapsFlipped(numbered: Numbered, flips: Reaches): string[] {
  const found = [...flips.values()].find((reach) => reach.found)?.found
  const changed = numbered.statements.filter(({ isChanged }) => isChanged).map(({ pointer }) => pointer)
  return found ? flippedIn(numbered, found.truths) : changed
}

/** The pointers as they stand in the situation, each once. */
function inOrder({ statements }: Situation, pointers: readonly string[]): string[] {
  const wanted = new Set(pointers)
  return [...new Set(statements.map(({ pointer }) => pointer))].filter((pointer) => wanted.has(pointer))
}
