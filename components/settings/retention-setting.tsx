'use client'
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import RadioGroup from '@cloudscape-design/components/radio-group'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { StartedBy } from '#components/removals/started-by.tsx'
import { counted } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { Instant } from '#components/ui/instant.tsx'
import { change } from '#components/ui/read.ts'
import type { Retention } from '#lib/removal/retention.ts'
import { RETENTION_DAYS_DEFAULT, RETENTION_DAYS_MAX } from '#lib/retention.ts'
import type { SettingsActions } from './actions.ts'
import { overdueQuery, retentionKey, retentionQuery } from './queries.ts'
import { type Typed, typedDays, typedOf } from './retention-typed.ts'

/** How long the old values of removals are kept, with what a shorter time would purge. */
export function RetentionSetting({ actions, initial }: { actions: SettingsActions; initial: Retention }) {
  const client = useQueryClient()
  const { data: retention } = useQuery({ ...retentionQuery(actions), initialData: initial })
  const [typed, setTyped] = useState<Typed>(typedOf(initial.days))
  const days = typedDays(typed)
  const isChanged = days !== undefined && days !== retention.days
  const overdue = useQuery({ ...overdueQuery(actions, days ?? null), enabled: isChanged && days !== null })
  const saving = useMutation({
    mutationFn: (chosen: number | null) => change(actions.setRetention, { days: chosen }),
    onSuccess: () => client.invalidateQueries({ queryKey: retentionKey }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isChanged && !saving.isPending) saving.mutate(days)
  }
  return (
    <form onSubmit={submit}>
      <Container
        header={
          <Header
            variant="h2"
            description="The values that tags had are what a removal is put back with. Once they are purged, it cannot be put back any more; outcomes and the audit log stay."
          >
            Old values of removed tags
          </Header>
        }
      >
        <SpaceBetween size="m">
          <FormField label="Keep them after a removal has ended">
            <RadioGroup
              value={typed.keep}
              onChange={({ detail }) => setTyped({ ...typed, keep: detail.value as Typed['keep'] })}
              items={[
                {
                  value: 'days',
                  label: 'For a number of days',
                  description: 'A watched removal keeps them longer: until the watch is over.',
                },
                { value: 'ever', label: 'Until somebody purges them on the removal’s page' },
              ]}
            />
          </FormField>
          {typed.keep === 'days' && (
            <FormField
              label="Days"
              constraintText={`A whole number from 1 to ${RETENTION_DAYS_MAX}; ${RETENTION_DAYS_DEFAULT} unless changed. Plans that were never started go after as many days.`}
              errorText={days === undefined && `Type a whole number from 1 to ${RETENTION_DAYS_MAX}`}
            >
              <Input
                value={typed.days}
                inputMode="numeric"
                onChange={({ detail }) => setTyped({ ...typed, days: detail.value.slice(0, 6) })}
              />
            </FormField>
          )}
          {isChanged && days !== null && overdue.data !== undefined && overdue.data > 0 && (
            <Alert type="warning" header={`${counted(overdue.data, 'removal')} could not be put back any more`}>
              They ended more than {counted(days, 'day')} ago. Their old values are purged for good within a day of
              saving.
            </Alert>
          )}
          {saving.error && <ErrorNote title="It was not saved" error={saving.error} />}
          <SpaceBetween size="s" direction="horizontal" alignItems="center">
            <Button
              variant="primary"
              formAction="submit"
              loading={saving.isPending}
              loadingText="Saving"
              disabled={!isChanged}
            >
              Save
            </Button>
            <LastChange changed={retention.changed} />
          </SpaceBetween>
        </SpaceBetween>
      </Container>
    </form>
  )
}

function LastChange({ changed }: Pick<Retention, 'changed'>) {
  if (changed === null) return <span>Not changed yet.</span>
  return (
    <span>
      Last changed <Instant at={changed.at} /> by <StartedBy arn={changed.by} />.
    </span>
  )
}
