'use client'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { paths } from '#lib/paths.ts'
import type { ResourcesActions } from './actions.ts'
import { ScanButton } from './scan-button.tsx'
import type { Scan } from './use-scan.ts'

/** What stands in place of the table before anything was ever scanned. */
export function FirstScan({ actions, scan, account }: { actions: ResourcesActions; scan: Scan; account: string }) {
  return (
    <Container>
      <Box textAlign="center" padding={{ vertical: 'xxl' }}>
        <div className="untag-invitation">
          <SpaceBetween size="m" alignItems="center">
            <Box variant="h2">See every key and secret of account {account} with its tags</Box>
            <Box color="text-body-secondary">
              The scan lists KMS keys and Secrets Manager secrets in all enabled Regions and reads their tags. It reads
              only, takes at most half of what AWS allows per second, and does not touch a secret’s value.
            </Box>
            <ScanButton actions={actions} scan={scan} variant="primary" />
            <SoftLink href={paths.account()}>See what your credentials may do</SoftLink>
          </SpaceBetween>
        </div>
      </Box>
    </Container>
  )
}
