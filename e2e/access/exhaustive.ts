import type { CaseFile, PolicyFile } from './case-file.ts'
import { entriesOf, type Filling, type FreeFact, freeFacts } from './feasible.ts'
import { allowAll } from './generate-policy.ts'
import { judge, type Verdict } from './judge.ts'

export type Quadrant = `${Verdict['before']} ${Verdict['after']}`

/** Before and after, each with one context in which it is so. */
export type Outcomes = ReadonlyMap<Quadrant, CaseFile>

/** More contexts than this are not worth their time; the tests count the cases left out. */
const CONTEXTS_MAX = 4_096

/** Judges an open case in every context that can matter; undefined where these are too many. */
export function judgeEverywhere(file: CaseFile): Outcomes | undefined {
  const facts = freeFacts(file)
  const classes = facts.map((fact) => classesOf(file, fact, facts))
  if (classes.reduce((product, { length }) => product * length, 1) > CONTEXTS_MAX) return undefined
  const quadrants = new Map<Quadrant, CaseFile>()
  for (const context of product(file, classes)) {
    const { before, after } = judge(context)
    if (!quadrants.has(`${before} ${after}`)) quadrants.set(`${before} ${after}`, context)
  }
  return quadrants
}

function* product(file: CaseFile, [fillings, ...rest]: readonly Filling[][]): Generator<CaseFile> {
  if (!fillings) return yield file
  for (const fill of fillings) yield* product(fill(file), rest)
}

/**
 * One filling for each set of answers to all that the case asks of this fact alone: the judge itself says which are
 * alike. A fact that some condition compares with another free one keeps all its fillings.
 */
function classesOf(file: CaseFile, fact: FreeFact, facts: readonly FreeFact[]): Filling[] {
  const others = new Set(facts.filter((other) => other !== fact).flatMap(({ keys }) => keys))
  const asking = entriesOf(file).filter(({ reads }) => reads.some((name) => fact.keys.includes(name)))
  if (fact.keys.length === 0 || asking.some(({ reads }) => reads.some((name) => others.has(name)))) return fact.fillings
  const grants = fact.keys.includes('kms:encryptioncontextkeys') ? (file.resource.grants ?? []) : []
  const probes = [
    ...asking.map(({ version, operator, contextKey, values }) =>
      probe(file, {
        ...(version && { Version: version }),
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: ['*'],
            Resource: ['*'],
            Condition: { [operator]: { [contextKey]: values } },
          },
        ],
      }),
    ),
    ...grants.map((grant) => ({ ...file, resource: { ...file.resource, policy: null, grants: [grant] } })),
  ]
  const classes = new Map<string, Filling>()
  for (const fill of fact.fillings) {
    const answers = probes.map((each) => judge(fill(each))).map(({ before, after }) => before + after)
    const text = answers.join()
    if (!classes.has(text)) classes.set(text, fill)
  }
  return [...classes.values()]
}

/** The case with no policy but one that denies where the entry holds. */
function probe({ scps: _scps, rcps: _rcps, ...file }: CaseFile, denying: PolicyFile): CaseFile {
  const { arn, tags } = file.principal
  const open = { Effect: 'Allow', Principal: '*', Action: ['*'], Resource: ['*'] } as const
  const policy: PolicyFile = {
    ...denying,
    Statement: [{ ...open, Action: ['*'], Resource: ['*'] }, ...denying.Statement],
  }
  const { grants: _grants, ...resource } = file.resource
  return { ...file, principal: { arn, tags, identityPolicies: [allowAll] }, resource: { ...resource, policy } }
}
