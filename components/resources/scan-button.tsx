'use client'
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import { useState } from 'react'
import type { ResourcesActions } from './actions.ts'
import { RegionsDialog } from './regions-dialog.tsx'
import type { Scan } from './use-scan.ts'

interface ScanButtonProps {
  actions: ResourcesActions
  scan: Scan
  variant: 'normal' | 'primary'
}

/** Starts a scan of all enabled Regions at a press, or of chosen ones. */
export function ScanButton({ actions, scan, variant }: ScanButtonProps) {
  const [choosing, setChoosing] = useState(false)
  const running = scan.isRunning || scan.isStarting
  return (
    <>
      <ButtonDropdown
        variant={variant}
        mainAction={{
          text: 'Scan',
          iconName: 'refresh',
          onClick: () => scan.start(undefined),
          loading: scan.isStarting,
          disabled: running,
          ...(scan.isRunning ? { disabledReason: 'A scan is running; its progress stands on this page' } : {}),
        }}
        items={[
          {
            id: 'regions',
            text: 'Scan chosen Regions…',
            disabled: running,
            disabledReason: 'A scan is running; its progress stands on this page',
          },
        ]}
        ariaLabel="More ways to scan"
        onItemClick={() => setChoosing(true)}
      />
      {choosing && (
        <RegionsDialog
          actions={actions}
          onClose={() => setChoosing(false)}
          onScan={(regions) => {
            setChoosing(false)
            scan.start(regions)
          }}
        />
      )}
    </>
  )
}
