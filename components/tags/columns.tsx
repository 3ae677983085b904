import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import type { TableProps } from '@cloudscape-design/components/table'
import { TopValues } from '#components/choosing/top-values.tsx'
import { filterForTag } from '#components/resources/actions.ts'
import { counted, figure } from '#components/ui/counted.ts'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { TagText } from '#components/ui/tag-text.tsx'
import { visibleText } from '#components/ui/visible-text.ts'
import type { TagKeyRow } from '#lib/inventory/facets.ts'
import { paths } from '#lib/paths.ts'
import { isReservedTagKey } from '#lib/tag.ts'

const withTag = (tagKey: string, value?: string) => paths.resources({ filter: filterForTag(tagKey, value) })

interface ColumnsOptions {
  /** All resources of the snapshot, of which a bar shows the share. */
  resources: number
  onRemove: (tagKey: string) => void
}

/** The columns of the tags page. */
export const tagKeyColumns = ({ resources, onRemove }: ColumnsOptions): TableProps.ColumnDefinition<TagKeyRow>[] => [
  {
    id: 'key',
    header: 'Tag key',
    sortingField: 'key',
    isRowHeader: true,
    width: 220,
    cell: ({ key }) => (
      <SoftLink href={withTag(key)}>
        <TagText text={key} />
      </SoftLink>
    ),
  },
  {
    id: 'resources',
    header: 'Resources',
    sortingField: 'resources',
    width: 190,
    cell: (row) => <Coverage row={row} resources={resources} />,
  },
  {
    id: 'values',
    header: 'Values',
    sortingField: 'distinctValues',
    width: 280,
    cell: ({ key, topValues, distinctValues }) => (
      <TopValues
        values={topValues}
        distinct={distinctValues}
        link={(value, shown) => <SoftLink href={withTag(key, value)}>{shown}</SoftLink>}
      />
    ),
  },
  {
    id: 'variants',
    header: 'Probably the same word',
    width: 200,
    cell: ({ variants }) =>
      variants.length === 0 ? (
        <Box color="text-body-secondary">–</Box>
      ) : (
        variants.map((variant) => (
          <div key={variant}>
            <SoftLink href={withTag(variant)}>
              <TagText text={variant} />
            </SoftLink>
          </div>
        ))
      ),
  },
  {
    id: 'remove',
    header: 'Removal',
    width: 120,
    cell: ({ key }) => (
      <Button
        variant="inline-link"
        ariaLabel={`Remove the tag key ${visibleText(key)}`}
        disabled={isReservedTagKey(key)}
        disabledReason="Tags that begin with aws: belong to AWS; nobody can remove them"
        onClick={() => onRemove(key)}
      >
        Remove…
      </Button>
    ),
  },
]

function Coverage({ row, resources }: { row: TagKeyRow; resources: number }) {
  const percent = resources === 0 ? 0 : Math.round((row.resources / resources) * 100)
  return (
    <>
      <strong>{figure(row.resources)}</strong> <Box variant="small">({percent} % of all)</Box>
      <div className="untag-bar" aria-hidden="true">
        <div style={{ inlineSize: `${percent}%` }} />
      </div>
      <Box variant="small">
        {counted(row.keys, 'KMS key')}, {counted(row.secrets, 'secret')}
      </Box>
    </>
  )
}
