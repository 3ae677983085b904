import type { CaseDecision, CaseEffect } from './case.ts'
import { combine, emptyTally, type LiveStatement, placeOf, type Situation, type Verdict } from './situation.ts'

/** Decides a situation: at once where nothing is left open, else by a search over all feasible contexts. */
export function resolve(situation: Situation): Verdict {
  return situation.statements.every(isSettled) ? settled(situation) : bounded(situation)
}

function isSettled({ before, after }: LiveStatement): boolean {
  return (before?.length ?? 0) === 0 && (after?.length ?? 0) === 0
}

/** Bit 0 asks about before, bit 1 about after. */
function settled({ shape, statements }: Situation): Verdict {
  const tally = emptyTally(shape)
  for (const statement of statements) {
    const place = placeOf(statement)
    tally[place] = (tally[place] ?? 0) | (statement.before ? 1 : 0) | (statement.after ? 2 : 0)
  }
  const allowed = combine(shape, tally)
  const [before, after] = [decisionOf(allowed & 1), decisionOf(allowed & 2)]
  const effect: CaseEffect[] = before === after ? [] : [before === 'allow' ? 'loss' : 'gain']
  const flipped = statements.filter((each) => (each.before === null) !== (each.after === null))
  return { before, after, effect, flipped: effect.length === 0 ? [] : flipped.map(({ pointer }) => pointer) }
}

function decisionOf(bit: number): CaseDecision {
  return bit === 0 ? 'deny' : 'allow'
}

function bounded(situation: Situation): Verdict {
  const { shape, statements } = situation
  const least = emptyTally(shape)
  const most = emptyTally(shape)
  for (const statement of statements) {
    const place = placeOf(statement)
    const sure = bits(statement, (atoms) => atoms !== null && atoms.length === 0)
    const possible = bits(statement, (atoms) => atoms !== null)
    const isDeny = statement.effect === 'Deny'
    least[place] = (least[place] ?? 0) | (isDeny ? possible : sure)
    most[place] = (most[place] ?? 0) | (isDeny ? sure : possible)
  }
  const [low, high] = [combine(shape, least), combine(shape, most)]
  const decision = (bit: number): CaseDecision => ((low & bit) === (high & bit) ? decisionOf(low & bit) : 'unknown')
  const [before, after] = [decision(1), decision(2)]
  const reason = statements.flatMap((each) => [...(each.before ?? []), ...(each.after ?? [])]).find((a) => a.opaque)
  if (before !== 'unknown' && after !== 'unknown') return settled(situation)
  return { before, after, effect: ['unknown'], reason: reason?.opaque?.reason ?? 'free', flipped: [] }
}

function bits({ before, after }: LiveStatement, holds: (atoms: LiveStatement['before']) => boolean): number {
  return (holds(before) ? 1 : 0) | (holds(after) ? 2 : 0)
}
