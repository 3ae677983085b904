import { counted } from '#components/ui/counted.ts'
import type { Effect } from '#lib/impact-facts.ts'
import type { AffectedCell } from '#lib/impact-review.ts'

interface EffectWords {
  /** Tells it without colour. */
  sign: string
  /** “settlement-batch …” */
  verb: string
  /** As a heading. */
  label: string
}

/** Effects in the order in which they are shown: what is sure before what may be. */
export const effectWords: Record<Effect, EffectWords> = {
  loss: { sign: '−', verb: 'loses', label: 'Loses' },
  gain: { sign: '+', verb: 'gains', label: 'Gains' },
  'may-lose': { sign: '~−', verb: 'may lose', label: 'May lose' },
  'may-gain': { sign: '~+', verb: 'may gain', label: 'May gain' },
  unknown: { sign: '?', verb: 'may or may not have', label: 'Unknown' },
}
export const effectsShown = Object.keys(effectWords) as Effect[]

/** A cell in words: “settlement-batch loses kms:Decrypt on 12 resources, may lose it on 3 resources”. */
export function cellInWords(who: string, { action, effects }: AffectedCell): string {
  const told = effectsShown.flatMap((effect) => {
    const resources = effects[effect]
    return resources === undefined ? [] : { effect, on: `on ${counted(resources, 'resource')}` }
  })
  const parts = told.map(({ effect, on }, place) => {
    if (effect === 'unknown') return place === 0 ? `${action} is unknown ${on}` : `unknown ${on}`
    const { verb } = effectWords[effect]
    return place === 0 ? `${verb} ${action} ${on}` : `${verb} it ${on}`
  })
  return told[0]?.effect === 'unknown' ? `${who}: ${parts.join(', ')}` : `${who} ${parts.join(', ')}`
}
