import { JsonPlace } from './json-place.ts'
import type { Members } from './members.ts'
import { parseJson } from './parse-json.ts'
import type { Condition, PatternList, Policy, PolicyKind, PrincipalElement, Statement } from './policy.ts'
import { type Problem, ProblemList, quoted } from './problem.ts'

interface ParsedPolicy {
  /** Absent when there is a problem: half a policy would be another policy. */
  readonly policy?: Policy
  readonly problems: readonly Problem[]
}

interface KindRules {
  /** A policy that is attached to a principal names none. IAM User Guide, "AWS JSON policy elements: Principal". */
  readonly attachedToPrincipal: boolean
  /** A statement without Action or Resource is stored, and has no effect. KMS API Reference, "PutKeyPolicy", Policy. */
  readonly storesIncomplete?: true
}

const kinds: Record<PolicyKind, KindRules> = {
  identity: { attachedToPrincipal: true },
  boundary: { attachedToPrincipal: true },
  session: { attachedToPrincipal: true },
  scp: { attachedToPrincipal: true },
  rcp: { attachedToPrincipal: false },
  key: { attachedToPrincipal: false, storesIncomplete: true },
  secret: { attachedToPrincipal: false },
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
type StatementMembers = Members<(typeof statementElements)[number]>

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

/** Reads a policy inside a larger input. Whatever cannot be read is left out, so the policy is void with a problem. */
export function readPolicy(place: JsonPlace, kind: PolicyKind): Policy | undefined {
  const members = place.object(policyElements)
  if (!members) return undefined
  members.get('Id')?.text()
  // IAM User Guide, "IAM JSON policy elements: Version": without one it is the older.
  const version = members.get('Version')?.oneOf(['2012-10-17', '2008-10-17']) ?? '2008-10-17'
  const statements = members.required('Statement')?.oneOrMany((each) => readStatement(each, kinds[kind]))
  return statements && { version, statements }
}

function readStatement(place: JsonPlace, rules: KindRules): Statement | undefined {
  const members = place.object(statementElements)
  if (!members) return undefined
  const sid = members.get('Sid')?.text()
  const effect = members.required('Effect')?.oneOf(['Allow', 'Deny'])
  const principal = readPrincipalElement(members, rules)
  const action = readPatterns(members, 'Action', 'NotAction', rules)
  const resource = readPatterns(members, 'Resource', 'NotResource', rules)
  const conditions = readConditions(members.get('Condition'))
  if (!effect || !action || !resource) return undefined
  return { ...(sid && { sid }), effect, ...(principal && { principal }), action, resource, conditions }
}

function readPatterns(
  members: StatementMembers,
  name: 'Action' | 'Resource',
  not: 'NotAction' | 'NotResource',
  { storesIncomplete }: KindRules,
): PatternList | undefined {
  const element = storesIncomplete ? members.either(name, not) : members.requiredEither(name, not)
  if (!element) return storesIncomplete && { negated: false, patterns: [] }
  return { negated: element === members.get(not), patterns: element.oneOrMany((pattern) => pattern.name()) }
}

function readPrincipalElement(members: StatementMembers, rules: KindRules): PrincipalElement | undefined {
  if (rules.attachedToPrincipal) {
    const element = members.either('Principal', 'NotPrincipal')
    return element?.problem('names a principal in a policy that is attached to one; take it out')
  }
  const element = members.requiredEither('Principal', 'NotPrincipal')
  if (!element) return undefined
  const negated = element === members.get('NotPrincipal')
  // Everybody, as `{ "AWS": "*" }`. IAM User Guide, "AWS JSON policy elements: Principal", All principals.
  if (element.value === '*') return { negated, aws: ['*'], service: [], federated: [] }
  const types = element.object(['AWS', 'Service', 'Federated'])
  const named = (type: 'AWS' | 'Service' | 'Federated') => types?.get(type)?.oneOrMany((each) => each.name()) ?? []
  return { negated, aws: named('AWS'), service: named('Service'), federated: named('Federated') }
}

function readConditions(block: JsonPlace | undefined): Condition[] {
  const conditions: Condition[] = []
  for (const [operator, keys] of block?.entries() ?? []) {
    if (!OPERATOR.test(operator)) keys.problem(`${quoted(operator)} is no operator; correct it`)
    for (const [contextKey, values] of keys.entries() ?? []) {
      const read = values.oneOrMany((value) => value.scalar())
      conditions.push({ operator, contextKey: contextKey.toLowerCase(), values: read })
    }
  }
  return conditions
}
