'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { DialogFooter } from '#components/ui/dialog-footer.tsx'
import { ErrorNote } from '#components/ui/error-note.tsx'
import type { Removal } from '#lib/removal/read-removal.ts'
import { directionWords } from './wording.ts'

interface PurgeDialogProps {
  visible: boolean
  removal: Removal
  busy: boolean
  error: Error | null
  onDismiss: () => void
  onConfirm: () => void
}

/** Says what becomes impossible for good, and what stays. */
export function PurgeDialog({ visible, removal, busy, error, onDismiss, onConfirm }: PurgeDialogProps) {
  const { direction, watch, putBackBy } = removal
  const { reverse } = directionWords[direction]
  return (
    <Modal
      visible={visible}
      onDismiss={onDismiss}
      header="Purge the old values for good?"
      footer={
        <DialogFooter dismiss="Keep them" onDismiss={onDismiss}>
          <Button variant="primary" loading={busy} loadingText="Purging" onClick={onConfirm}>
            Purge old values
          </Button>
        </DialogFooter>
      }
    >
      <SpaceBetween size="s">
        <Box variant="p">Nobody can bring them back. Afterwards</Box>
        <ul className="untag-tight-list">
          <li>“{reverse}” and “Retry failed” are not possible any more for this removal;</li>
          <li>
            the reviewed plan with its analysis is gone, and so is every plan to reverse this removal that was not
            started;
          </li>
          {watch !== null && !watch.isOver && <li>the removal is not watched any more;</li>}
          {putBackBy.length > 0 && (
            <li>removals that reversed this one keep their own values until those are purged;</li>
          )}
          <li>outcomes, request ids, digests and the audit log stay as they are.</li>
        </ul>
        <Box variant="p">If you need the values elsewhere, save the report first.</Box>
        {error && <ErrorNote title="Nothing was purged" error={error} />}
      </SpaceBetween>
    </Modal>
  )
}
