import { account, otherAccount, principals } from './alphabet.ts'
import type { GrantFile, Layer, PolicyFile, StatementFile } from './case-file.ts'
import type { Dice } from './dice.ts'
import { type ConditionEntry, onRequestKey, operatorCondition, tagCondition } from './generate-condition.ts'
import { allowAll, policy, type Scene, statement } from './generate-policy.ts'
import { type OperatorName, operatorNames } from './operators.ts'

/** Which layer the removal shall matter in, by which effect, and the operator that stands beside the tag there. */
export interface Plot {
  layer: Layer
  effect: 'Allow' | 'Deny'
  operator: OperatorName
}

/** The policies of a layer: what lets the request through, what hangs on the tag if the plot says so, and at times something else. */
export function layerPolicy(dice: Dice, scene: Scene, plot: Plot, layer: Layer): PolicyFile {
  const isOfPlot = plot.layer === layer
  const principal = layer === 'resource' ? 'resource' : layer === 'rcp' ? 'rcp' : undefined
  const conditionsOf = (isPlot: boolean) =>
    isPlot ? plotConditions(dice, scene, plot) : aside(dice, scene, plot, layer)
  const write = (effect: 'Allow' | 'Deny', conditions: ConditionEntry[], astray?: number) =>
    statement(dice, scene, { effect, conditions, ...(principal && { principal }), ...(astray && { astray }) })

  const statements: StatementFile[] = []
  if (layer !== 'rcp') statements.push(write('Allow', conditionsOf(isOfPlot && plot.effect === 'Allow')))
  if (isOfPlot && plot.effect === 'Deny') statements.push(write('Deny', conditionsOf(true)))
  if (dice.chance(scene.context ? 0.07 : 0.2)) statements.push(write('Deny', [anyCondition(dice, scene, layer)], 0.3))
  if (layer !== 'rcp' && dice.chance(scene.context ? 0.06 : 0.2))
    statements.push(write('Allow', [anyCondition(dice, scene, layer)], 0.3))
  return policy(dice, statements, layer !== 'rcp')
}

function plotConditions(dice: Dice, scene: Scene, plot: Plot): ConditionEntry[] {
  const knowsTags = areTagsKnown(dice, scene, plot.layer)
  const beside = besideTag(dice, scene, plot, knowsTags)
  if (!knowsTags || dice.chance(0.12)) return [beside]
  return dice.chance(0.15)
    ? [tagCondition(dice, scene, dice.one(scene.removeTags))]
    : [tagCondition(dice, scene, dice.one(scene.removeTags)), beside]
}

/** In an open case mostly something that nobody knows. */
function besideTag(dice: Dice, scene: Scene, plot: Plot, knowsTags: boolean): ConditionEntry {
  if (!scene.context && dice.chance(0.75)) return onRequestKey(dice, scene)
  return operatorCondition(dice, scene, plot.operator, knowsTags)
}

function aside(dice: Dice, scene: Scene, plot: Plot, layer: Layer): ConditionEntry[] {
  return plot.layer !== layer && dice.chance(scene.context ? 0.06 : 0.4) ? [anyCondition(dice, scene, layer)] : []
}

function anyCondition(dice: Dice, scene: Scene, layer: Layer): ConditionEntry {
  if (!scene.context && dice.chance(0.9)) return onRequestKey(dice, scene)
  return operatorCondition(dice, scene, dice.one(operatorNames) ?? 'Null', areTagsKnown(dice, scene, layer))
}

/** A key policy does not know tags; what happens when it asks for one is not documented, so few cases do. */
function areTagsKnown(dice: Dice, { service }: Scene, layer: Layer): boolean {
  return layer !== 'resource' || service !== 'kms' || dice.chance(0.02)
}

/** The statement by which a key policy lets the account's IAM policies count. */
export function delegation(dice: Dice, { principalAccount }: Scene): StatementFile {
  const AWS = dice.one([
    `arn:aws:iam::${principalAccount}:root`,
    `arn:aws:iam::${principalAccount}:root`,
    principalAccount,
  ])
  return { Effect: 'Allow', Principal: { AWS: [AWS] }, Action: ['kms:*'], Resource: ['*'] }
}

/** Levels from the root down, each of which must allow; the plot is on one of them. */
export function levels(dice: Dice, scene: Scene, plot: Plot, layer: 'scp' | 'rcp'): PolicyFile[][] {
  const count = dice.one([1, 2, 3] as const)
  const own = dice.one(Array.from({ length: count }, (_, level) => level))
  return Array.from({ length: count }, (_, level) => {
    if (level === own)
      return [layerPolicy(dice, scene, plot, layer), ...(withAllowAll(dice, plot, layer) ? [allowAll] : [])]
    return layer === 'scp' ? [allowAll] : []
  })
}

/** A Deny is what an SCP mostly is, beside FullAWSAccess; a conditional Allow counts only without. */
function withAllowAll(dice: Dice, plot: Plot, layer: 'scp' | 'rcp'): boolean {
  return layer === 'scp' && (plot.layer === 'scp' ? plot.effect === 'Deny' : dice.chance(0.8))
}

export function grant(dice: Dice, { action, principal, principalKind, principalAccount }: Scene): GrantFile {
  const operation = action.slice('kms:'.length)
  const names = principals[principalKind].names.map((name) => name.replace('%', principalAccount))
  const grantees = [...names, ...names, `arn:aws:iam::${principalAccount}:root`]
  const astray = [`arn:aws:iam::${account}:role/other`, `arn:aws:iam::${otherAccount}:role/app`]
  const constraint = dice.one(['none', 'none', 'encryptionContextEquals', 'encryptionContextSubset'] as const)
  const pairs: Record<string, string> = { app: dice.one(['x', 'x', 'X']), ...(dice.chance(0.2) && { zone: 'z' }) }
  return {
    grantId: 'g1',
    granteePrincipal: dice.one(dice.chance(0.1) ? astray : grantees) ?? principal.arn,
    operations: dice.chance(0.1) ? ['GenerateDataKey'] : [operation, 'DescribeKey'],
    ...(constraint !== 'none' && { constraints: { [constraint]: pairs } }),
  }
}
