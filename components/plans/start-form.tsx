'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { removalsKey } from '#components/removals/queries.ts'
import { changeTitle } from '#components/removals/wording.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { change } from '#components/ui/read.ts'
import { ACKNOWLEDGEMENT } from '#lib/acknowledgement.ts'
import { paths } from '#lib/paths.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import type { PlanActions } from './actions.ts'

export const ACKNOWLEDGEMENT_ID = 'acknowledgement'

/** The last step. What was typed stays until the removal has started; pressed again and again, it starts once. */
export function StartForm({ plan, startRemoval }: { plan: Plan; startRemoval: PlanActions['startRemoval'] }) {
  const { id: planId, digest, direction, totals } = plan
  const [typed, setTyped] = useState('')
  const client = useQueryClient()
  const router = useRouter()
  const starting = useMutation({
    mutationFn: () => change(startRemoval, { planId, reviewedPlanDigest: digest ?? '', acknowledgement: typed }),
    onSuccess: ({ removalId }) => {
      void client.invalidateQueries({ queryKey: removalsKey })
      router.push(paths.removal(removalId))
    },
    // Somebody may have started it meanwhile: the page then leads to that removal.
    onError: () => client.invalidateQueries({ queryKey: ['plans', planId], exact: true }),
  })
  const acknowledged = typed === ACKNOWLEDGEMENT
  const busy = starting.isPending || starting.isSuccess
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (acknowledged && !busy) starting.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Container header={<Header variant="h2">{changeTitle(direction, totals.tags, totals.resources, 'verb')}</Header>}>
        <SpaceBetween size="m">
          <FormField
            controlId={ACKNOWLEDGEMENT_ID}
            label={
              <>
                To confirm, type <Box variant="code">{ACKNOWLEDGEMENT}</Box>
              </>
            }
            description="You take note that nobody has computed yet who loses or gains access by this."
            {...(typed !== '' && !ACKNOWLEDGEMENT.startsWith(typed) && { errorText: 'These are not the words' })}
          >
            <Input
              value={typed}
              autoComplete={false}
              spellcheck={false}
              disableBrowserAutocorrect
              readOnly={busy}
              onChange={({ detail }) => setTyped(detail.value)}
            />
          </FormField>
          {starting.error && <ErrorNote title="The removal was not started" error={starting.error} />}
          <Button
            variant="primary"
            formAction="submit"
            loading={busy}
            loadingText="Starting"
            disabled={!acknowledged}
            {...(!acknowledged && { disabledReason: `type “${ACKNOWLEDGEMENT}” first` })}
          >
            {direction === 'remove' ? 'Start removal' : 'Start putting back'}
          </Button>
        </SpaceBetween>
      </Container>
    </form>
  )
}
