import type { CaseDecision, CaseEffect } from './case.ts'
import { searchSituation } from './search/search.ts'
import { combine, emptyTally, type LiveStatement, placeOf, type Situation, type Verdict } from './situation.ts'

/** Decides a situation: at once where nothing is left open, else by a search over all feasible contexts. */
export function resolve(situation: Situation): Verdict {
  return situation.statements.every(isSettled) ? settled(situation) : withCertainEffect(searchSituation(situation))
}

/** Where both sides are decided, whatever is open, so is the change, though no single context shows it. */
function withCertainEffect(verdict: Verdict): Verdict {
  const { before, after, effect } = verdict
  if (!effect.includes('unknown') || !isDecided(before) || !isDecided(after)) return verdict
  const { reason: _reason, ...certain } = verdict
  return { ...certain, effect: effectOf(before, after) }
}

function isDecided(decision: CaseDecision): boolean {
  return decision === 'allow' || decision === 'deny'
}

function effectOf(before: CaseDecision, after: CaseDecision): CaseEffect[] {
  return before === after ? [] : [before === 'allow' ? 'loss' : 'gain']
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
  const effect = effectOf(before, after)
  const flipped = statements.filter((each) => (each.before === null) !== (each.after === null))
  return { before, after, effect, flipped: effect.length === 0 ? [] : flipped.map(({ pointer }) => pointer) }
}

function decisionOf(bit: number): CaseDecision {
  return bit === 0 ? 'deny' : 'allow'
}
