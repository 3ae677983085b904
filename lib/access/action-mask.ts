import { actions } from './actions.ts'
import type { CaseResource } from './case.ts'
import { matchesPattern } from './glob.ts'
import { tokenize } from './pattern.ts'
import type { PatternList } from './policy.ts'
import type { Action } from './reference.ts'

export type Service = 'kms' | 'secretsmanager'

/** A set of one service's actions: bit n of word w is the action 32 × w + n of {@link actionsOf}. */
export type ActionMask = readonly number[]

const WORD_BITS = 32

const byService: Record<Service, readonly Action[]> = {
  kms: actions.filter(({ name }) => name.startsWith('kms:')),
  secretsmanager: actions.filter(({ name }) => name.startsWith('secretsmanager:')),
}

/** The actions of a service, in the order of their bits. */
export function actionsOf(service: Service): readonly Action[] {
  return byService[service]
}

const serviceOfType = { 'kms-key': 'kms', secret: 'secretsmanager' } as const satisfies Record<
  CaseResource['type'],
  Service
>

/** The service that a resource belongs to. */
export function serviceOf({ type }: Pick<CaseResource, 'type'>): Service {
  return serviceOfType[type]
}

/** The service that an action belongs to; undefined when it is neither KMS nor Secrets Manager. */
export function serviceOfAction(name: string): Service | undefined {
  const prefix = name.slice(0, name.indexOf(':')).toLowerCase()
  return prefix === 'kms' || prefix === 'secretsmanager' ? prefix : undefined
}

/** The mask of the actions for which `isIn` says yes. */
export function maskWhere(service: Service, isIn: (action: Action) => boolean): ActionMask {
  const words = new Array<number>(Math.ceil(byService[service].length / WORD_BITS)).fill(0)
  for (const [index, action] of byService[service].entries()) {
    if (isIn(action)) words[index >>> 5] = (words[index >>> 5] ?? 0) | (1 << (index & 31))
  }
  return words
}

/**
 * The actions that an `Action` or `NotAction` element names. Their case does not matter.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function maskOf({ negated, patterns }: PatternList, service: Service): ActionMask {
  const globs = patterns.map((text) => tokenize(text.toLowerCase(), { variables: false, wildcards: true }))
  return maskWhere(service, ({ name }) => {
    const lowerCase = name.toLowerCase()
    return globs.some((glob) => matchesPattern(glob, lowerCase)) !== negated
  })
}

/** What is in any of both masks. */
export function union(one: ActionMask, other: ActionMask): ActionMask {
  return one.map((word, index) => word | (other[index] ?? 0))
}

/** What is in both masks. */
export function intersection(one: ActionMask, other: ActionMask): ActionMask {
  return one.map((word, index) => word & (other[index] ?? 0))
}

/** What is in the first mask only. */
export function difference(one: ActionMask, other: ActionMask): ActionMask {
  return one.map((word, index) => word & ~(other[index] ?? 0))
}

/** Whether a mask holds no action. */
export function isEmptyMask(mask: ActionMask): boolean {
  for (const word of mask) if (word !== 0) return false
  return true
}

/** The actions of a mask, by name. */
export function actionsIn(service: Service, mask: ActionMask): string[] {
  return byService[service].filter((_, index) => holdsBit(mask, index)).map(({ name }) => name)
}

/** Whether the action with this number is in a mask. */
export function holdsBit(mask: ActionMask, index: number): boolean {
  return (((mask[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1
}
