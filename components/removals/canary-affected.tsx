'use client'
import Box from '@cloudscape-design/components/box'
import Header from '@cloudscape-design/components/header'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import { useQuery } from '@tanstack/react-query'
import { effectsShown, effectWords } from '#components/impact/effects.ts'
import { PrincipalName } from '#components/impact/principal-name.tsx'
import { counted, figure } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { type AffectedPrincipal, actionClasses } from '#lib/impact-review.ts'
import type { RemovalActions } from './actions.ts'
import { canaryAffectedQuery } from './queries.ts'

const ACTIONS_SHOWN_MAX = 4

const columns: TableProps.ColumnDefinition<AffectedPrincipal>[] = [
  { id: 'who', header: 'Who', isRowHeader: true, minWidth: 240, cell: (principal) => <PrincipalName of={principal} /> },
  { id: 'what', header: 'What the review foretold', minWidth: 360, cell: (principal) => <Foretold of={principal} /> },
]

/** Who may have noticed it, and when they last used these resources: those to ask. */
export function CanaryAffected({
  removalId,
  affectedByCanary,
}: { removalId: string } & Pick<RemovalActions, 'affectedByCanary'>) {
  const { data, error } = useQuery(canaryAffectedQuery(affectedByCanary, removalId))
  if (error) return <ErrorNote title="Who is affected could not be read" type="warning" error={error} />
  if (!data) return null
  return (
    <Table
      variant="embedded"
      contentDensity="compact"
      wrapLines
      items={data.rows}
      trackBy="ordinal"
      columnDefinitions={columns}
      header={<Header variant="h3">Who is affected by what went first</Header>}
      ariaLabels={{ tableLabel: 'Who is affected by what went first' }}
      empty={<Box color="text-body-secondary">Nobody’s access changes on them in the layers that were read.</Box>}
      {...(data.matched > data.rows.length && {
        footer: `The hardest hit of ${counted(data.matched, 'principal')}; the review shows all.`,
      })}
    />
  )
}

function Foretold({ of: { cells } }: { of: AffectedPrincipal }) {
  const told = effectsShown.flatMap((effect) => {
    const actions = byClass(cells.filter(({ effects }) => effects[effect] !== undefined))
    return actions.length === 0 ? [] : { effect, actions }
  })
  return told.map(({ effect, actions }) => (
    <div key={effect}>
      {effectWords[effect].label} <code>{actions.slice(0, ACTIONS_SHOWN_MAX).join(', ')}</code>
      {actions.length > ACTIONS_SHOWN_MAX && ` and ${figure(actions.length - ACTIONS_SHOWN_MAX)} more`}
    </div>
  ))
}

/** Data first: what hurts first. */
function byClass(cells: AffectedPrincipal['cells']): string[] {
  const place = (cell: AffectedPrincipal['cells'][number]) => actionClasses.indexOf(cell.class)
  return cells.toSorted((one, other) => place(one) - place(other)).map(({ action }) => action)
}
