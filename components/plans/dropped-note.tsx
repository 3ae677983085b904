'use client'
import Alert, { type AlertProps } from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useEffect, useRef } from 'react'
import { counted } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import type { Dropping } from './use-drop.ts'

/** What was just dropped, with the way back. It takes the focus, because the button that was pressed is gone. */
export function DroppedNote({ dropping: { dropped, forget, undrop, busy, error } }: { dropping: Dropping }) {
  const note = useRef<AlertProps.Ref>(null)
  useEffect(() => {
    if (dropped.length > 0) note.current?.focus()
  }, [dropped])
  return (
    <SpaceBetween size="s">
      {error && <ErrorNote title="The plan was not changed" error={error} />}
      {dropped.length > 0 && (
        <Alert
          ref={note}
          type="success"
          header={`${counted(dropped.length, 'resource')} dropped`}
          dismissible
          dismissAriaLabel="Close"
          onDismiss={forget}
          action={
            <Button loading={busy} onClick={() => undrop(dropped)}>
              Undo
            </Button>
          }
        >
          Nothing will be changed there. They stand under “Left out” and can be taken in again one by one.
        </Alert>
      )}
    </SpaceBetween>
  )
}
