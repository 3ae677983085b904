'use client'
import PropertyFilter from '@cloudscape-design/components/property-filter'
import { counted } from '#components/ui/counted.ts'
import type { AuditView } from '#lib/audit-view.ts'
import styles from './audit.module.css'
import { filteringOptions, filteringProperties, toFilters, toQuery } from './filter-query.ts'
import { TimeRange } from './time-range.tsx'

interface AuditFilterProps {
  view: AuditView
  setView: (change: Partial<AuditView>) => void
  /** Undefined while it is not known. */
  matched: number | undefined
}

/** Who, what, which resource, how it ended; and when. */
export function AuditFilter({ view, setView, matched }: AuditFilterProps) {
  return (
    <div className={styles.filters}>
      <div className={styles.properties}>
        <PropertyFilter
          query={toQuery(view.filters)}
          onChange={({ detail }) => setView({ filters: toFilters(detail) })}
          filteringProperties={filteringProperties}
          filteringOptions={filteringOptions}
          freeTextFiltering={{ operators: [':'], defaultOperator: ':' }}
          hideOperations
          filteringAriaLabel="Filter events"
          filteringPlaceholder="Filter by who, action, removal, resource …"
          {...(matched === undefined ? {} : { countText: counted(matched, 'match', 'matches') })}
          tokenLimit={8}
          expandToViewport
        />
      </div>
      <TimeRange range={view} onChange={setView} />
    </div>
  )
}
