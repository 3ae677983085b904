'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'

interface ItemsEmptyProps {
  /** Why nothing would be there even without any filter. */
  nothing: string
  filtered: boolean
  /** The page lies beyond the last one. */
  beyond: boolean
  onClear: () => void
}

/** Why a list is empty, and the way back to one that is not. */
export function ItemsEmpty({ nothing, filtered, beyond, onClear }: ItemsEmptyProps) {
  if (!filtered && !beyond) return <Box color="text-body-secondary">{nothing}</Box>
  return (
    <SpaceBetween size="xs">
      <Box color="text-body-secondary">
        {beyond ? 'This page lies beyond the last one.' : 'Nothing matches this filter.'}
      </Box>
      <Button onClick={onClear}>Show all</Button>
    </SpaceBetween>
  )
}
