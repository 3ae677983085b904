'use client'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { durationText } from '#components/removals/wording.ts'
import { figure } from '#components/ui/counted.ts'
import type { Plan } from '#lib/removal/read-plan.ts'
import type { Direction } from '#lib/removal/state.ts'
import type { ResourceType } from '#lib/resource.ts'

/** Calls a second that AWS allows per account and Region. */
export type CallQuotas = Record<Direction, Record<ResourceType, number>>

const DIGEST_SHOWN = 8

/** The size of a plan, how long it takes and why, and the digest that it is known by. */
export function PlanFacts({ plan, quotas }: { plan: Plan; quotas: CallQuotas }) {
  const { totals, digest, direction, durationSeconds, share } = plan
  const { key, secret } = quotas[direction]
  return (
    <Container header={<Header variant="h2">Overview</Header>}>
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'Tags', value: figure(totals.tags) },
            { label: 'Resources', value: figure(totals.resources) },
            { label: 'Left out', value: figure(totals.skipped) },
            { label: `Regions (${totals.regions.length})`, value: <Regions regions={totals.regions} /> },
            {
              label: 'Duration',
              value: totals.tags === 0 ? 'nothing to send' : `about ${durationText(durationSeconds)}`,
            },
            { label: 'Digest of this plan', value: digest === null ? 'none' : <Digest digest={digest} /> },
          ]}
        />
        {totals.tags > 0 && (
          <Box variant="small">
            Per account and Region, AWS allows {key} such calls a second to KMS and {secret} to Secrets Manager. Untag
            uses at most {Math.round(share * 100)} % of that, one call per resource, Regions side by side; afterwards
            every change is proved by two reads at least 5 seconds apart.
          </Box>
        )}
      </SpaceBetween>
    </Container>
  )
}

function Regions({ regions }: { regions: string[] }) {
  if (regions.length === 0) return 'none'
  return regions.map((region, index) => (
    <span key={region}>
      {index > 0 && ', '}
      <span style={{ whiteSpace: 'nowrap' }}>{region}</span>
    </span>
  ))
}

function Digest({ digest }: { digest: string }) {
  return (
    <CopyToClipboard
      variant="inline"
      textToCopy={digest}
      textToDisplay={
        <span title={digest} style={{ whiteSpace: 'nowrap' }}>
          {digest.slice(0, DIGEST_SHOWN)}…
        </span>
      }
      copyButtonAriaLabel="Copy the whole digest"
      copySuccessText="Copied"
      copyErrorText="The browser did not allow copying"
    />
  )
}
