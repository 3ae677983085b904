'use client'
import Box from '@cloudscape-design/components/box'
import Multiselect from '@cloudscape-design/components/multiselect'
import { counted } from '#components/ui/counted.ts'
import { visibleText } from '#components/ui/visible-text.ts'
import type { SelectionTag } from './choices.ts'

interface ValueLimitProps {
  tag: SelectionTag
  /** Undefined while the key is not ticked. */
  values: readonly string[] | undefined
  onChange: (values: readonly string[]) => void
}

// An option's value may not be empty, a tag's may.
const optionOf = (value: string) => ({ value: `=${value}`, label: visibleText(value) })
const tagValueOf = (option: { value?: string }) => option.value?.slice(1) ?? ''

/** Limits the removal of one tag key to some of its values; without a limit, every value goes. */
export function ValueLimit({ tag, values, onChange }: ValueLimitProps) {
  if (tag.reserved) return '–'
  if (values === undefined) return <Box color="text-body-secondary">not chosen</Box>
  const unlisted = tag.distinctValues - tag.values.length
  return (
    <>
      <Multiselect
        selectedOptions={values.map(optionOf)}
        onChange={({ detail }) => onChange(detail.selectedOptions.map(tagValueOf))}
        options={tag.values.map(({ value, resources }) => ({
          ...optionOf(value),
          description: `on ${counted(resources, 'resource')}`,
        }))}
        placeholder={values.length === 0 ? 'any value' : 'add another value'}
        ariaLabel={`Only where the value of ${visibleText(tag.key)} is`}
        filteringType="auto"
        tokenLimit={3}
        deselectAriaLabel={({ label }) => `Leave out ${label}`}
        expandToViewport
      />
      {unlisted > 0 && (
        <Box variant="small">Listed are the most used values; {counted(unlisted, 'other')} cannot be chosen here.</Box>
      )}
    </>
  )
}
