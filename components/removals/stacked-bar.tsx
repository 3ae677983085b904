import { figure } from '#components/ui/counted.ts'
import styles from './stacked-bar.module.css'

const colors = {
  done: 'var(--untag-done)',
  attention: 'var(--untag-attention)',
  proving: 'var(--untag-proving)',
  stopped: 'var(--untag-stopped)',
  waiting: 'var(--untag-border)',
  others: 'var(--untag-others)',
  gain: 'var(--untag-gain)',
  refused: 'var(--untag-refused)',
  unknown: 'var(--untag-unknown)',
} as const

export interface BarPart {
  kind: keyof typeof colors
  count: number
  /** What is counted: `57 removed`. */
  label: string
}

/** Parts of a whole as one bar; its name says every part in words, and the figures stand beside it in text. */
export function StackedBar({ label, parts }: { label: string; parts: readonly BarPart[] }) {
  const shown = parts.filter(({ count }) => count > 0)
  const words = shown.map((part) => `${figure(part.count)} ${part.label}`).join(', ')
  return (
    <div className={styles.bar} role="img" aria-label={words === '' ? label : `${label}: ${words}`}>
      {shown.map((part) => (
        <div
          key={part.label}
          className={part.kind === 'attention' ? `${styles.part} ${styles.attention}` : styles.part}
          style={{ flexGrow: part.count, flexBasis: 0, backgroundColor: colors[part.kind] }}
          title={`${figure(part.count)} ${part.label}`}
        />
      ))}
    </div>
  )
}
