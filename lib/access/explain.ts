import { parseArn } from '#lib/arn.ts'
import { serviceOfAction } from './action-mask.ts'
import type { AccessAnswer, AccessCase, CaseEffect } from './case.ts'
import { resourceTagKeyOf } from './context.ts'
import { describeEntry } from './describe-entry.ts'
import { type Flip, flipsOf } from './flips.ts'
import { type Entry, prepare } from './prepare.ts'
import { readIdentity } from './principal.ts'
import { quoted } from './problem.ts'

/** Statements that a sentence names; the answer's `because` has them all. */
const STATEMENTS_MAX = 3

const verbs: Record<Exclude<CaseEffect, 'unknown'>, string> = {
  loss: 'loses',
  'may-lose': 'may lose',
  gain: 'gains',
  'may-gain': 'may gain',
}

/**
 * Says the answer to a case in one sentence that a person understands: who loses or gains what, in which context, by
 * which statements and tags. Undefined where nothing changes.
 */
export function explain(accessCase: AccessCase, answer: AccessAnswer): string | undefined {
  if (answer.effect.length === 0) return undefined
  const what = `${accessCase.action} on ${resourceName(accessCase.resource.arn)}`
  const who = principalName(accessCase.principal.arn)
  const changes = answer.effect.flatMap((effect) => (effect === 'unknown' ? [] : [verbs[effect]]))
  if (changes.length === 0) return `whether the removal changes ${what} for ${who} is unknown: ${answer.reason}`
  const when = answer.when ? `, when ${answer.when}` : ''
  const undecided = answer.undecided ? `; not decided: ${answer.reason ?? 'the search ended early'}` : ''
  return `${who} ${changes.join(' or ')} ${what}${when}${reasons(accessCase, answer)}${undecided}`
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

function reasons(accessCase: AccessCase, answer: AccessAnswer): string {
  const flips = flipsOf(accessCase, answer)
  if (flips.length === 0) return ''
  const told = flips.slice(0, STATEMENTS_MAX).map((flip) => reason(accessCase, flip))
  const more = flips.length - told.length
  return `: ${told.join('; ')}${more > 0 ? `; and ${more} more statements change` : ''}`
}

/** “`DenyUntagged` in an SCP of level 1 now denies it, for it asks aws:ResourceTag/owner to be absent, and …” */
function reason({ action, resource, removeTags }: AccessCase, flip: Flip): string {
  const { statement, index, layer, policy, starts } = flip
  const service = serviceOfAction(action) ?? 'kms'
  const tagKeys = removeTags.filter((tagKey) => resource.tags.has(tagKey))
  const tagKeysOf = ({ reads }: Entry) => {
    const read = reads.map((contextKey) => resourceTagKeyOf(contextKey, service))
    return tagKeys.filter((tagKey) => read.includes(tagKey.toLowerCase()))
  }
  const entries = prepare(policy, service)[index]?.entries ?? []
  // The entry of Resource, if there is one, stands before those of the conditions.
  const first = entries.length - statement.conditions.length
  const valuesOf = (at: number) => statement.conditions[at - first]?.values ?? statement.resource.patterns
  const asked = entries.flatMap((entry, at) =>
    tagKeysOf(entry).length > 0 ? describeEntry(entry, valuesOf(at), tagKeys) : [],
  )
  const name = statement.sid ? quoted(statement.sid) : `statement ${index + 1}`
  const verb = statement.effect === 'Allow' ? 'allows' : 'denies'
  const change = `${name} in ${layer} ${starts ? 'now' : 'no longer'} ${verb} it`
  if (asked.length === 0) return change
  const going = [...new Set(entries.flatMap(tagKeysOf))].map(quoted)
  const end = going.length === 1 ? `tag ${going} goes` : `tags ${going.join(', ')} go`
  return `${change}, for it asks ${asked.join(' and ')}, and ${end}`
}
