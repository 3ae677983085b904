'use client'
import CollectionPreferences, {
  type CollectionPreferencesProps,
} from '@cloudscape-design/components/collection-preferences'
import { useStored } from '#components/ui/stored.ts'
import { pageSizes, type ResourcesView } from '#lib/resources-view.ts'
import { columns } from './columns.tsx'

/** What this browser remembers about the table; the number of rows stands in the address instead. */
export interface TablePreferences {
  contentDisplay: { id: string; visible: boolean }[]
  contentDensity: 'comfortable' | 'compact'
  wrapLines: boolean
}

const atFirst: TablePreferences = {
  contentDisplay: columns.map(({ id, atFirst }) => ({ id, visible: atFirst })),
  contentDensity: 'comfortable',
  wrapLines: false,
}

// A version of Untag with other columns may have written it: then the table starts afresh.
function isPreferences(value: unknown): value is TablePreferences {
  const { contentDisplay, contentDensity, wrapLines } = (value ?? {}) as Partial<TablePreferences>
  const ids = Array.isArray(contentDisplay) ? contentDisplay.map((column) => column?.id) : []
  return (
    columns.length === ids.length &&
    columns.every(({ id }) => ids.includes(id)) &&
    (contentDensity === 'comfortable' || contentDensity === 'compact') &&
    typeof wrapLines === 'boolean'
  )
}

/** The table's columns, density and wrapping, remembered. */
export const useTablePreferences = () => useStored('untag.resources-table', isPreferences, atFirst)

interface ResourcesPreferencesProps {
  preferences: TablePreferences
  onChange: (preferences: TablePreferences) => void
  size: ResourcesView['size']
  onSize: (size: ResourcesView['size']) => void
}

/** The gear of the table. */
export function ResourcesPreferences({ preferences, onChange, size, onSize }: ResourcesPreferencesProps) {
  const confirm = (chosen: CollectionPreferencesProps.Preferences) => {
    onChange({
      contentDisplay: (chosen.contentDisplay ?? []).map(({ id, visible }) => ({ id, visible })),
      contentDensity: chosen.contentDensity ?? 'comfortable',
      wrapLines: chosen.wrapLines ?? false,
    })
    const newSize = pageSizes.find((known) => known === chosen.pageSize)
    if (newSize && newSize !== size) onSize(newSize)
  }
  return (
    <CollectionPreferences
      title="Table preferences"
      confirmLabel="Confirm"
      cancelLabel="Cancel"
      preferences={{ ...preferences, pageSize: size }}
      onConfirm={({ detail }) => confirm(detail)}
      pageSizePreference={{ options: pageSizes.map((value) => ({ value, label: `${value} resources` })) }}
      contentDisplayPreference={{
        title: 'Columns',
        options: columns.map(({ id, header }) => ({ id, label: header, alwaysVisible: id === 'name' })),
      }}
      contentDensityPreference={{ label: 'Compact rows', description: 'Shows more resources at once' }}
      wrapLinesPreference={{ label: 'Wrap long texts', description: 'Instead of cutting them at the column’s width' }}
    />
  )
}
