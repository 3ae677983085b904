import type { Effect } from '#lib/impact-facts.ts'
import { EffectSign } from './effect-count.tsx'
import { effectWords } from './effects.ts'
import styles from './impact.module.css'

/** Effects as signs with their words. */
export function EffectsTold({ effects }: { effects: readonly Effect[] }) {
  return effects.map((effect) => (
    <div key={effect} className={styles.effect}>
      <EffectSign effect={effect} />
      {effectWords[effect].label}
    </div>
  ))
}
