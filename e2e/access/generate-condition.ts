import { type Service, spellings, tagKeys, tagValues } from './alphabet.ts'
import { type ContextKey, derivedKeys, type ValueType } from './alphabet-context.ts'
import type { CaseFile, ConditionFile } from './case-file.ts'
import type { Dice } from './dice.ts'

/** Every operator of IAM and the type of the values that it is meant for. */
export const operators = {
  StringEquals: 'string',
  StringNotEquals: 'string',
  StringEqualsIgnoreCase: 'string',
  StringNotEqualsIgnoreCase: 'string',
  StringLike: 'string',
  StringNotLike: 'string',
  NumericEquals: 'numeric',
  NumericNotEquals: 'numeric',
  NumericLessThan: 'numeric',
  NumericLessThanEquals: 'numeric',
  NumericGreaterThan: 'numeric',
  NumericGreaterThanEquals: 'numeric',
  DateEquals: 'date',
  DateNotEquals: 'date',
  DateLessThan: 'date',
  DateLessThanEquals: 'date',
  DateGreaterThan: 'date',
  DateGreaterThanEquals: 'date',
  Bool: 'bool',
  BinaryEquals: 'binary',
  IpAddress: 'ip',
  NotIpAddress: 'ip',
  ArnEquals: 'arn',
  ArnLike: 'arn',
  ArnNotEquals: 'arn',
  ArnNotLike: 'arn',
  Null: 'any',
} as const satisfies Record<string, ValueType | 'any'>
export type OperatorName = keyof typeof operators
export const operatorNames = Object.keys(operators) as OperatorName[]

/** What the generator knows of the request while it writes policies. `context` fills as conditions ask, unless they find a key missing. */
export interface Request {
  service: Service
  principal: Pick<CaseFile['principal'], 'arn' | 'tags'>
  resource: Pick<CaseFile['resource'], 'tags' | 'aliases'>
  removeTags: string[]
  /** Keys that conditions may ask for besides tags and derived ones. */
  requestKeys: readonly ContextKey[]
  /** Known in every case of this action. */
  fixed: Record<string, string | string[]>
  /** Undefined in open cases, where a key that a condition asks for stays free. */
  context: Record<string, string | string[]> | undefined
}

/** One entry of a Condition block; entries of one operator are joined by {@link joined}. */
export interface ConditionEntry {
  operator: string
  contextKey: string
  values: string[]
}

/** A condition that mostly asks for the tag's own value, so that it turns when the tag goes. */
export function tagCondition(dice: Dice, request: Request, tagKey: string | undefined): ConditionEntry {
  return conditionOn(
    dice,
    request,
    dice.one(tagOperators),
    tagContextKey(dice, request, tagKey ?? dice.one(tagKeys)),
    0.9,
  )
}
const tagOperators: readonly [OperatorName, ...OperatorName[]] = [
  'StringEquals',
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'Null',
]

/** A condition with this operator on any key whose values it is meant for; on a tag only where the layer knows tags. */
export function operatorCondition(dice: Dice, request: Request, operator: OperatorName, tags: boolean): ConditionEntry {
  const type = operators[operator]
  const isForTags = tags && (type === 'string' || type === 'any' || type === 'binary')
  const all = [...request.requestKeys, ...derivedKeys]
  const fitting = all.filter((key) => isOf(request.service, key) && (type === 'any' || key.type === type))
  const ofRequest = isForTags && dice.chance(type === 'binary' ? 1 : 0.4) ? undefined : dice.one(fitting)
  if (!ofRequest && !isForTags) return onRequestKey(dice, request)
  const key = ofRequest ?? tagContextKey(dice, request, dice.one(request.removeTags) ?? dice.one(tagKeys))
  // Mostly so that it holds: of what stands beside it, the most is seen then.
  return conditionOn(dice, request, operator, key, operator.includes('Not') ? 0.15 : 0.85)
}

/** A condition on any key of the request, with an operator that is meant for it. */
export function onRequestKey(dice: Dice, request: Request): ConditionEntry {
  const key = dice.one(request.requestKeys) ?? dice.one(derivedKeys) ?? tagContextKey(dice, request, tagKeys[0])
  const fitting = operatorNames.filter((name) => operators[name] === key.type)
  return conditionOn(dice, request, dice.one(fitting) ?? 'Null', key, 0.6)
}

function isOf(service: Service, key: ContextKey) {
  return key.service === undefined || key.service === service
}

/** `aws:ResourceTag/…` mostly, spelled in any case; at times the principal's tag or the service's own name for it. */
function tagContextKey(dice: Dice, request: Request, tagKey: string): ContextKey {
  const prefix = dice.weighted({
    'aws:ResourceTag/': 8,
    'secretsmanager:ResourceTag/': request.service === 'secretsmanager' ? 3 : 0,
    'aws:PrincipalTag/': 0.6,
    'AWS:resourcetag/': 1,
  })
  return {
    name: prefix + dice.one(spellings[tagKey] ?? [tagKey]),
    type: 'string',
    values: tagValues,
    patterns: ['b*', '?lue', '*'],
  }
}

/** `aim`: the share of values that are those which the request holds. 0 to 1. */
function conditionOn(
  dice: Dice,
  request: Request,
  operator: OperatorName,
  key: ContextKey,
  aim: number,
): ConditionEntry {
  const held = heldBy(dice, request, key)
  const modified =
    operator === 'Null' ? operator : `${setOperator(dice, key)}${operator}${dice.chance(0.12) ? 'IfExists' : ''}`
  if (operator === 'Null' || operator === 'Bool') {
    const truth = operator === 'Null' ? String(held.length === 0) : held[0]
    return {
      operator: modified,
      contextKey: key.name,
      values: [dice.chance(aim) && truth ? truth : dice.one(['true', 'false'])],
    }
  }
  const values = Array.from({ length: dice.chance(0.75) ? 1 : 2 }, () => valueFor(dice, operator, key, held, aim))
  return { operator: modified, contextKey: key.name, values: [...new Set(values)] }
}

function setOperator(dice: Dice, { isMultivalued }: ContextKey): string {
  if (isMultivalued) return dice.weighted({ 'ForAnyValue:': 5, 'ForAllValues:': 5, '': 0.2 })
  return dice.weighted({ '': 9, 'ForAnyValue:': 0.5, 'ForAllValues:': 0.5 })
}

/** What the request holds under a key. The first condition that asks for a key of the request decides whether it is there. */
function heldBy(dice: Dice, request: Request, key: ContextKey): readonly string[] {
  const tag = /^(?:aws|secretsmanager):(resource|principal)tag\/(.*)$/i.exec(key.name)
  if (tag) {
    const tags = tag[1]?.toLowerCase() === 'principal' ? request.principal.tags : request.resource.tags
    return Object.entries(tags).flatMap(([name, value]) =>
      name.toLowerCase() === tag[2]?.toLowerCase() ? [value] : [],
    )
  }
  if (derivedKeys.includes(key)) return derived(request, key)
  const { context, fixed } = request
  if (fixed[key.name] !== undefined) return [fixed[key.name] ?? []].flat()
  if (!context) return [dice.one(key.values)]
  if (dice.chance(0.75)) context[key.name] ??= key.isMultivalued ? dice.some(key.values, 0, 2) : dice.one(key.values)
  return [context[key.name] ?? []].flat()
}

function derived({ principal, resource }: Request, { name, values }: ContextKey): readonly string[] {
  const account = principal.arn.split(':')[4] ?? ''
  const known: Record<string, string[]> = {
    'aws:PrincipalArn': [
      principal.arn.replace(/^arn:aws:sts::(\d+):assumed-role\/(.*)\/.*$/, 'arn:aws:iam::$1:role/$2'),
    ],
    'aws:PrincipalAccount': [account],
    'kms:CallerAccount': [account],
    'kms:ResourceAliases': resource.aliases ?? [],
  }
  return known[name] ?? [values[0]]
}

function valueFor(dice: Dice, operator: OperatorName, key: ContextKey, held: readonly string[], aim: number): string {
  const canVary = operators[operator] === 'string' || operators[operator] === 'arn'
  if (operators[operator] === 'binary') return Buffer.from(dice.one(held) ?? 'blue').toString('base64')
  if (canVary && !key.isMultivalued && dice.chance(0.12)) return dice.one(variables(dice, operators[operator]))
  const actual = dice.chance(aim) ? dice.one(held) : undefined
  if (actual === undefined) return dice.one([...key.values, ...(key.patterns ?? [])]) ?? key.values[0]
  if (operator.includes('IgnoreCase')) return dice.one([actual, actual.toUpperCase(), actual.toLowerCase()])
  if (/Like|Arn/.test(operator)) return dice.one([actual, ...(key.patterns ?? [])])
  return actual
}

/** Each is a text when the policy is of the older version. */
function variables(dice: Dice, type: ValueType | 'any'): readonly [string, ...string[]] {
  const tagKey = dice.one(tagKeys)
  return [
    `\${aws:PrincipalTag/${tagKey}}`,
    `\${aws:PrincipalTag/${tagKey}}`,
    `\${aws:ResourceTag/${tagKey}}`,
    `\${aws:PrincipalTag/${tagKey}, 'blue'}`,
    `\${aws:ResourceTag/${tagKey}, 'green'}`,
    `\${aws:PrincipalAccount}`,
    ...(type === 'string' ? [`b\${*}`] : []),
  ]
}

/** A Condition block of these entries; of two on one operator and key the first stands. */
export function joined(entries: readonly ConditionEntry[]): ConditionFile | undefined {
  if (entries.length === 0) return undefined
  const block: ConditionFile = {}
  for (const { operator, contextKey, values } of entries) {
    block[operator] = { [contextKey]: values, ...block[operator] }
  }
  return block
}
