'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Command } from '#components/ui/command.tsx'
import { DialogFooter } from '#components/ui/dialog-footer.tsx'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { change } from '#components/ui/read.ts'
import type { ControlKind } from '#lib/principals/control-layers.ts'
import type { AccountActions } from './actions.ts'
import { kindWords } from './control-words.ts'
import { ImportLevel } from './import-level.tsx'
import { problemsBesides } from './import-problems.ts'

// The root, five OUs and the account. Organizations User Guide, "Quotas".
const LEVELS_MAX = 7

interface ControlImportDialogProps {
  actions: AccountActions
  kind: ControlKind
  onClose: () => void
  onImported: () => void
}

/** Takes files of SCPs or RCPs, level by level; stays open with the problems in their places until all are well. */
export function ControlImportDialog({ actions, kind, onClose, onImported }: ControlImportDialogProps) {
  const [levels, setLevels] = useState<readonly File[][]>([[], []])
  const bring = useMutation({
    mutationFn: async () => {
      const texts = levels.map((files) =>
        Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() }))),
      )
      return change(actions.importControlPolicies, { kind, levels: await Promise.all(texts) })
    },
    onSuccess: ({ problems }) => problems.length === 0 && onImported(),
  })
  const setFiles = (index: number, files: File[]) => {
    bring.reset()
    setLevels(levels.with(index, files))
  }
  const { short } = kindWords[kind]
  const problems = bring.data?.problems ?? []
  const names = levels.flat().map(({ name }) => name)
  return (
    <Modal
      visible
      size="large"
      header={`Import ${short}`}
      onDismiss={onClose}
      footer={
        <DialogFooter dismiss="Cancel" onDismiss={onClose}>
          <Button
            variant="primary"
            loading={bring.isPending}
            disabled={names.length === 0}
            disabledReason="Choose at least one file"
            onClick={() => bring.mutate()}
          >
            Import
          </Button>
        </DialogFooter>
      }
    >
      <SpaceBetween size="m">
        <Box variant="p">
          Give the {short} of every level from the organization’s root down to the account, each as a JSON file: the
          policy itself, or what this prints in the management account:
        </Box>
        <Command text="aws organizations describe-policy --policy-id p-…" />
        {bring.error && <ErrorNote title={`The ${short} could not be imported`} error={bring.error} />}
        {levels.map((files, index) => (
          <ImportLevel
            // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place
            key={index}
            label={labelOf(index, levels.length)}
            files={files}
            problems={problems}
            onChange={(chosen) => setFiles(index, chosen)}
          />
        ))}
        {problemsBesides(problems, names).map(({ path, message }) => (
          <ErrorNote
            key={path}
            title="Nothing was imported"
            error={{ code: 'invalidInput', message: `${path} ${message}` }}
          />
        ))}
        <SpaceBetween direction="horizontal" size="xs">
          <Button
            iconName="add-plus"
            disabled={levels.length === LEVELS_MAX}
            disabledReason="AWS has no more levels than these"
            onClick={() => setLevels([...levels, []])}
          >
            Add a level
          </Button>
          <Button
            disabled={levels.length === 1}
            disabledReason="The account itself is a level"
            onClick={() => setLevels(levels.slice(0, -1))}
          >
            Remove the last level
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </Modal>
  )
}

function labelOf(index: number, count: number): string {
  const place = index === count - 1 ? 'the account' : index === 0 ? 'the root' : 'an organizational unit'
  return `Level ${index + 1}: ${place}`
}
