import { figure } from '#components/ui/counted.ts'
import type { Effect } from '#lib/impact-facts.ts'
import { effectWords } from './effects.ts'
import styles from './impact.module.css'

const surfaces: Record<Effect, string | undefined> = {
  loss: styles.loss,
  gain: styles.gain,
  'may-lose': styles.maybe,
  'may-gain': styles.maybe,
  unknown: styles.unknown,
}

/** The sign of an effect. It is read out nowhere: words stand beside it, or in the label of its control. */
export function EffectSign({ effect }: { effect: Effect }) {
  return (
    <span aria-hidden className={`${styles.sign} ${surfaces[effect]}`}>
      {effectWords[effect].sign}
    </span>
  )
}

/** An effect with the number of resources, to look at: its control says the same in words. */
export function EffectCount({ effect, count }: { effect: Effect; count: number }) {
  return (
    <span aria-hidden className={styles.effect}>
      <EffectSign effect={effect} />
      {figure(count)}
    </span>
  )
}

/** What each sign means. */
export function EffectLegend({ effects }: { effects: readonly Effect[] }) {
  return (
    <div className={styles.legend}>
      {effects.map((effect) => (
        <span key={effect} className={styles.effect}>
          <EffectSign effect={effect} />
          {effectWords[effect].label}
        </span>
      ))}
    </div>
  )
}
