import { type ActionMask, maskOf, type Service } from './action-mask.ts'
import { RESOURCE } from './context.ts'
import { type Operator, parseOperator, readingOf } from './operators.ts'
import { type Pattern, patternText, tokenize, variablesOf } from './pattern.ts'
import type { Condition, PatternList, Policy, PrincipalElement, Statement } from './policy.ts'
import { resourceTagKeyOf } from './resource-facts.ts'

/** One requirement of a statement: an entry of its Condition block, or its Resource or NotResource element. */
export interface Entry {
  /** Equal text, equal requirement. */
  readonly text: string
  /** Lower-case, or `Resource`. */
  readonly contextKey: string
  /** Undefined when IAM documents no operator of that name. */
  readonly operator?: Operator
  readonly patterns: readonly Pattern[]
  /** Those of which the documents do not say whether they ever match: a variable stands where none can. */
  readonly doubtful?: readonly Pattern[]
  /** Why the documents do not say what the entry means where it stands. */
  readonly unsupported?: string
  /** Every context key that the entry reads: its own, and those of its variables. */
  readonly reads: readonly string[]
}

/** A statement made ready for one service: its texts read, its actions numbered. */
export interface PreparedStatement {
  readonly index: number
  readonly effect: Statement['effect']
  readonly principal?: PrincipalElement
  readonly mask: ActionMask
  readonly entries: readonly Entry[]
}

const memory: Record<Service, WeakMap<Policy, PreparedStatement[]>> = {
  kms: new WeakMap(),
  secretsmanager: new WeakMap(),
}

/** The statements of a policy, each ready to be evaluated for actions of the service. Prepared once for each policy. */
export function prepare(policy: Policy, service: Service): readonly PreparedStatement[] {
  const remembered = memory[service].get(policy)
  if (remembered !== undefined) return remembered
  const prepared = policy.statements.map((statement, index) => prepareStatement(statement, index, policy, service))
  memory[service].set(policy, prepared)
  return prepared
}

/** The tag keys (lower-case) that a statement reads of the resource, on either side of a comparison. */
export function tagKeysRead({ entries }: PreparedStatement, service: Service): string[] {
  return entries.flatMap(({ reads }) => reads.flatMap((contextKey) => resourceTagKeyOf(contextKey, service) ?? []))
}

function prepareStatement(
  { effect, principal, action, resource, conditions }: Statement,
  index: number,
  { version }: Policy,
  service: Service,
): PreparedStatement {
  const hasVariables = version === '2012-10-17'
  const presentKeys = new Set(conditions.filter(asksForPresence).map(({ contextKey }) => contextKey))
  const entries = conditions.map((condition) => {
    return conditionEntry(condition, hasVariables, presentKeys.has(condition.contextKey))
  })
  const prepared = {
    index,
    effect,
    mask: maskOf(action, service),
    entries: isEverything(resource) ? entries : [resourceEntry(resource, hasVariables), ...entries],
  }
  return principal === undefined ? prepared : { ...prepared, principal }
}

function asksForPresence({ operator, values }: Condition): boolean {
  return operator === 'Null' && values.every((value) => value.toLowerCase() === 'false')
}

function isEverything({ negated, patterns }: PatternList): boolean {
  return !negated && patterns.includes('*')
}

/** Resource is compared as StringLike compares: a `*` may reach past colons ("AWS JSON policy elements: Resource"). */
function resourceEntry({ negated, patterns }: PatternList, hasVariables: boolean): Entry {
  const operator: Operator = { base: 'StringLike', negated, ifExists: false }
  const entry = entryOf(RESOURCE, negated ? 'NotResource' : 'Resource', operator, patterns, hasVariables)
  const doubtful = entry.patterns.filter(hasEarlyVariable)
  return doubtful.length === 0 ? entry : { ...entry, doubtful }
}

/** IAM User Guide, "Policy variables": they can stand for parts of an ARN after its fifth colon only. */
function hasEarlyVariable(pattern: Pattern): boolean {
  const first = pattern.findIndex(({ kind }) => kind === 'variable')
  const before = pattern.slice(0, Math.max(first, 0)).map((token) => (token.kind === 'text' ? token.text : ''))
  return first >= 0 && before.join('').split(':').length <= 5
}

function conditionEntry(
  { operator: name, contextKey, values }: Condition,
  hasVariables: boolean,
  isPresent: boolean,
): Entry {
  const operator = parseOperator(name)
  if (operator?.set === 'all' && isPresent) {
    return entryOf(contextKey, `${name} beside Null`, { ...operator, isBesideNull: true }, values, hasVariables)
  }
  if (operator !== undefined) return entryOf(contextKey, name, operator, values, hasVariables)
  const text = `${name}|${contextKey}|${JSON.stringify([...values].sort())}`
  return { text, contextKey, patterns: [], reads: [contextKey] }
}

function entryOf(contextKey: string, name: string, operator: Operator, values: readonly string[], variables: boolean) {
  const patterns = values.map((value) => tokenize(value, readingOf(operator, variables)))
  return {
    text: `${name}|${contextKey}|${JSON.stringify(patterns.map(patternText).sort())}`,
    contextKey,
    operator,
    patterns,
    reads: [...new Set([contextKey, ...patterns.flatMap(variablesOf)])],
  }
}
