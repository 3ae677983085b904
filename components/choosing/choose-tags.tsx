'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Checkbox from '@cloudscape-design/components/checkbox'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import type { ChoosingActions } from '#components/resources/actions.ts'
import { selectionTagsQuery } from '#components/resources/queries.ts'
import { counted } from '#components/ui/counted.ts'
import { DialogFooter } from '#components/ui/dialog-footer.tsx'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { change } from '#components/ui/read.ts'
import { paths } from '#lib/paths.ts'
import type { Selection } from '#lib/selection.ts'
import { ChoiceTable } from './choice-table.tsx'
import { type Choices, chooseKeys, countTags, initialFirst, planRequest } from './choices.ts'
import { LeftOut } from './left-out.tsx'

interface ChooseTagsProps {
  actions: ChoosingActions
  selection: Selection
  /** Tag keys that are ticked when the dialog opens. */
  initialKeys: readonly string[]
  onClose: () => void
}

/** The dialog in which tag keys, and where wanted their values, are chosen. Nothing is changed here: it ends in a review. */
export function ChooseTags({ actions, selection, initialKeys, onClose }: ChooseTagsProps) {
  const router = useRouter()
  const found = useQuery(selectionTagsQuery(actions, selection))
  const [choices, setChoices] = useState<Choices>(() => chooseKeys(new Map(), initialKeys))
  const [includeServiceOwned, setIncludeServiceOwned] = useState(false)
  const plan = useMutation({
    mutationFn: () => change(actions.requestPlan, planRequest(selection, choices, includeServiceOwned)),
    onSuccess: ({ planId }) => router.push(paths.plan(planId)),
  })
  const tags = useMemo(() => initialFirst(found.data?.tags ?? [], initialKeys), [found.data, initialKeys])
  const count = countTags(choices, tags)
  const serviceOwned = found.data?.ineligible.find(({ reason }) => reason === 'serviceOwned')?.resources ?? 0
  return (
    <Modal
      visible
      size="xx-large"
      position="top"
      header={found.data ? `Remove tags from ${counted(found.data.resources, 'resource')}` : 'Remove tags'}
      onDismiss={onClose}
      footer={
        <SpaceBetween size="s">
          {plan.error && <ErrorNote title="The review could not be prepared" error={plan.error} />}
          <DialogFooter dismiss="Cancel" onDismiss={onClose}>
            <Button
              variant="primary"
              disabled={count === 0}
              disabledReason="Tick at least one tag key"
              loading={plan.isPending || plan.isSuccess}
              loadingText="Preparing the review"
              onClick={() => plan.mutate()}
            >
              {count === 0 ? 'Review' : `Review ${counted(count, 'tag')}`}
            </Button>
          </DialogFooter>
        </SpaceBetween>
      }
    >
      <SpaceBetween size="m">
        <Box variant="p" color="text-body-secondary">
          Nothing is changed yet. The review reads every resource again from AWS and shows each tag with its value
          before you can start.
        </Box>
        {found.error && (
          <ErrorNote
            title="The tags of these resources could not be read"
            error={found.error}
            retry={() => void found.refetch()}
          />
        )}
        {found.data && <LeftOut selected={found.data} />}
        {serviceOwned > 0 && (
          <Checkbox
            checked={includeServiceOwned}
            onChange={({ detail }) => setIncludeServiceOwned(detail.checked)}
            description="Another AWS service created them and may need their tags; AWS refuses some of these changes."
          >
            Include {counted(serviceOwned, 'secret')} owned by other AWS services
          </Checkbox>
        )}
        {(found.data || !found.error) && (
          <ChoiceTable
            tags={tags}
            selected={found.data?.resources ?? 0}
            loading={found.isPending}
            choices={choices}
            setChoices={setChoices}
          />
        )}
      </SpaceBetween>
    </Modal>
  )
}
