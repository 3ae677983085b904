'use client'
import Box from '@cloudscape-design/components/box'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import { counted } from '#components/ui/counted.ts'
import { JsonView } from '#components/ui/json-view.tsx'
import type { ControlLevel } from '#lib/account-reading.ts'
import styles from './control-levels.module.css'

/** The policies in force, level by level from the root, each to be unfolded. */
export function ControlLevels({ short, levels }: { short: string; levels: readonly ControlLevel[] }) {
  if (levels.length === 0) return null
  return (
    <ExpandableSection headerText={`${short} on ${counted(levels.length, 'level')}, root first`}>
      <ol className={styles.levels}>
        {levels.map(({ target, policies }) => (
          <li key={target}>
            <Box variant="strong">{target}</Box>
            {policies.length === 0 && <Box color="text-body-secondary">none</Box>}
            {policies.map(({ name, text }) => (
              <ExpandableSection key={name} headerText={name}>
                <JsonView label={`${name} of ${target}`} text={text} />
              </ExpandableSection>
            ))}
          </li>
        ))}
      </ol>
    </ExpandableSection>
  )
}
