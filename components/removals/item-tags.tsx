import Box from '@cloudscape-design/components/box'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { Instant } from '#components/ui/instant.tsx'
import { Prose } from '#components/ui/prose.tsx'
import { TagText } from '#components/ui/tag-text.tsx'
import { outcomes } from '#lib/outcome.ts'
import type { RemovalItemTag } from '#lib/removal/list-removal-items.ts'
import styles from './item-tags.module.css'
import { OutcomeStatus } from './outcome-status.tsx'

interface KeyAndValueProps {
  tag: Pick<RemovalItemTag, 'key' | 'value'>
  /** Since when the value is gone, where it is. */
  purgedAt?: string | null
}

/** `key = value`, in full: it wraps rather than being cut. */
export function KeyAndValue({ tag: { key, value }, purgedAt = null }: KeyAndValueProps) {
  return (
    <div className={styles.text}>
      <strong>
        <TagText text={key} />
      </strong>
      <span className={styles.equals}>=</span>
      <Value value={value} purgedAt={purgedAt} />
    </div>
  )
}

/** A value; of one that is purged, since when. */
function Value({ value, purgedAt }: { value: string | null; purgedAt: string | null }) {
  if (value !== null) return <TagText text={value} />
  return (
    <span className="untag-empty">
      value purged{purgedAt !== null && ' on '}
      {purgedAt !== null && <Instant at={purgedAt} as="day" />}
    </span>
  )
}

/** Every tag of an item: its value at the review, what became of it and why, and AWS's request id. */
export function ItemTags({ tags, purgedAt }: { tags: RemovalItemTag[]; purgedAt: string | null }) {
  return (
    <ul className={styles.tags}>
      {tags.map((tag) => (
        <li key={tag.key} className={styles.tag}>
          <KeyAndValue tag={tag} purgedAt={purgedAt} />
          <OutcomeOfTag tag={tag} purgedAt={purgedAt} />
        </li>
      ))}
    </ul>
  )
}

function OutcomeOfTag({ tag, purgedAt }: { tag: RemovalItemTag; purgedAt: string | null }) {
  const { outcome, problem, requestId, cameBack } = tag
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
      {cameBack !== null && (
        <div>
          <StatusIndicator type="warning">Came back</StatusIndicator>
          <Box variant="small" display="block">
            Seen <Instant at={cameBack.at} /> with <Value value={cameBack.value} purgedAt={purgedAt} />
          </Box>
        </div>
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
