'use client'
import Select from '@cloudscape-design/components/select'
import { useQuery } from '@tanstack/react-query'
import type { AccountActions } from './actions.ts'
import { regionsQuery } from './queries.ts'

interface RegionSelectProps {
  actions: AccountActions
  selected: string | undefined
  onSelect: (region: string) => void
}

/** The Region whose key and secret the calls are tried on. */
export function RegionSelect({ actions, selected, onSelect }: RegionSelectProps) {
  const regions = useQuery(regionsQuery(actions))
  return (
    <Select
      selectedOption={selected === undefined ? null : { value: selected }}
      onChange={({ detail }) => detail.selectedOption.value && onSelect(detail.selectedOption.value)}
      options={(regions.data?.regions ?? []).map((value) => ({ value }))}
      statusType={regions.isPending ? 'loading' : regions.error ? 'error' : 'finished'}
      loadingText="Asking AWS which Regions are enabled"
      errorText="The Regions could not be read"
      placeholder="Region"
      ariaLabel="Region to try the calls in"
      filteringType="auto"
      expandToViewport
    />
  )
}
