'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { createContext, useContext, useState } from 'react'
import { problemIn } from '#components/ui/problem.ts'
import { Prose } from '#components/ui/prose.tsx'
import type { ResourceRow } from '#lib/inventory/query.ts'
import { TagMenu } from './tag-menu.tsx'

const TAGS_AT_FIRST = 3

interface TagsOfTable {
  /** Tag keys that the filter names: their chips come first. */
  wanted: ReadonlySet<string>
  onRemove: (resource: ResourceRow, tagKey: string) => void
}

/** What the tags of a row need from the table around them. A context, so that the columns can stay constant. */
export const TagsOfTableContext = createContext<TagsOfTable>({ wanted: new Set(), onRemove: () => {} })

/** The tags of one resource: a few, the others on demand. Tags that could not be read are said to be so. */
export function TagsCell({ resource }: { resource: ResourceRow }) {
  const { wanted, onRemove } = useContext(TagsOfTableContext)
  const [open, setOpen] = useState(false)
  const { tags, problem } = resource
  if (tags === null) {
    return (
      <StatusIndicator type="warning" wrapText>
        Not readable
        {problem && (
          <Box variant="small">
            {' '}
            <Prose text={problemIn(problem).message} />
          </Box>
        )}
      </StatusIndicator>
    )
  }
  if (tags.length === 0) return <Box color="text-body-secondary">none</Box>
  const ordered = [...tags].sort((a, b) => Number(wanted.has(b.key)) - Number(wanted.has(a.key)))
  const shown = open ? ordered : ordered.slice(0, TAGS_AT_FIRST)
  const more = tags.length - TAGS_AT_FIRST
  return (
    <span className="untag-chips">
      {shown.map((tag) => (
        <TagMenu key={tag.key} tag={tag} resource={resource} strong={wanted.has(tag.key)} onRemove={onRemove} />
      ))}
      {more > 0 && (
        <Button
          variant="inline-link"
          ariaExpanded={open}
          ariaLabel={open ? `Fewer tags of ${resource.name}` : `${more} more tags of ${resource.name}`}
          onClick={() => setOpen(!open)}
        >
          {open ? 'fewer' : `+${more} more`}
        </Button>
      )}
    </span>
  )
}
