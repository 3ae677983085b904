'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import Popover from '@cloudscape-design/components/popover'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { TagChip } from '#components/ui/tag-chip.tsx'
import { TagText } from '#components/ui/tag-text.tsx'
import { ineligibilities } from '#lib/eligibility.ts'
import type { ResourceRow } from '#lib/inventory/query.ts'
import { paths } from '#lib/paths.ts'
import { isReservedTagKey, type Tag } from '#lib/tag.ts'
import { filterForTag } from './actions.ts'

/** Why one tag of one resource cannot be removed, or undefined when it can. */
export function tagProblem(tag: Tag, resource: Pick<ResourceRow, 'ineligible'>): string | undefined {
  if (isReservedTagKey(tag.key)) return 'Tags that begin with aws: belong to AWS; nobody can remove them'
  return resource.ineligible ? `Not possible: ${ineligibilities[resource.ineligible].sentence}` : undefined
}

interface TagMenuProps {
  tag: Tag
  resource: ResourceRow
  strong: boolean
  onRemove: (resource: ResourceRow, tagKey: string) => void
}

/** A tag as a chip that opens: the whole key and value, what else has them, and its removal. */
export function TagMenu({ tag, resource, strong, onRemove }: TagMenuProps) {
  const problem = tagProblem(tag, resource)
  return (
    <span className="untag-chip-trigger">
      <Popover
        triggerType="text-inline"
        size="large"
        renderWithPortal
        header="Tag"
        content={
          <SpaceBetween size="s">
            <KeyValuePairs
              items={[
                { label: 'Key', value: <TagText text={tag.key} /> },
                { label: 'Value', value: <TagText text={tag.value} /> },
              ]}
            />
            <SoftLink href={paths.resources({ filter: filterForTag(tag.key) })}>Show all with this tag key</SoftLink>
            <SoftLink href={paths.resources({ filter: filterForTag(tag.key, tag.value) })}>
              Show all with this key and value
            </SoftLink>
            <Box>
              <Button
                disabled={problem !== undefined}
                {...(problem ? { disabledReason: problem } : {})}
                onClick={() => onRemove(resource, tag.key)}
              >
                Remove this tag…
              </Button>
            </Box>
          </SpaceBetween>
        }
      >
        <span className="untag-for-screen-readers">Tag </span>
        <TagChip tag={tag} strong={strong} />
      </Popover>
    </span>
  )
}
