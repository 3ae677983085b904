import fc from 'fast-check'
import type { AccessAnswer } from '#lib/access/case.ts'
import { decide } from '#lib/access/decide.ts'
import { parseCases } from '#lib/access/parse-case.ts'
import type { Service } from './alphabet.ts'
import { type CaseFile, type Layer, layers } from './case-file.ts'

/** A case file in which layers may be `unread`. */
type File = Omit<CaseFile, 'principal' | 'resource' | 'scps' | 'rcps'> & {
  principal: object
  resource: object
  scps?: unknown
  rcps?: unknown
}
type Part = Layer | 'grants'
type Change = (file: CaseFile, part: 'unread' | undefined) => File

const ofPrincipal =
  (name: string): Change =>
  (file, part) => ({ ...file, principal: { ...file.principal, [name]: part } })
const ofResource =
  (name: string): Change =>
  (file, part) => ({ ...file, resource: { ...file.resource, [name]: part } })

/** How a part of a case is put as not read, or left out. */
const changes: Record<Part, Change> = {
  identity: ofPrincipal('identityPolicies'),
  group: (file, part) => ({
    ...file,
    principal: { ...file.principal, groups: [{ name: 'devs', policies: part ?? [] }] },
  }),
  boundary: ofPrincipal('boundary'),
  session: ofPrincipal('sessionPolicy'),
  scp: (file, part) => ({ ...file, scps: part }),
  rcp: (file, part) => ({ ...file, rcps: part }),
  resource: ofResource('policy'),
  grants: ofResource('grants'),
}

/** One to three parts that were not read. */
export function unreadParts(service: Service): fc.Arbitrary<Part[]> {
  const parts: Part[] = service === 'kms' ? [...layers, 'grants'] : [...layers]
  return fc.uniqueArray(fc.constantFrom(...parts), { minLength: 1, maxLength: 3 })
}

/** The case with these parts unread, or without them. */
export function changed(file: CaseFile, parts: readonly Part[], to: 'unread' | undefined): CaseFile {
  return parts.reduce((each, part) => changes[part](each, to) as CaseFile, file)
}

/**
 * What an answer to a case with unread parts says that is not true of the case as it is, or without these parts: nobody
 * knows more than the case, so whatever is sure must hold for both.
 */
export function contradictions(file: CaseFile, parts: readonly Part[], context: 'closed' | 'open'): string[] {
  const said = answerTo(changed(file, parts, 'unread'), context)
  const possible = { 'as it is': file, without: changed(file, parts, undefined) }
  return Object.entries(possible).flatMap(([name, each]) => {
    const fact = answerTo(each, context)
    return rules.flatMap(({ rule, holds }) =>
      holds(said, fact) ? [] : `${name}: ${rule}: ${told(said)}, but ${told(fact)}`,
    )
  })
}

const rules: { rule: string; holds: (said: AccessAnswer, fact: AccessAnswer) => boolean }[] = [
  { rule: 'a decision before is sure', holds: (said, fact) => !isSure(said.before) || said.before === fact.before },
  { rule: 'a decision after is sure', holds: (said, fact) => !isSure(said.after) || said.after === fact.after },
  {
    rule: 'no change is not told',
    holds: (said, fact) =>
      said.effect.includes('unknown') ||
      fact.effect.every((effect) => said.effect.some((each) => isAlike(each, effect))),
  },
  {
    rule: 'a change that is told happens',
    holds: (said, fact) =>
      said.undecided === true ||
      said.effect.every((effect) => effect === 'unknown' || fact.effect.some((each) => isAlike(each, effect))),
  },
]

const isSure = (decision: AccessAnswer['before']) => decision === 'allow' || decision === 'deny'
const isAlike = (one: string, other: string) => direction(one) === direction(other)
const direction = (effect: string) => (/los/.test(effect) ? 'loss' : /gain/.test(effect) ? 'gain' : effect)
const told = ({ before, after, effect }: AccessAnswer) => `${before} → ${after} [${effect}]`

function answerTo(file: CaseFile, context: 'closed' | 'open'): AccessAnswer {
  const { cases, problems } = parseCases(JSON.stringify({ cases: [file] }))
  const [only] = cases
  if (only === undefined) throw new Error(`not a case: ${JSON.stringify(problems)}`)
  return decide(only, { context })
}
