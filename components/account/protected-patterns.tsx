'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { change } from '#components/ui/read.ts'
import { TagText } from '#components/ui/tag-text.tsx'
import { visibleText } from '#components/ui/visible-text.ts'
import type { ProtectedTagActions } from './actions.ts'
import { AddPattern } from './add-pattern.tsx'
import { patternsKey, patternsQuery } from './queries.ts'

/** The operator's own list of tag keys to keep. */
export function ProtectedPatterns({ actions }: { actions: ProtectedTagActions }) {
  const client = useQueryClient()
  const { data, error, refetch } = useQuery(patternsQuery(actions))
  const reload = () => client.invalidateQueries({ queryKey: patternsKey })
  const removing = useMutation({
    mutationFn: (pattern: string) => change(actions.removeProtectedPattern, { pattern }),
    onSuccess: reload,
  })
  return (
    <SpaceBetween size="s">
      {error && <ErrorNote title="Your list could not be read" error={error} retry={refetch} />}
      {removing.error && <ErrorNote title="It was not taken off your list" error={removing.error} />}
      <Table
        variant="embedded"
        items={data ?? []}
        trackBy="pattern"
        loading={data === undefined && error === null}
        loadingText="Reading your list"
        wrapLines
        contentDensity="compact"
        ariaLabels={{ tableLabel: 'Your own protected tags' }}
        header={<Header variant="h3">Your own</Header>}
        empty={<Box color="text-body-secondary">Nothing is on your list.</Box>}
        columnDefinitions={[
          {
            id: 'pattern',
            header: 'Tag keys',
            isRowHeader: true,
            cell: ({ pattern }) => <TagText text={pattern} />,
          },
          { id: 'note', header: 'Why', cell: ({ note }) => (note === '' ? <span aria-hidden>–</span> : note) },
          {
            id: 'remove',
            header: 'Remove',
            width: 140,
            cell: ({ pattern }) => (
              <Button
                variant="inline-link"
                ariaLabel={`Take off ${visibleText(pattern)}`}
                disabled={removing.isPending}
                onClick={() => removing.mutate(pattern)}
              >
                Take off
              </Button>
            ),
          },
        ]}
      />
      <AddPattern addProtectedPattern={actions.addProtectedPattern} onAdded={reload} />
    </SpaceBetween>
  )
}
