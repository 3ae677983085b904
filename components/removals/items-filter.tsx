'use client'
import TextFilter from '@cloudscape-design/components/text-filter'
import { useState } from 'react'
import { counted } from '#components/ui/counted.ts'

interface ItemsFilterProps {
  text: string
  /** Undefined while it is not known. */
  matched: number | undefined
  onChange: (text: string) => void
}

/** Finds items by name, ARN, tag key or value. What is typed shows at once and is asked for when typing rests. */
export function ItemsFilter({ text, matched, onChange }: ItemsFilterProps) {
  const [typed, setTyped] = useState(text)
  return (
    <TextFilter
      filteringText={typed}
      filteringPlaceholder="Find by name, ARN, tag key or value"
      filteringAriaLabel="Find resources by name, ARN, tag key or value"
      filteringClearAriaLabel="Clear the text"
      countText={typed === '' || matched === undefined ? '' : counted(matched, 'match', 'matches')}
      onChange={({ detail }) => setTyped(detail.filteringText)}
      onDelayedChange={({ detail }) => onChange(detail.filteringText.slice(0, 256))}
    />
  )
}
