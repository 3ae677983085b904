import { JsonPlace } from './json-place.ts'
import { parseJson } from './parse-json.ts'
import type { Condition, PatternList, Policy, PolicyKind, PrincipalElement, Statement } from './policy.ts'
import { type Problem, ProblemList, quoted } from './problem.ts'

export interface ParsedPolicy {
  /** Absent when there is a problem: half a policy would be another policy. */
  readonly policy?: Policy
  readonly problems: readonly Problem[]
}

interface KindRules {
  /** A policy that is attached to a principal does not name one. IAM User Guide, "Principal". */
  readonly principal: 'required' | 'forbidden'
  /** AWS stores statements without Action or Resource, and they have no effect. KMS API Reference, "PutKeyPolicy". */
  readonly ineffectiveWhenIncomplete?: true
}

const kinds: Record<PolicyKind, KindRules> = {
  identity: { principal: 'forbidden' },
  boundary: { principal: 'forbidden' },
  session: { principal: 'forbidden' },
  scp: { principal: 'forbidden' },
  rcp: { principal: 'required' },
  key: { principal: 'required', ineffectiveWhenIncomplete: true },
  secret: { principal: 'required' },
}

const policyElements = ['Version', 'Id', 'Statement'] as const
const statementElements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
] as const
type StatementElements = ReadonlyMap<(typeof statementElements)[number], JsonPlace>

const principalTypes = ['AWS', 'Service', 'Federated'] as const
/** An operator that the engine does not know is no problem here: it makes the answer unknown where it counts. */
const OPERATOR = /^([A-Za-z]+:)?[A-Za-z]+$/

/**
 * Reads a policy document and finds all its problems at once, each with its path below `path`. Never throws.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(value: unknown, path: string, kind: PolicyKind): ParsedPolicy {
  const problems = new ProblemList()
  const policy = readPolicy(new JsonPlace(value, path, problems), kind)
  return policy && problems.all.length === 0 ? { policy, problems: [] } : { problems: problems.all }
}

/** As {@link parsePolicy}, for a document as text; a name that stands twice in one object is a problem too. */
export function parsePolicyText(text: string, path: string, kind: PolicyKind): ParsedPolicy {
  const { value, problems } = parseJson(text, path)
  return problems.length > 0 ? { problems } : parsePolicy(value, path, kind)
}

/** Reads a policy that stands inside a larger input, whose list of problems takes its problems. */
export function readPolicy(place: JsonPlace, kind: PolicyKind): Policy | undefined {
  const elements = place.object(policyElements)
  if (!elements) return undefined
  const version = elements.has('Version')
    ? elements.get('Version')?.oneOf(['2012-10-17', '2008-10-17'])
    : ('2008-10-17' as const)
  elements.get('Id')?.text()
  const statements = elements.get('Statement')
  if (!statements) return place.problem('`Statement` is missing; add it')
  const read = statements.list((statement) => readStatement(statement, kinds[kind]))
  return version && { version, statements: read }
}

function readStatement(place: JsonPlace, rules: KindRules): Statement | undefined {
  const elements = place.object(statementElements)
  if (!elements) return undefined
  const sid = elements.get('Sid')?.text()
  const effect = elements.has('Effect')
    ? elements.get('Effect')?.oneOf(['Allow', 'Deny'])
    : place.problem('`Effect` is missing; write `Allow` or `Deny`')
  const principal = readPrincipalElement(place, elements, rules)
  const action = readPatterns(place, elements, 'Action', 'NotAction', rules)
  const resource = readPatterns(place, elements, 'Resource', 'NotResource', rules)
  const conditions = readConditions(elements.get('Condition'))
  if (!effect || !action || !resource) return undefined
  return { ...(sid && { sid }), effect, ...(principal && { principal }), action, resource, conditions }
}

/** One of two elements that exclude each other, such as `Action` and `NotAction`. */
function eitherOf<Name extends keyof Pairs>(
  place: JsonPlace,
  elements: StatementElements,
  name: Name,
  not: Pairs[Name],
) {
  const positive = elements.get(name)
  const negative = elements.get(not)
  if (positive && negative) return place.problem(`has both ${quoted(name)} and ${quoted(not)}; keep one of them`)
  return negative ?? positive
}
interface Pairs {
  Principal: 'NotPrincipal'
  Action: 'NotAction'
  Resource: 'NotResource'
}

function readPatterns<Name extends 'Action' | 'Resource'>(
  place: JsonPlace,
  elements: StatementElements,
  name: Name,
  not: Pairs[Name],
  rules: KindRules,
): PatternList | undefined {
  const element = eitherOf(place, elements, name, not)
  if (element) return { negated: element === elements.get(not), patterns: element.list((each) => each.name()) }
  if (elements.has(name)) return undefined
  if (rules.ineffectiveWhenIncomplete) return { negated: false, patterns: [] }
  return place.problem(`${quoted(name)} is missing; add ${quoted(name)} or ${quoted(not)}`)
}

function readPrincipalElement(
  place: JsonPlace,
  elements: StatementElements,
  rules: KindRules,
): PrincipalElement | undefined {
  const element = eitherOf(place, elements, 'Principal', 'NotPrincipal')
  if (rules.principal === 'forbidden') {
    return element?.problem('names a principal in a policy that is attached to one; take it out')
  }
  if (!element) {
    return elements.has('Principal')
      ? undefined
      : place.problem('`Principal` is missing; add `Principal` or `NotPrincipal`')
  }
  const negated = element === elements.get('NotPrincipal')
  // Everybody, which is `{ "AWS": "*" }` by meaning. IAM User Guide, "Principal", All principals.
  if (element.value === '*') return { negated, aws: ['*'], service: [], federated: [] }
  const types = element.object(principalTypes)
  const named = (type: (typeof principalTypes)[number]) => types?.get(type)?.list((each) => each.name()) ?? []
  return types && { negated, aws: named('AWS'), service: named('Service'), federated: named('Federated') }
}

function readConditions(block: JsonPlace | undefined): Condition[] {
  return (block?.entries() ?? []).flatMap(([operator, keys]) => {
    if (!OPERATOR.test(operator)) return keys.problem(`${quoted(operator)} is no name of an operator; correct it`) ?? []
    return (keys.entries() ?? []).map(([contextKey, values]) => ({
      operator,
      contextKey: contextKey.toLowerCase(),
      values: values.list((value) => value.scalar()),
    }))
  })
}
