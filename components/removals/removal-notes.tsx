'use client'
import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { Prose } from '#components/ui/prose.tsx'
import type { Removal } from '#lib/removal/read-removal.ts'
import type { RemovalActions } from './actions.ts'
import { cameBackText } from './afterwards-words.ts'
import { outcomeSummary, tagsOfKind } from './outcome-summary.ts'
import { pauseSentences } from './pause-words.ts'
import { isProvingOn } from './queries.ts'
import { ReviewAge } from './review-age.tsx'
import { durationText } from './wording.ts'

/** Why a removal stands still, and what makes it go on. */
export function PauseNote({ removal, planRest }: { removal: Removal; planRest: RemovalActions['planRest'] }) {
  return (
    <Alert type={removal.pauseReason === 'operator' ? 'info' : 'warning'} header="This removal is paused">
      <SpaceBetween size="xxs">
        {pauseSentences(removal).map((sentence) => (
          <div key={sentence}>
            <Prose text={sentence} />
          </div>
        ))}
        {isProvingOn(removal) && <div>What was already sent is still being proved.</div>}
        {removal.items.pending > 0 && <ReviewAge removal={removal} planRest={planRest} />}
      </SpaceBetween>
    </Alert>
  )
}

/** That removed tags are there again, and the way to them. */
export function CameBackNote({ removal: { cameBack }, onShow }: { removal: Removal; onShow: () => void }) {
  return (
    <Alert type="warning" header={cameBackText(cameBack)} action={<Button onClick={onShow}>Show them</Button>}>
      They were proved removed, and a later scan has seen them again. Look for infrastructure code, or somebody, that
      sets them.
    </Alert>
  )
}

/** What became of a settled removal: all of it, the unpleasant parts too. */
export function SettledNote({ removal, planRest }: { removal: Removal; planRest: RemovalActions['planRest'] }) {
  const { tags, lanes, cancelled, canary, kmsFollowsSeconds, moves } = removal
  const canRetry = moves.some(({ move, disabledReason }) => move === 'retryFailed' && disabledReason === null)
  const isStopped = canary?.state === 'failed'
  const attention = tagsOfKind(tags.byOutcome, 'attention')
  const keys = lanes.some(({ type, sent }) => type === 'key' && sent > 0)
  return (
    <Alert
      type={attention > 0 || isStopped ? 'warning' : 'success'}
      header={
        isStopped
          ? 'Ended, because its canary failed'
          : attention > 0
            ? 'Ended, and some tags need your attention'
            : cancelled
              ? 'Ended after it was cancelled'
              : 'Ended'
      }
    >
      <SpaceBetween size="xxs">
        <Box variant="strong">
          <Prose text={outcomeSummary(tags.byOutcome, tags.total)} />
        </Box>
        {keys && (
          <div>
            KMS’s access decisions follow the tags up to {durationText(kmsFollowsSeconds)} later: a loss or gain of
            access can show only then.
          </div>
        )}
        {canRetry && <ReviewAge removal={removal} planRest={planRest} />}
      </SpaceBetween>
    </Alert>
  )
}
