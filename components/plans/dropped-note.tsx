'use client'
import Alert, { type AlertProps } from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useEffect, useRef } from 'react'
import { counted } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import type { Dropping } from './use-drop.ts'

/** What was just dropped or taken in again, with the way back. It takes the focus: the button that was pressed is gone. */
export function DroppedNote({ dropping: { moved, forget, undrop, busy, error } }: { dropping: Dropping }) {
  const note = useRef<AlertProps.Ref>(null)
  useEffect(() => {
    if (moved) note.current?.focus()
  }, [moved])
  return (
    <SpaceBetween size="s">
      {error && <ErrorNote title="The plan was not changed" error={error} />}
      {moved && (
        <Alert
          ref={note}
          type="success"
          header={`${counted(moved.arns.length, 'resource')} ${moved.how}`}
          dismissible
          dismissAriaLabel="Close"
          onDismiss={forget}
          {...(moved.how === 'dropped' && {
            action: (
              <Button loading={busy} onClick={() => undrop(moved.arns)}>
                Undo
              </Button>
            ),
          })}
        >
          {moved.how === 'dropped' &&
            'Nothing will be changed there. What is dropped stands under “Left out” and can be taken in again.'}
        </Alert>
      )}
    </SpaceBetween>
  )
}
