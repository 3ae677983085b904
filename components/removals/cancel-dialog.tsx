'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { counted } from '#components/ui/counted.ts'
import { DialogFooter } from '#components/ui/dialog-footer.tsx'
import { letsAllGo } from '#lib/canary.ts'
import type { Removal } from '#lib/removal/read-removal.ts'
import { directionWords } from './wording.ts'

interface CancelDialogProps {
  visible: boolean
  removal: Removal
  onDismiss: () => void
  onConfirm: () => void
}

/** Says what cancelling does and what it does not undo. */
export function CancelDialog({
  visible,
  removal: { direction, items, canary },
  onDismiss,
  onConfirm,
}: CancelDialogProps) {
  const { past, reverse } = directionWords[direction]
  // A claimed item may be on its way or not; only the last look before sending decides.
  const unsent = items.pending + items.claimed
  const mayRetry = letsAllGo(canary?.state ?? null)
  return (
    <Modal
      visible={visible}
      onDismiss={onDismiss}
      header="Cancel what was not sent yet?"
      footer={
        <DialogFooter dismiss="Let it go on" onDismiss={onDismiss}>
          <Button variant="primary" onClick={onConfirm}>
            Cancel the rest
          </Button>
        </DialogFooter>
      }
    >
      <SpaceBetween size="s">
        <Box variant="p">
          {unsent === 0
            ? 'Everything was sent to AWS already, so there is nothing left to cancel.'
            : `Up to ${counted(unsent, 'resource')} will not be changed any more.`}{' '}
          What was already sent stays {past} and is still proved by reading it back.
        </Box>
        <Box variant="p">
          Cancelling is final for this removal. Afterwards you can {mayRetry && 'retry what was cancelled, or '}use “
          {reverse} all” to reverse what was {past}.
        </Box>
      </SpaceBetween>
    </Modal>
  )
}
