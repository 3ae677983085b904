'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import Table from '@cloudscape-design/components/table'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { TagText } from '#components/ui/tag-text.tsx'
import { visibleText } from '#components/ui/visible-text.ts'
import { ineligibilities } from '#lib/eligibility.ts'
import type { ResourceDetail } from '#lib/inventory/detail.ts'
import { paths } from '#lib/paths.ts'
import { filterForTag } from './actions.ts'
import { tagProblem } from './tag-menu.tsx'

interface DetailTagsProps {
  detail: ResourceDetail
  onRemove: (tagKeys: string[]) => void
}

/** Every tag of the resource, each with its removal. */
export function DetailTags({ detail: { resource, ineligible }, onRemove }: DetailTagsProps) {
  const { tags, problem } = resource
  const whyNot = ineligible ? `Not possible: ${ineligibilities[ineligible].sentence}` : undefined
  if (tags === null && problem) return <ErrorNote title="The tags could not be read" type="warning" error={problem} />
  return (
    <Table
      variant="container"
      trackBy="key"
      items={tags ?? []}
      wrapLines
      contentDensity="compact"
      header={
        <Header
          variant="h2"
          counter={`(${tags?.length ?? 'not readable'})`}
          actions={
            <Button
              disabled={whyNot !== undefined || !tags?.length}
              {...(whyNot ? { disabledReason: whyNot } : {})}
              onClick={() => onRemove([])}
            >
              Remove tags…
            </Button>
          }
        >
          Tags
        </Header>
      }
      ariaLabels={{ tableLabel: 'Tags' }}
      empty={
        <Box textAlign="center">
          {tags === null ? 'AWS tells nobody the tags of the keys that it manages' : 'This resource has no tags'}
        </Box>
      }
      columnDefinitions={[
        {
          id: 'key',
          header: 'Key',
          isRowHeader: true,
          width: 300,
          cell: ({ key }) => (
            <SoftLink href={paths.resources({ filter: filterForTag(key) })}>
              <TagText text={key} />
            </SoftLink>
          ),
        },
        { id: 'value', header: 'Value', cell: ({ value }) => <TagText text={value} /> },
        {
          id: 'remove',
          header: 'Removal',
          width: 140,
          cell: (tag) => {
            const reason = tagProblem(tag, { ineligible })
            return (
              <Button
                variant="inline-link"
                ariaLabel={`Remove the tag ${visibleText(tag.key)}`}
                disabled={reason !== undefined}
                {...(reason ? { disabledReason: reason } : {})}
                onClick={() => onRemove([tag.key])}
              >
                Remove…
              </Button>
            )
          },
        },
      ]}
    />
  )
}
