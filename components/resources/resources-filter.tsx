'use client'
import PropertyFilter from '@cloudscape-design/components/property-filter'
import { useQuery } from '@tanstack/react-query'
import { memo, useMemo, useState } from 'react'
import { counted } from '#components/ui/counted.ts'
import type { Filter } from '#lib/filter.ts'
import type { Facets } from '#lib/inventory/facets.ts'
import type { ResourcesActions } from './actions.ts'
import {
  filteringOptions,
  filteringProperties,
  TAGS_GROUP,
  tagKeyOf,
  toFilter,
  toQuery,
  valueOptions,
} from './filter-query.ts'
import { tagValuesQuery } from './queries.ts'

interface ResourcesFilterProps {
  actions: ResourcesActions
  snapshotId: string | undefined
  facets: Facets | undefined
  filter: Filter
  onChange: (filter: Filter) => void
  matched: number | undefined
}

/** The property filter of the resources; the values of a tag key are fetched once its property is being used. */
export const ResourcesFilter = memo(function ResourcesFilter(props: ResourcesFilterProps) {
  const { actions, snapshotId, facets, filter, onChange, matched } = props
  const [tagKey, setTagKey] = useState<string>()
  const values = useQuery({
    ...tagValuesQuery(actions, snapshotId, tagKey ?? ''),
    enabled: snapshotId !== undefined && tagKey !== undefined,
  })
  const properties = useMemo(() => filteringProperties(facets, filter), [facets, filter])
  const columnOptions = useMemo(() => filteringOptions(facets), [facets])
  const tagOptions = useMemo(() => {
    const found = values.data?.tags.find(({ key }) => key === tagKey)
    return found && tagKey !== undefined
      ? valueOptions(
          tagKey,
          found.values.map(({ value }) => value),
        )
      : []
  }, [values.data, tagKey])
  const options = useMemo(() => [...columnOptions, ...tagOptions], [columnOptions, tagOptions])
  return (
    <PropertyFilter
      query={toQuery(filter)}
      onChange={({ detail }) => onChange(toFilter(detail))}
      filteringProperties={properties}
      filteringOptions={options}
      freeTextFiltering={{ operators: [':', '!:'], defaultOperator: ':' }}
      customGroupsText={[{ group: TAGS_GROUP, properties: 'Values of tags', values: 'Values of tags' }]}
      onLoadItems={({ detail }) => setTagKey(tagKeyOf(detail.filteringProperty?.key))}
      filteringStatusType={values.isFetching ? 'loading' : values.error ? 'error' : 'finished'}
      filteringLoadingText="Loading values"
      filteringErrorText="The values could not be read"
      filteringEmpty="No suggestion; what you type is taken as it is"
      filteringAriaLabel="Filter resources"
      filteringPlaceholder="Filter by name, Region, tag key, tag value …"
      {...(matched === undefined ? {} : { countText: counted(matched, 'match', 'matches') })}
      tokenLimit={8}
      virtualScroll={options.length + properties.length > 500}
      expandToViewport
    />
  )
})
