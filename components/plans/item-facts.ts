import { counted } from '#components/ui/counted.ts'
import type { ImpactCounts, ItemImpact, Permitted } from '#lib/item-impact.ts'
import type { Direction } from '#lib/removal/state.ts'
import type { ResourceType } from '#lib/resource.ts'

const reverse = { remove: 'put back', putBack: 'removed again' } as const satisfies Record<Direction, string>

const changeFacts: Record<Permitted, string | null> = {
  allow: null,
  deny: 'your call would be denied',
  depends: 'your call may be denied',
  unknown: 'not known whether your call is permitted',
}

const reverseFacts: Record<Permitted, ((word: string) => string) | null> = {
  allow: null,
  deny: (word) => `cannot be ${word} by you`,
  depends: (word) => `may not be ${word} by you`,
  unknown: (word) => `not known whether you can have it ${word}`,
}

const effects = ['lose', 'mayLose', 'gain', 'mayGain'] as const satisfies (keyof ImpactCounts)[]
const yours = { lose: 'you lose', mayLose: 'you may lose', gain: 'you gain', mayGain: 'you may gain' } as const
const theirs = {
  lose: ['loses', 'lose'],
  mayLose: ['may lose', 'may lose'],
  gain: ['gains', 'gain'],
  mayGain: ['may gain', 'may gain'],
} as const

/**
 * What a plan does to one resource in a few words each, what concerns the operator first.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/tag-authorization.html KMS lets its caller lock itself out
 */
export function itemFacts(
  type: ResourceType,
  { change, reverse: back, awsRefuses, own, others }: ItemImpact,
  direction: Direction,
): string[] {
  return [
    changeFacts[change],
    awsRefuses === true ? 'AWS refuses, because it would lock you out' : null,
    awsRefuses === 'unknown' ? 'not known whether AWS refuses' : null,
    ...effects.map((effect) => (own[effect] === 0 ? null : `${yours[effect]} ${counted(own[effect], 'action')}`)),
    reverseFacts[back]?.(reverse[direction]) ?? null,
    type === 'key' && change !== 'deny' && back === 'deny' ? 'KMS will let you lock yourself out' : null,
    ...effects.map((effect) => {
      const [one, many] = theirs[effect]
      return others[effect] === 0 ? null : counted(others[effect], `other ${one}`, `others ${many}`)
    }),
    own.unknown === 0 ? null : `unknown for you: ${counted(own.unknown, 'action')}`,
    others.unknown === 0 ? null : `unknown for ${counted(others.unknown, 'other')}`,
  ].filter((fact) => fact !== null)
}
