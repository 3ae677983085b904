import Container from '@cloudscape-design/components/container'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { Instant } from '#components/ui/instant.tsx'
import { Prose } from '#components/ui/prose.tsx'
import { SoftLink } from '#components/ui/soft-link.tsx'
import { type Arn, regionOf } from '#lib/arn.ts'
import { ineligibilities } from '#lib/eligibility.ts'
import type { ResourceDetail } from '#lib/inventory/detail.ts'
import { paths } from '#lib/paths.ts'
import { managerLabel, stateLabels } from './labels.ts'

/** What AWS tells about the resource besides its tags and policies. */
export function DetailFacts({ detail }: { detail: ResourceDetail }) {
  const { resource, ineligible, rotation, facts } = detail
  const { type, label } = stateLabels[resource.state]
  return (
    <Container header={<Header variant="h2">Facts</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          {
            label: 'ARN',
            value: (
              <span className="untag-break">
                <CopyToClipboard
                  variant="inline"
                  textToCopy={resource.arn}
                  copyButtonAriaLabel="Copy the ARN"
                  copySuccessText="Copied"
                  copyErrorText="The browser did not allow copying"
                />
              </span>
            ),
          },
          { label: 'State', value: <StatusIndicator type={type}>{label}</StatusIndicator> },
          {
            label: 'Tags removable',
            value: ineligible ? (
              <>
                <StatusIndicator type="stopped">No</StatusIndicator>
                <div>
                  <Prose text={ineligibilities[ineligible].sentence} />
                </div>
              </>
            ) : (
              <StatusIndicator type="success">Yes</StatusIndicator>
            ),
          },
          { label: 'Manager', value: managerLabel(resource.manager) },
          { label: 'Description', value: resource.description || '–' },
          { label: 'Created', value: resource.createdAt ? <Instant at={resource.createdAt} /> : '–' },
          ...(resource.deletionAt ? [{ label: 'Deletion', value: <Instant at={resource.deletionAt} /> }] : []),
          ...(resource.type === 'key' ? [{ label: 'Aliases', value: resource.aliases.join(', ') || '–' }] : []),
          { label: 'Rotation', value: <Rotation rotation={rotation} /> },
          ...facts.map(({ label: name, value }) => ({
            label: name,
            value: <span className="untag-break">{value}</span>,
          })),
          ...(resource.primaryRegion ? [{ label: 'Primary Region', value: resource.primaryRegion }] : []),
          { label: 'Siblings in other Regions', value: <Siblings siblings={resource.siblings} /> },
        ]}
      />
    </Container>
  )
}

function Rotation({ rotation: { value, problem } }: Pick<ResourceDetail, 'rotation'>) {
  if (problem) {
    return (
      <>
        <StatusIndicator type="warning">Not readable</StatusIndicator>
        <div>
          <Prose text={problem.message} />
        </div>
      </>
    )
  }
  if (!value?.isEnabled) return 'Off'
  return (
    <>
      On
      {value.nextAt && (
        <>
          , next <Instant at={value.nextAt} as="day" />
        </>
      )}
    </>
  )
}

function Siblings({ siblings }: { siblings: readonly Arn[] }) {
  if (siblings.length === 0) return 'none'
  return siblings.map((arn) => (
    <div key={arn}>
      <SoftLink href={paths.resource(arn)}>{regionOf(arn)}</SoftLink>
    </div>
  ))
}
