import { account, otherAccount, type PrincipalKind, principals, services } from './alphabet.ts'
import type { PolicyFile, PrincipalFile, StatementFile } from './case-file.ts'
import type { Dice } from './dice.ts'
import { type ConditionEntry, joined } from './generate-condition.ts'
import type { Request } from './request.ts'

/** Who asks, for what: what a statement of the case may be about. */
export interface Scene extends Request {
  action: string
  principalKind: PrincipalKind
  principalAccount: string
  sessionTags?: 'unknown'
}

export interface StatementPlan {
  effect: 'Allow' | 'Deny'
  conditions?: readonly ConditionEntry[]
  /** Resource policies name principals; `rcp` names everybody. */
  principal?: 'resource' | 'rcp'
  /** The share of statements that are about something else. 0 to 1. */
  astray?: number
}

/** A statement that is mostly about this scene's action, resource and principal, said in one of the ways that IAM has for it. */
export function statement(dice: Dice, scene: Scene, plan: StatementPlan): StatementFile {
  const { effect, conditions = [], principal, astray = 0.03 } = plan
  const condition = joined(conditions)
  return {
    Effect: effect,
    ...(principal && principalElement(dice, scene, plan)),
    ...actionElement(dice, scene, astray, principal !== 'rcp'),
    ...resourceElement(dice, scene, principal === 'resource', astray),
    ...(condition && { Condition: condition }),
  }
}

export function policy(dice: Dice, statements: StatementFile[], isAnyVersion: boolean): PolicyFile {
  const version = isAnyVersion ? dice.weighted({ '2012-10-17': 17, '2008-10-17': 1, none: 1 }) : '2012-10-17'
  return { ...(version !== 'none' && { Version: version }), Statement: statements }
}

export const allowAll: PolicyFile = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }],
}

/** RCPs know neither NotAction nor `*` as an action. Organizations User Guide, "RCP syntax". */
function actionElement(
  dice: Dice,
  { service, action }: Scene,
  astray: number,
  isAnyForm: boolean,
): Pick<StatementFile, 'Action' | 'NotAction'> {
  const verb = action.slice(service.length + 1)
  const about = [
    action,
    action,
    `${service}:*`,
    '*',
    `${service}:${verb.slice(0, 3)}*`,
    action.toLowerCase(),
    `${service}:?${verb.slice(1)}`,
  ]
  const others = [`${service}:List*`, `${service}:TagResource`, service === 'kms' ? 'secretsmanager:*' : 'kms:*']
  if (isAnyForm && dice.chance(0.08)) return { NotAction: dice.some(dice.chance(astray) ? about : others, 1, 2) }
  const written = dice.chance(astray) ? others : about.filter((pattern) => isAnyForm || pattern !== '*')
  return { Action: dice.some(written, 1, 2) }
}

function resourceElement(
  dice: Dice,
  { service }: Scene,
  isOnResource: boolean,
  astray: number,
): Pick<StatementFile, 'Resource' | 'NotResource'> {
  const { arn, resources } = services[service]
  if (isOnResource && dice.chance(0.7)) return { Resource: ['*'] }
  if (dice.chance(0.08)) return { NotResource: dice.some(dice.chance(astray) ? [arn, '*'] : resources, 1, 2) }
  const isAstray = dice.chance(astray)
  return {
    Resource: isAstray ? dice.some(resources, 1, 2) : dice.some(['*', '*', arn, arn, ...resources.slice(0, 3)], 1, 2),
  }
}

function principalElement(
  dice: Dice,
  scene: Scene,
  plan: StatementPlan,
): Pick<StatementFile, 'Principal' | 'NotPrincipal'> {
  if (plan.principal === 'rcp') return { Principal: '*' }
  const { principalAccount, principalKind } = scene
  const own = principals[principalKind].names.map((name) => name.replace('%', principalAccount))
  const ofAccount = [`arn:aws:iam::${principalAccount}:root`, principalAccount]
  const others = [
    `arn:aws:iam::${account}:role/other`,
    `arn:aws:iam::${otherAccount}:root`,
    `arn:aws:iam::${account}:user/bob`,
  ]
  if (plan.effect === 'Deny' && dice.chance(0.2)) {
    return { NotPrincipal: { AWS: dice.chance(0.5) ? [...own, ...ofAccount] : dice.some(others, 1, 2) } }
  }
  if (dice.chance(plan.astray ?? 0.03))
    return { Principal: dice.one<PrincipalFile>([{ AWS: dice.some(others, 1, 2) }, { Service: ['s3.amazonaws.com'] }]) }
  const named: PrincipalFile = { AWS: dice.some(own, 1, 2) }
  const account_: PrincipalFile = { AWS: [dice.one(ofAccount) ?? principalAccount] }
  return { Principal: dice.one<PrincipalFile>([named, named, named, account_, '*', { AWS: ['*'] }]) }
}
