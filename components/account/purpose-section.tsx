'use client'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import type { Purpose } from '#lib/needed-actions.ts'
import type { AccessCheck } from '#lib/principals/check-access.ts'
import { rowsOf } from './access-rows.ts'
import { AccessTable } from './access-table.tsx'
import { PolicyToPaste } from './policy-to-paste.tsx'
import { PurposeSummary } from './purpose-summary.tsx'

const titles: Record<Purpose, { title: string; description: string }> = {
  browse: { title: 'Browse', description: 'Finding keys and secrets and reading their tags.' },
  remove: {
    title: 'Remove and put back',
    description: 'On top of browsing. Whether AWS lets you change a tag shows only when it is changed.',
  },
  analyse: {
    title: 'Analyse access',
    description: 'On top of browsing. Saying before a removal who loses or gains access by it.',
  },
}

interface PurposeSectionProps {
  purpose: Purpose
  /** Undefined while they are found out. */
  checks: readonly AccessCheck[] | undefined
  account: string
  partition: string
}

/** What one purpose needs, whether it is met, and the policy that meets it. */
export function PurposeSection({ purpose, checks, account, partition }: PurposeSectionProps) {
  const { title, description } = titles[purpose]
  const rows = rowsOf(purpose, checks)
  return (
    <Container
      header={
        <Header variant="h2" description={description} actions={<PurposeSummary rows={rows} />}>
          {title}
        </Header>
      }
      footer={<PolicyToPaste purpose={purpose} account={account} partition={partition} />}
    >
      <AccessTable title={title} rows={rows} />
    </Container>
  )
}
