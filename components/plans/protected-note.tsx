'use client'
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import { counted } from '#components/ui/counted.ts'
import { Prose } from '#components/ui/prose.tsx'
import type { CountedProtection } from '#lib/impact-review.ts'
import { protectedTagSentence } from '#lib/protected-tags.ts'

const SHOWN_MAX = 8

interface ProtectedNoteProps {
  /** The most frequent first. */
  protectedTags: readonly CountedProtection[]
  /** How many resources have any of them. */
  resources: number
  onShow: () => void
}

/** What speaks against removing tags of a plan, though nobody's access in the account may hang on them. */
export function ProtectedNote({ protectedTags, resources, onShow }: ProtectedNoteProps) {
  const shown = protectedTags.slice(0, SHOWN_MAX)
  const others = protectedTags.length - shown.length
  return (
    <Alert
      type="warning"
      header={`Protected tags would be removed from ${counted(resources, 'resource')}`}
      action={<Button onClick={onShow}>Show them</Button>}
    >
      <ul className="untag-tight-list">
        {shown.map((one) => {
          const text = protectedTagSentence(one)
          return (
            <li key={text} className="untag-break">
              <Prose text={`${text} (${counted(one.resources, 'resource')})`} />
            </li>
          )
        })}
        {others > 0 && <li>and {counted(others, 'reason')} more, beside the resources</li>}
      </ul>
    </Alert>
  )
}
