import type { CaseFile, GrantFile, PolicyFile, StatementFile } from './case-file.ts'
import { entriesOf, resourceVariables } from './entries.ts'
import { type Filling, type FreeFact, freeFacts } from './feasible.ts'
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
  const inResources = resourceVariables(file)
  const asking = entriesOf(file).filter(({ reads }) => reads.some((name) => fact.keys.includes(name)))
  if (fact.keys.length === 0 || fact.keys.some((key) => inResources.includes(key))) return fact.fillings
  if (asking.some(({ reads }) => reads.some((name) => others.has(name)))) return fact.fillings
  const grants = fact.keys.includes('kms:encryptioncontextkeys') ? (file.resource.grants ?? []) : []
  const probes = [
    ...asking.map(({ version, operator, contextKey, values }) => {
      const statement = { ...everything, Effect: 'Deny', Condition: { [operator]: { [contextKey]: values } } } as const
      return probe(file, { ...(version && { Version: version }), Statement: [statement] })
    }),
    ...grants.map((grant) =>
      probe(file, undefined, { ...grant, operations: ['Decrypt'], granteePrincipal: file.principal.arn }),
    ),
  ]
  const classes = new Map<string, Filling>()
  for (const fill of fact.fillings) {
    const answers = probes.map((each) => judge(fill(each))).map(({ before, after }) => before + after)
    const text = answers.join()
    if (!classes.has(text)) classes.set(text, fill)
  }
  return [...classes.values()]
}

/**
 * A case about the same request in which one thing decides: a policy that denies where the entry holds, or a grant. The
 * Deny stands in the SCP, too, for the root user has no identity policies and service-linked roles have no SCPs.
 */
function probe(file: CaseFile, denying: PolicyFile | undefined, grant?: GrantFile): CaseFile {
  const { id, principal, removeTags, context = {} } = file
  const { grants: _grants, ...resource } = file.resource
  const allowing: StatementFile = { ...everything, Effect: 'Allow', Principal: '*' }
  return {
    id,
    // An action without rules of its own.
    action: resource.type === 'secret' ? 'secretsmanager:GetSecretValue' : 'kms:Decrypt',
    removeTags,
    context,
    principal: { arn: principal.arn, tags: principal.tags, identityPolicies: denying ? [allowAll, denying] : [] },
    ...(denying && { scps: [[allowAll, denying]] }),
    resource: { ...resource, policy: denying ? { Statement: [allowing] } : null, ...(grant && { grants: [grant] }) },
  }
}
const everything = { Action: ['*'], Resource: ['*'] }
