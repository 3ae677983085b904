'use client'
import TextFilter from '@cloudscape-design/components/text-filter'
import { counted } from '#components/ui/counted.ts'

const TEXT_LENGTH_MAX = 256

interface ItemsFilterProps {
  typed: string
  /** Undefined while it is not known. */
  matched: number | undefined
  onType: (text: string) => void
  /** Typing has come to rest. */
  onFind: (text: string) => void
}

/** Finds items by name, ARN, tag key or value. */
export function ItemsFilter({ typed, matched, onType, onFind }: ItemsFilterProps) {
  return (
    <TextFilter
      filteringText={typed}
      filteringPlaceholder="Find by name, ARN, tag key or value"
      filteringAriaLabel="Find resources by name, ARN, tag key or value"
      filteringClearAriaLabel="Clear the text"
      countText={typed === '' || matched === undefined ? '' : counted(matched, 'match', 'matches')}
      onChange={({ detail }) => onType(detail.filteringText.slice(0, TEXT_LENGTH_MAX))}
      onDelayedChange={({ detail }) => onFind(detail.filteringText.slice(0, TEXT_LENGTH_MAX))}
    />
  )
}
