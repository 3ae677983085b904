'use client'
import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import Modal from '@cloudscape-design/components/modal'
import Multiselect from '@cloudscape-design/components/multiselect'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { DialogFooter } from '#components/ui/dialog-footer.tsx'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { Prose } from '#components/ui/prose.tsx'
import type { ResourcesActions } from './actions.ts'
import { regionsQuery } from './queries.ts'

interface RegionsDialogProps {
  actions: ResourcesActions
  onClose: () => void
  onScan: (regions: string[]) => void
}

/** Lets the operator name the Regions of the next snapshot. */
export function RegionsDialog({ actions, onClose, onScan }: RegionsDialogProps) {
  const regions = useQuery(regionsQuery(actions))
  const [chosen, setChosen] = useState<string[]>([])
  return (
    <Modal
      visible
      header="Scan chosen Regions"
      onDismiss={onClose}
      footer={
        <DialogFooter dismiss="Cancel" onDismiss={onClose}>
          <Button
            variant="primary"
            disabled={chosen.length === 0}
            disabledReason="Choose at least one Region"
            onClick={() => onScan(chosen)}
          >
            Scan
          </Button>
        </DialogFooter>
      }
    >
      <SpaceBetween size="m">
        {regions.error && (
          <ErrorNote title="The Regions could not be read" error={regions.error} retry={() => void regions.refetch()} />
        )}
        <FormField
          label="Regions"
          description="The new snapshot will hold only these; resources of other Regions are not shown until they are scanned again."
          constraintText={regions.data?.note && <Prose text={regions.data.note} />}
        >
          <Multiselect
            selectedOptions={chosen.map((value) => ({ value }))}
            onChange={({ detail }) => setChosen(detail.selectedOptions.flatMap(({ value }) => value ?? []))}
            options={(regions.data?.regions ?? []).map((value) => ({ value }))}
            statusType={regions.isPending ? 'loading' : 'finished'}
            loadingText="Asking AWS which Regions are enabled"
            placeholder="Choose Regions"
            filteringType="auto"
            enableSelectAll
            deselectAriaLabel={({ value }) => `Leave out ${value}`}
          />
        </FormField>
      </SpaceBetween>
    </Modal>
  )
}
