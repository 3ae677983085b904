'use client'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import TextFilter from '@cloudscape-design/components/text-filter'
import Toggle from '@cloudscape-design/components/toggle'
import { counted, figure } from '#components/ui/counted.ts'
import type { AffectedPage } from '#lib/impact/list-affected.ts'
import { type AffectedFilter, shows, UNUSED_DAYS } from './affected-filter.ts'
import styles from './impact.module.css'
import type { AffectedFilterState } from './use-affected-filter.ts'

const showWords: Record<AffectedFilter['show'], string> = {
  all: 'All',
  lose: 'Losses',
  gain: 'Gains',
  unknown: 'Unknown',
}
const TEXT_LENGTH_MAX = 256

interface AffectedFiltersProps {
  filter: AffectedFilter
  state: Omit<AffectedFilterState, 'filter'>
  /** Undefined while it is not known. */
  page: AffectedPage | undefined
}

/** Finds principals by name or ARN and by what becomes of them, and leaves out roles that nobody uses. */
export function AffectedFilters({ filter, state: { typed, setTyped, setFilter }, page }: AffectedFiltersProps) {
  const hidden = page && filter.unusedDays !== null ? ` (${figure(page.hidden)} hidden)` : ''
  return (
    <div className={styles.filters}>
      <TextFilter
        filteringText={typed}
        filteringPlaceholder="Find by name or ARN"
        filteringAriaLabel="Find principals by name or ARN"
        filteringClearAriaLabel="Clear the text"
        countText={typed === '' || page === undefined ? '' : counted(page.matched, 'match', 'matches')}
        onChange={({ detail }) => setTyped(detail.filteringText.slice(0, TEXT_LENGTH_MAX))}
        onDelayedChange={({ detail }) => setFilter({ text: detail.filteringText.slice(0, TEXT_LENGTH_MAX) })}
      />
      <SegmentedControl
        label="Show principals with"
        selectedId={filter.show}
        options={shows.map((id) => ({ id, text: showWords[id] }))}
        onChange={({ detail }) => setFilter({ show: shows.find((show) => show === detail.selectedId) ?? 'all' })}
      />
      <Toggle
        checked={filter.unusedDays !== null}
        onChange={({ detail }) => setFilter({ unusedDays: detail.checked ? UNUSED_DAYS : null })}
      >
        Hide roles without a known use for {UNUSED_DAYS} days{hidden}
      </Toggle>
    </div>
  )
}
