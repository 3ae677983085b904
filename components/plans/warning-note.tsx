import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { Prose } from '#components/ui/prose.tsx'
import styles from './impact-told.module.css'

/** A warning of one sentence, on a line of its own in a cell. */
export function WarningNote({ text }: { text: string }) {
  return (
    <div>
      <StatusIndicator type="warning">
        <span className={styles.text}>
          <Prose text={text} />
        </span>
      </StatusIndicator>
    </div>
  )
}
