import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { JsonView } from '#components/ui/json-view.tsx'
import type { ResourceDetail } from '#lib/inventory/detail.ts'

const titles = { key: 'Key policy', secret: 'Resource policy' } as const

/** The policy on the resource itself. */
export function DetailPolicy({ detail: { resource, policy } }: { detail: ResourceDetail }) {
  const title = titles[resource.type]
  return (
    <Container header={<Header variant="h2">{title}</Header>}>
      {policy.problem && (
        <ErrorNote title={`The ${title.toLowerCase()} could not be read`} type="warning" error={policy.problem} />
      )}
      {policy.document !== null && <JsonView label={title} text={policy.document} />}
      {policy.document === null && !policy.problem && (
        <Box color="text-body-secondary">No policy is attached; identity policies alone decide on access.</Box>
      )}
    </Container>
  )
}
