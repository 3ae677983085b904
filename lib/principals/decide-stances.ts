import { type AccountPrincipal, type AccountResource, caseOf } from '../access/account.ts'
import type { AccessAnswer, CaseDecision, CaseEffect } from '../access/case.ts'
import { decide } from '../access/decide.ts'
import { afterRemoval } from './simulation-context.ts'
import { principalAs, type Stance } from './stances.ts'

type Decided = Pick<AccessAnswer, 'before' | 'after' | 'effect' | 'reason'>

/** A principal's own side before and after the removal. */
export type StancePair = readonly [before: Stance, after: Stance]

/**
 * What becomes of an action when the principal's own side is one of these pairs, and nobody knows which: what all
 * agree on; else what may be.
 */
export function decideStances(
  principal: AccountPrincipal,
  resource: AccountResource,
  action: string,
  pairs: readonly StancePair[],
): Decided {
  const decided = pairs.map((pair) => decidePair(principal, resource, action, pair))
  const reason = decided.find((each) => each.reason !== undefined)?.reason
  return {
    before: common(decided.map(({ before }) => before)),
    after: common(decided.map(({ after }) => after)),
    effect: commonEffect(decided.map(({ effect }) => effect)),
    ...(reason !== undefined && { reason }),
  }
}

function decidePair(
  principal: AccountPrincipal,
  resource: AccountResource,
  action: string,
  [before, after]: StancePair,
): Decided {
  const decideAs = (stance: Stance, on: AccountResource) =>
    decide(caseOf(principalAs(principal, stance), on, action), { context: 'open' })
  if (before === after) return decideAs(before, resource)
  const first = decideAs(before, { ...resource, removeTags: [] })
  const second = decideAs(after, afterRemoval(resource))
  const reason = first.reason ?? second.reason
  const decisions = { before: first.before, after: second.before }
  return { ...decisions, effect: effects[decisions.before][decisions.after], ...(reason !== undefined && { reason }) }
}

// Where both hang on context, nobody knows whether on the same.
const effects: Record<CaseDecision, Record<CaseDecision, readonly CaseEffect[]>> = {
  allow: { allow: [], deny: ['loss'], depends: ['may-lose'], unknown: ['unknown'] },
  deny: { allow: ['gain'], deny: [], depends: ['may-gain'], unknown: ['unknown'] },
  depends: { allow: ['may-gain'], deny: ['may-lose'], depends: ['unknown'], unknown: ['unknown'] },
  unknown: { allow: ['unknown'], deny: ['unknown'], depends: ['unknown'], unknown: ['unknown'] },
}

function common(decisions: readonly CaseDecision[]): CaseDecision {
  const [first = 'unknown', ...others] = new Set(decisions)
  if (others.length === 0) return first
  return decisions.includes('unknown') ? 'unknown' : 'depends'
}

const perhaps: Record<CaseEffect, CaseEffect> = {
  loss: 'may-lose',
  'may-lose': 'may-lose',
  gain: 'may-gain',
  'may-gain': 'may-gain',
  unknown: 'unknown',
}

function commonEffect(all: readonly (readonly CaseEffect[])[]): readonly CaseEffect[] {
  const [first = ['unknown'], ...others] = all
  const isSame = others.every((effect) => effect.join() === first.join())
  return isSame ? first : [...new Set(all.flat().map((effect) => perhaps[effect]))]
}
