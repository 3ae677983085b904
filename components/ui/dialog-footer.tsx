import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'

interface DialogFooterProps {
  /** What leaving the dialog comes to, in a word or two. */
  dismiss: string
  onDismiss: () => void
  /** The button that does it. */
  children: ReactNode
}

/** The end of a dialog that asks before something is done: the way out, and the way on. */
export function DialogFooter({ dismiss, onDismiss, children }: DialogFooterProps) {
  return (
    <Box float="right">
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="link" onClick={onDismiss}>
          {dismiss}
        </Button>
        {children}
      </SpaceBetween>
    </Box>
  )
}
