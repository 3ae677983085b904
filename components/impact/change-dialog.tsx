'use client'
import Box from '@cloudscape-design/components/box'
import Grid from '@cloudscape-design/components/grid'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ResourceName } from '#components/removals/resource-name.tsx'
import { figure } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import type { ChangedResource } from '#lib/impact/changed-resources.ts'
import type { AffectedCell, AffectedPrincipal } from '#lib/impact-review.ts'
import type { ImpactProps } from './actions.ts'
import { cellInWords } from './effects.ts'
import { EffectsTold } from './effects-told.tsx'
import { Explanation } from './explanation.tsx'
import styles from './impact.module.css'
import { changedResourcesQuery } from './queries.ts'

interface ChangeDialogProps extends ImpactProps {
  principal: AffectedPrincipal
  cell: AffectedCell
  onClose: () => void
}

const columns: TableProps.ColumnDefinition<ChangedResource>[] = [
  { id: 'resource', header: 'Resource', isRowHeader: true, cell: (resource) => <ResourceName of={resource} /> },
  { id: 'effect', header: 'Effect', cell: ({ effect }) => <EffectsTold effects={effect} /> },
]

/** The resources of one cell, and why the action changes on the one that is chosen. */
export function ChangeDialog({ principal, cell, onClose, ...props }: ChangeDialogProps) {
  const of = { principal: principal.ordinal, action: cell.action }
  const { data, error, refetch } = useQuery(changedResourcesQuery(props.actions.changedResources, props, of))
  const [arn, setArn] = useState<string | null>(null)
  const rows = data?.rows ?? []
  const chosen = rows.find((row) => row.arn === arn) ?? rows[0]
  return (
    <Modal visible size="max" header={cellInWords(principal.name, cell)} closeAriaLabel="Close" onDismiss={onClose}>
      <SpaceBetween size="s">
        {error && <ErrorNote title="The resources could not be read" error={error} retry={refetch} />}
        <Grid gridDefinition={[{ colspan: { default: 12, m: 5 } }, { colspan: { default: 12, m: 7 } }]}>
          <div className={styles.resources}>
            <Table
              variant="borderless"
              items={rows}
              trackBy="arn"
              columnDefinitions={columns}
              wrapLines
              loading={data === undefined && error === null}
              loadingText="Reading the resources"
              selectionType="single"
              selectedItems={chosen ? [chosen] : []}
              onSelectionChange={({ detail }) => setArn(detail.selectedItems[0]?.arn ?? null)}
              ariaLabels={{
                tableLabel: 'Resources on which the action changes',
                selectionGroupLabel: 'Choose the resource to explain',
                itemSelectionLabel: (_, { name, region }) => `Explain ${name} in ${region}`,
              }}
              empty="These resources were dropped from the plan."
            />
            {data && data.total > rows.length && (
              <Box variant="small">and {figure(data.total - rows.length)} more resources</Box>
            )}
          </div>
          {chosen ? <Explanation key={chosen.arn} {...props} question={{ ...of, arn: chosen.arn }} /> : <div />}
        </Grid>
      </SpaceBetween>
    </Modal>
  )
}
