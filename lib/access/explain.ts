import { parseArn } from '#lib/arn.ts'
import { asksOf } from './asks-of.ts'
import type { AccessAnswer, AccessCase, CaseEffect } from './case.ts'
import { decide } from './decide.ts'
import { atWitness, type Flip, flipsOf } from './flips.ts'
import { mirrored } from './mirror.ts'
import { readIdentity } from './principal.ts'
import { quoted } from './problem.ts'

/** Statements that a sentence names; the answer's `because` has them all. */
const STATEMENTS_MAX = 3

interface Words {
  readonly verb: string
  /** Before the context of the witness. */
  readonly when: string
}
const words: Record<Exclude<CaseEffect, 'unknown'>, Words> = {
  loss: { verb: 'loses', when: 'wherever it had it, such as when' },
  'may-lose': { verb: 'may lose', when: 'when' },
  gain: { verb: 'gains', when: 'wherever it lacked it, such as when' },
  'may-gain': { verb: 'may gain', when: 'when' },
}

/** What happens to the tags of a case. Putting them back is asked about as the removal that it reverses. */
type TagChange = 'remove' | 'putBack'

interface ChangeWords {
  readonly change: string
  /** Of one tag and of several. */
  readonly moves: readonly [string, string]
}
const changes: Record<TagChange, ChangeWords> = {
  remove: { change: 'the removal', moves: ['goes', 'go'] },
  putBack: { change: 'putting back', moves: ['comes', 'come'] },
}

interface Telling {
  readonly change?: TagChange
  /** What people call the policy with this pointer; undefined: by its layer. */
  readonly policyName?: (pointer: string) => string | undefined
}

/**
 * Says the answer to a case in one sentence that a person understands: who loses or gains what, in which context, by
 * which statements and tags. Undefined where nothing changes. The answer is always that of the removal.
 */
export function explain(accessCase: AccessCase, answer: AccessAnswer, telling: Telling = {}): string | undefined {
  if (answer.effect.length === 0) return undefined
  const { change = 'remove' } = telling
  const told = change === 'putBack' ? mirrored(answer) : answer
  const what = `${accessCase.action} on ${resourceName(accessCase.resource.arn)}`
  const who = principalName(accessCase.principal.arn)
  const effect = witnessedEffect(accessCase, told, change)
  if (effect === undefined) {
    return `whether ${changes[change].change} changes ${what} for ${who} is unknown: ${told.reason}`
  }
  const { verb, when } = words[effect]
  const context = told.when ? ` ${when} ${told.when}` : ''
  const others = told.effect.filter((each) => each !== effect).map((each) => otherwise(each, told))
  const undecided = told.undecided ? `; not decided: ${told.reason}` : ''
  return `${who} ${verb} ${what}${context}${reasons(accessCase, answer, telling)}${others.join('')}${undecided}`
}

/** The effect that the answer's witness shows, where it has several; undefined where all is unknown. */
function witnessedEffect(accessCase: AccessCase, answer: AccessAnswer, change: TagChange) {
  const known = answer.effect.filter((effect) => effect !== 'unknown')
  if (known.length < 2 || answer.witness === undefined) return known[0]
  const witnessed = decide(atWitness(accessCase, answer), { context: 'closed' })
  const before = change === 'putBack' ? witnessed.after : witnessed.before
  return known.find((effect) => losses.has(effect) === (before === 'allow'))
}
const losses = new Set<CaseEffect>(['loss', 'may-lose'])

function otherwise(effect: CaseEffect, { reason }: AccessAnswer): string {
  if (effect === 'unknown') return `; what it changes in other contexts is unknown: ${reason}`
  return `; in other contexts it ${words[effect].verb} it`
}

function principalName(arn: string): string {
  const who = readIdentity(arn)
  if (who?.kind === 'root') return `the root user of ${who.account}`
  if (who?.sessionName !== undefined) return `session ${quoted(who.sessionName)} of role ${quoted(who.name)}`
  return who ? `${who.kind} ${quoted(who.name)}` : quoted(arn)
}

/** `key/1234…`, `secret pay/db-AbCdEf`: what is left where Region and account are clear. */
function resourceName(arn: string): string {
  return (parseArn(arn)?.resource ?? arn).replace(/^secret:/, 'secret ')
}

function reasons(accessCase: AccessCase, answer: AccessAnswer, telling: Telling): string {
  const flips = flipsOf(accessCase, answer)
  if (flips.length === 0) return ''
  const told = flips.slice(0, STATEMENTS_MAX).map((flip) => reason(accessCase, flip, telling))
  const more = flips.length - told.length
  return `: ${told.join('; ')}${more > 0 ? `; and ${more} more statements change` : ''}`
}

/** “`DenyUntagged` in an SCP of level 1 now denies it, for it asks aws:ResourceTag/owner to be absent, and …” */
function reason(accessCase: AccessCase, flip: Flip, { change: direction = 'remove', policyName }: Telling): string {
  const { statement, index, pointer, layer, starts } = flip
  const name = statement.sid ? quoted(statement.sid) : `statement ${index + 1}`
  const verb = statement.effect === 'Allow' ? 'allows' : 'denies'
  const matches = starts === (direction === 'remove') ? 'now' : 'no longer'
  const change = `${name} in ${policyName?.(pointer) ?? layer} ${matches} ${verb} it`
  const asked = asksOf(accessCase, flip).filter(({ tagKeys }) => tagKeys.length > 0)
  if (asked.length === 0) return change
  const moving = [...new Set(asked.flatMap(({ tagKeys }) => tagKeys))].map(quoted)
  const [moves, move] = changes[direction].moves
  const end = moving.length === 1 ? `tag ${moving} ${moves}` : `tags ${moving.join(', ')} ${move}`
  return `${change}, for it asks ${asked.map(({ words }) => words).join(' and ')}, and ${end}`
}
