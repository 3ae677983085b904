'use client'
import Alert, { type AlertProps } from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import type { ReactNode } from 'react'
import type { Problem } from '#lib/errors.ts'
import { useConnection } from './connection.ts'
import { isToldForAll, problemIn } from './problem.ts'
import { Prose } from './prose.tsx'

interface ErrorNoteProps {
  /** What did not work, as a heading: "The resources could not be read". */
  title: string
  error: Error | Problem
  type?: AlertProps.Type
  retry?: (() => void) | undefined
  children?: ReactNode
}

/**
 * A failure in the place where the operator was looking: what failed, why, and what to do. Nothing while that is told
 * once for the whole console.
 */
export function ErrorNote({ title, error, type = 'error', retry, children }: ErrorNoteProps) {
  const connection = useConnection()
  if (isToldForAll(error, connection)) return null
  return (
    <Alert type={type} header={title} action={retry && <Button onClick={retry}>Try again</Button>}>
      <Prose text={problemIn(error).message} />
      {children}
    </Alert>
  )
}
