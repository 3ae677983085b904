'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Popover from '@cloudscape-design/components/popover'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { createContext, type ReactNode, useContext, useState } from 'react'
import { Prose } from '#components/ui/prose.tsx'
import type { Problem } from '#lib/errors.ts'
import type { ResourceRow } from '#lib/inventory/query.ts'
import { TagMenu } from './tag-menu.tsx'

const TAGS_AT_FIRST = 3

interface TagsOfTable {
  /** Whether the filter asks for this tag key: such chips come first. */
  isWanted: (tagKey: string) => boolean
  onRemove: (resource: ResourceRow, tagKey: string) => void
}

/** What the tags of a row need from the table around them. A context, so that the columns can stay constant. */
export const TagsOfTableContext = createContext<TagsOfTable>({ isWanted: () => false, onRemove: () => {} })

/** The tags of one resource: a few, the others on demand. Tags that could not be read are said to be so. */
export function TagsCell({ resource }: { resource: ResourceRow }) {
  const { isWanted, onRemove } = useContext(TagsOfTableContext)
  const [open, setOpen] = useState(false)
  const { tags, problem } = resource
  if (tags === null) return problem ? <Unreadable problem={problem} /> : <Quiet>not shown by AWS</Quiet>
  if (tags.length === 0) return <Quiet>none</Quiet>
  const ordered = [...tags].sort((a, b) => Number(isWanted(b.key)) - Number(isWanted(a.key)))
  const shown = open ? ordered : ordered.slice(0, TAGS_AT_FIRST)
  const more = tags.length - TAGS_AT_FIRST
  return (
    <span className="untag-chips">
      {shown.map((tag) => (
        <TagMenu key={tag.key} tag={tag} resource={resource} strong={isWanted(tag.key)} onRemove={onRemove} />
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

const Quiet = ({ children }: { children: ReactNode }) => <Box color="text-body-secondary">{children}</Box>

function Unreadable({ problem }: { problem: Problem }) {
  return (
    <Popover
      size="large"
      wrapTriggerText={false}
      renderWithPortal
      header="Tags not readable"
      content={<Prose text={problem.message} />}
    >
      <StatusIndicator type="warning">Not readable</StatusIndicator>
    </Popover>
  )
}
