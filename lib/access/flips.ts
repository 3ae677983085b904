import type { AccessAnswer, AccessCase } from './case.ts'
import { situationOf } from './decide.ts'
import type { Policy, Statement } from './policy.ts'
import { statementAt } from './statement-at.ts'

/** A statement that matches on one side of the removal only. */
export interface Flip {
  readonly statement: Statement
  readonly policy: Policy
  readonly index: number
  /** Of the policy, in the case: `identityPolicies[0]`. */
  readonly pointer: string
  /** Where the policy stands, in words. */
  readonly layer: string
  /** Whether it matches after the removal, and not before. */
  readonly starts: boolean
}

const PRINCIPAL_TAG = 'aws:principaltag/'

/** The statements that an answer names, each with the direction in which its match flips at the witness. */
export function flipsOf(accessCase: AccessCase, answer: AccessAnswer): Flip[] {
  const situation = situationOf(atWitness(accessCase, answer), { context: 'closed' })
  const statements = typeof situation === 'string' ? [] : situation.statements
  return answer.because.flatMap((pointer) => {
    const live = statements.find((each) => each.pointer === pointer)
    const found = statementAt(accessCase, pointer)
    const starts = live?.before === null
    const place = pointer.replace(/\.Statement\[\d+\]$/, '')
    return found && starts !== (live?.after === null) ? [{ ...found, pointer: place, starts }] : []
  })
}

/** The case with the witness of its answer written into it, for a closed context. */
export function atWitness(accessCase: AccessCase, { witness = {} }: AccessAnswer): AccessCase {
  const context = new Map(accessCase.context)
  const tags = new Map(accessCase.principal.tags)
  for (const [name, value] of Object.entries(witness)) {
    const contextKey = name.toLowerCase()
    const values = value === null ? [] : [value].flat()
    if (contextKey.startsWith(PRINCIPAL_TAG)) {
      if (values[0] !== undefined) tags.set(contextKey.slice(PRINCIPAL_TAG.length), values[0])
    } else if (value !== null) context.set(contextKey, values)
  }
  return { ...accessCase, context, principal: { ...accessCase.principal, tags } }
}
