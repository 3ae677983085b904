'use client'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { Instant } from '#components/ui/instant.tsx'
import { Prose } from '#components/ui/prose.tsx'
import { change } from '#components/ui/read.ts'
import type { ControlSummary } from '#lib/principals/account-summary.ts'
import type { ControlKind } from '#lib/principals/control-layers.ts'
import type { AccountActions } from './actions.ts'
import { ControlImportDialog } from './control-import-dialog.tsx'
import { ControlLevels } from './control-levels.tsx'
import { kindWords, standingOf } from './control-words.ts'
import { accountKey } from './queries.ts'

interface ControlKindSectionProps {
  actions: AccountActions
  kind: ControlKind
  control: ControlSummary
}

/** SCPs or RCPs: where they come from, which ones count, and their import. */
export function ControlKindSection({ actions, kind, control }: ControlKindSectionProps) {
  const client = useQueryClient()
  const [importing, setImporting] = useState(false)
  const reload = () => client.invalidateQueries({ queryKey: accountKey })
  const forget = useMutation({
    mutationFn: () => change(actions.forgetControlPolicies, { kind }),
    onSuccess: reload,
  })
  const { title, short, limits } = kindWords[kind]
  const { type, text } = standingOf(control)
  return (
    <SpaceBetween size="s">
      <Header
        variant="h3"
        description={`They limit ${limits}.`}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {control.importedAt && (
              <Button loading={forget.isPending} onClick={() => forget.mutate()}>
                Forget imported {short}
              </Button>
            )}
            <Button onClick={() => setImporting(true)}>Import {short}…</Button>
          </SpaceBetween>
        }
      >
        {title}
      </Header>
      <div>
        <StatusIndicator type={type}>{text}</StatusIndicator>
        {control.importedAt && <ImportAge state={control.state} importedAt={control.importedAt} />}
        {control.problem && (
          <Box variant="small" display="block" color="text-body-secondary">
            <Prose text={control.problem.message} />
          </Box>
        )}
      </div>
      {forget.error && <ErrorNote title={`The ${short} could not be forgotten`} error={forget.error} />}
      <ControlLevels short={short} levels={control.levels} />
      {importing && (
        <ControlImportDialog
          actions={actions}
          kind={kind}
          onClose={() => setImporting(false)}
          onImported={() => {
            setImporting(false)
            void reload()
          }}
        />
      )}
    </SpaceBetween>
  )
}

function ImportAge({ state, importedAt }: { state: ControlSummary['state']; importedAt: string }) {
  return (
    <Box variant="small" display="block" color="text-body-secondary">
      Imported <Instant at={importedAt} />
      {state === 'imported' ? '' : '; the import does not count, because AWS itself told'}
    </Box>
  )
}
