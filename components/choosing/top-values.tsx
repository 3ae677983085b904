import Box from '@cloudscape-design/components/box'
import type { ReactNode } from 'react'
import { counted, figure } from '#components/ui/counted.ts'
import { TagText } from '#components/ui/tag-text.tsx'

const VALUES_SHOWN = 3

interface TopValuesProps {
  /** The most used values, most used first. */
  values: readonly { value: string; resources: number }[]
  /** How many different ones there are in all. */
  distinct: number
  /** What a value leads to. */
  link?: (value: string, shown: ReactNode) => ReactNode
}

/** The values that a tag key has most often, each with how many resources have it. */
export function TopValues({ values, distinct, link = (_, shown) => shown }: TopValuesProps) {
  const more = distinct - Math.min(VALUES_SHOWN, values.length)
  return (
    <span className="untag-values">
      {values.slice(0, VALUES_SHOWN).map(({ value, resources }) => (
        <span key={value}>
          {link(value, <TagText text={value} />)} <Box variant="small">× {figure(resources)}</Box>
        </span>
      ))}
      {more > 0 && <Box variant="small">and {counted(more, 'other value')}</Box>}
    </span>
  )
}
