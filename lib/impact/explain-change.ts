import { sql } from 'drizzle-orm'
import { asksOf } from '../access/asks-of.ts'
import type { AccessAnswer, AccessCase } from '../access/case.ts'
import { decide } from '../access/decide.ts'
import { explain } from '../access/explain.ts'
import { type Flip, flipsOf } from '../access/flips.ts'
import { mirrored } from '../access/mirror.ts'
import { ExpectedError } from '../errors.ts'
import type { Decision, Effect } from '../impact-facts.ts'
import type { DecidingStatement, ExplainedChange } from '../impact-review.ts'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'
import { isMember } from './is-member.ts'
import { policyAt } from './policy-at.ts'
import { type ImpactRef, requireImpact } from './require-impact.ts'
import { type StoredCase, type StoredResource, storedCase } from './stored-case.ts'

const VIA_SERVICE = 'kms:viaservice'

/** What one asks: why does this action of this principal (by its number in the analysis) change on this resource? */
export interface ChangeQuestion {
  readonly principal: number
  readonly action: string
  readonly arn: string
}

/**
 * Explains one change of an analysis: made again from the policies that the analysis read, so it needs no call to AWS.
 * What was stored counts; where it was told by something else than the policies, no statement explains it.
 *
 * @throws ExpectedError `notFound`: no such analysis, or nothing changes there
 */
export async function explainChange(
  store: Store,
  scope: string,
  ref: ImpactRef,
  question: ChangeQuestion,
): Promise<ExplainedChange> {
  const { direction, picture } = await requireImpact(store, scope, ref)
  const found = await readChange(store, ref, question)
  if (!found || !picture) throw new ExpectedError('notFound', 'nothing changes there by this plan any more')
  const { stored, principal, ...resource } = found
  const told: StoredCase = { direction, principal, resource, picture, action: question.action }
  const accessCase = storedCase(told)
  const answer = decide(accessCase, { context: 'open' })
  const seen = direction === 'putBack' ? mirrored(answer) : answer
  const reason = stored.reason ?? null
  if (!isSame(seen, stored))
    return { ...stored, reason, sentence: toldOtherwise(stored), when: null, statements: [], services: [] }
  const policyName = (pointer: string) => policyAt(told, pointer)?.layer
  const flips = flipsOf(accessCase, answer)
  return {
    ...stored,
    reason,
    sentence: explain(accessCase, answer, { change: direction, policyName }) ?? toldOtherwise(stored),
    when: answer.when ?? null,
    statements: flips.flatMap((flip) => statementOf(told, accessCase, flip)),
    services: [...new Set(flips.flatMap(servicesOf))],
  }
}

interface StoredChange {
  readonly before: Decision
  readonly after: Decision
  readonly effect: Effect[]
  readonly reason: string | null
}

type ChangeRow = StoredResource & { readonly stored: StoredChange; readonly principal: StoredCase['principal'] }

async function readChange(store: Store, { planId, impactId }: ImpactRef, { principal, action, arn }: ChangeQuestion) {
  const [found] = await rowsOf<ChangeRow>(
    store,
    sql`
    select p.arn, p.type, p.region, p.primary_region as "primaryRegion", p.facts, p.tags as changed,
      jsonb_build_object('text', i.policy, 'problem', i.policy_problem) as policy, i.aliases, i.grants, w.principal,
      jsonb_build_object('before', c.before, 'after', c.after, 'effect', c.effect, 'reason', c.reason) as stored
    from impact_items i
    join plan_items p on p.plan_id = ${planId} and p.arn = i.arn and p.facts is not null
    join impact_changes c on c.impact_id = i.impact_id and c.principal = ${principal} and c.actions ? ${action}
      and ${isMember}
    join impact_principals w on w.impact_id = i.impact_id and w.ordinal = c.principal
    where i.impact_id = ${impactId} and i.arn = ${arn}`,
  )
  return found
}

function isSame(seen: Pick<AccessAnswer, 'before' | 'after' | 'effect'>, stored: StoredChange): boolean {
  const effects = (effect: readonly Effect[]) => effect.toSorted().join()
  return seen.before === stored.before && seen.after === stored.after && effects(seen.effect) === effects(stored.effect)
}

/** The operator's own side may come from AWS's simulator, which names no statements. */
function toldOtherwise({ before, after, reason }: StoredChange): string {
  return `the decision is \`${before}\` before and \`${after}\` after; ${reason ?? 'which statements decide it is not known'}`
}

/** Of putting back, what starts to match with the removal is what ends. */
function statementOf(told: StoredCase, accessCase: AccessCase, flip: Flip): DecidingStatement[] {
  const { statement, index, pointer, starts } = flip
  const policy = policyAt(told, pointer)
  if (!policy) return []
  const matchesAfter = starts === (told.direction === 'remove')
  return [
    {
      layer: policy.layer,
      policyArn: policy.arn,
      text: policy.text,
      index,
      sid: statement.sid ?? null,
      effect: statement.effect,
      matches: { before: !matchesAfter, after: matchesAfter },
      asks: asksOf(accessCase, flip).map(({ words }) => words),
    },
  ]
}

function servicesOf({ statement: { conditions } }: Flip): readonly string[] {
  return conditions.flatMap(({ contextKey, values }) => (contextKey === VIA_SERVICE ? values : []))
}
