'use client'
import Box from '@cloudscape-design/components/box'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import { type QueryKey, useQuery } from '@tanstack/react-query'
import { effectsShown, effectWords } from '#components/impact/effects.ts'
import { LookUpButton, LookUpNotes, useAskForUse } from '#components/impact/look-up-use.tsx'
import { PrincipalName } from '#components/impact/principal-name.tsx'
import { counted, figure } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { type AffectedPrincipal, actionClasses } from '#lib/impact-review.ts'
import type { CanaryAffected as Who } from '#lib/removal/canary/affected.ts'
import type { RemovalActions } from './actions.ts'
import { canaryAffectedQuery } from './queries.ts'

const ACTIONS_SHOWN_MAX = 4

const columns: TableProps.ColumnDefinition<AffectedPrincipal>[] = [
  { id: 'who', header: 'Who', isRowHeader: true, minWidth: 240, cell: (principal) => <PrincipalName of={principal} /> },
  { id: 'what', header: 'What the review foretold', minWidth: 360, cell: (principal) => <Foretold of={principal} /> },
]

interface CanaryAffectedProps {
  removalId: string
  actions: Pick<RemovalActions, 'affectedByCanary' | 'lookUpUse'>
}

/** Who may have noticed it, and when they last used these resources: those to ask. */
export function CanaryAffected({ removalId, actions }: CanaryAffectedProps) {
  const query = canaryAffectedQuery(actions.affectedByCanary, removalId)
  const { data, error } = useQuery(query)
  if (error) return <ErrorNote title="Who is affected could not be read" type="warning" error={error} />
  return data && <Affected affected={data} lookUpUse={actions.lookUpUse} queryKey={query.queryKey} />
}

interface AffectedProps extends Pick<RemovalActions, 'lookUpUse'> {
  affected: Who
  queryKey: QueryKey
}

function Affected({ affected, lookUpUse, queryKey }: AffectedProps) {
  const { rows, matched, useLookUp: lookUp } = affected
  const asking = useAskForUse(affected, lookUpUse, queryKey)
  const button = rows.length > 0 && <LookUpButton asking={asking} lookUp={lookUp} />
  return (
    <SpaceBetween size="s">
      <Table
        variant="embedded"
        contentDensity="compact"
        wrapLines
        items={rows}
        trackBy="ordinal"
        columnDefinitions={columns}
        header={
          <Header variant="h3" actions={button}>
            Who is affected by what went first
          </Header>
        }
        ariaLabels={{ tableLabel: 'Who is affected by what went first' }}
        empty={<Box color="text-body-secondary">Nobody’s access changes on them in the layers that were read.</Box>}
        {...(matched > rows.length && {
          footer: `The hardest hit of ${counted(matched, 'principal')}; the review shows all.`,
        })}
      />
      {(asking.error || lookUp) && <LookUpNotes asking={asking} lookUp={lookUp} />}
    </SpaceBetween>
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
