'use client'
import Button from '@cloudscape-design/components/button'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { change } from '#components/ui/read.ts'
import type { ProtectedPattern } from '#lib/protected-tags.ts'
import { TAG_KEY_LENGTH_MAX } from '#lib/tag.ts'
import type { ProtectedTagActions } from './actions.ts'

const NOTE_LENGTH_MAX = 256
const nothing: ProtectedPattern = { pattern: '', note: '' }

interface AddPatternProps extends Pick<ProtectedTagActions, 'addProtectedPattern'> {
  onAdded: () => void
}

/** Two fields and a button that put a pattern of tag keys on the list. */
export function AddPattern({ addProtectedPattern, onAdded }: AddPatternProps) {
  const [typed, setTyped] = useState(nothing)
  const adding = useMutation({
    mutationFn: () => change(addProtectedPattern, typed),
    onSuccess: () => {
      setTyped(nothing)
      onAdded()
    },
  })
  const isEmpty = typed.pattern.trim() === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isEmpty && !adding.isPending) adding.mutate()
  }
  return (
    <form onSubmit={submit}>
      <SpaceBetween size="s">
        {adding.error && <ErrorNote title="It was not added" error={adding.error} />}
        <ColumnLayout columns={2}>
          <FormField
            label="Tag keys to protect"
            constraintText="An asterisk stands for any text, a question mark for one character. Upper and lower case are one."
          >
            <Input
              value={typed.pattern}
              placeholder="kubernetes.io/*"
              onChange={({ detail }) => setTyped({ ...typed, pattern: detail.value.slice(0, TAG_KEY_LENGTH_MAX) })}
            />
          </FormField>
          <FormField
            label={
              <span>
                Why <i>- optional</i>
              </span>
            }
            constraintText="Shown to whoever reviews a removal."
          >
            <Input
              value={typed.note}
              onChange={({ detail }) => setTyped({ ...typed, note: detail.value.slice(0, NOTE_LENGTH_MAX) })}
            />
          </FormField>
        </ColumnLayout>
        <Button formAction="submit" loading={adding.isPending} loadingText="Adding" disabled={isEmpty}>
          Protect these tags
        </Button>
      </SpaceBetween>
    </form>
  )
}
