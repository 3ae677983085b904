import { type Service, spellings, tagKeys, tagValues } from './alphabet.ts'
import { type ContextKey, derivedKeys, type ValueType } from './alphabet-context.ts'
import type { ConditionFile } from './case-file.ts'
import type { Dice } from './dice.ts'
import { type OperatorName, operatorNames, operators } from './operators.ts'
import { heldBy, type Request } from './request.ts'

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
