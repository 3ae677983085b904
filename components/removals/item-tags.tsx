import Box from '@cloudscape-design/components/box'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import { Prose } from '#components/ui/prose.tsx'
import { TagText } from '#components/ui/tag-text.tsx'
import { outcomes } from '#lib/outcome.ts'
import type { RemovalItemTag } from '#lib/removal/list-removal-items.ts'
import styles from './item-tags.module.css'
import { OutcomeStatus } from './outcome-status.tsx'

/** `key = value`, in full: it wraps rather than being cut. A value that is gone says so. */
export function KeyAndValue({ tag: { key, value } }: { tag: Pick<RemovalItemTag, 'key' | 'value'> }) {
  return (
    <div className={styles.text}>
      <strong>
        <TagText text={key} />
      </strong>
      <span className={styles.equals}>=</span>
      {value === null ? <i>value purged</i> : <TagText text={value} />}
    </div>
  )
}

/** Every tag of an item: its value at the review, what became of it and why, and AWS's request id. */
export function ItemTags({ tags }: { tags: RemovalItemTag[] }) {
  return (
    <ul className={styles.tags}>
      {tags.map((tag) => (
        <li key={tag.key} className={styles.tag}>
          <KeyAndValue tag={tag} />
          <OutcomeOfTag tag={tag} />
        </li>
      ))}
    </ul>
  )
}

function OutcomeOfTag({ tag: { outcome, problem, requestId } }: { tag: RemovalItemTag }) {
  const { kind, sentence } = outcomes[outcome]
  return (
    <div className={styles.text}>
      <span title={sentence}>
        <OutcomeStatus outcome={outcome} />
      </span>
      {(kind === 'attention' || problem !== null) && (
        <Box variant="small" display="block">
          <Prose text={problem?.message ?? sentence} />
        </Box>
      )}
      {requestId !== null && (
        <Box variant="small" display="block">
          AWS request{' '}
          <CopyToClipboard
            variant="inline"
            textToCopy={requestId}
            copyButtonAriaLabel={`Copy AWS request id ${requestId}`}
            copySuccessText="Copied"
            copyErrorText="The browser did not allow copying"
          />
        </Box>
      )}
    </div>
  )
}
