'use client'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { counted, figure } from '#components/ui/counted.ts'
import { ErrorNote } from '#components/ui/error-note.tsx'
import type { Plan } from '#lib/removal/read-plan.ts'
import type { PlanActions } from './actions.ts'
import { TerraformDrop } from './terraform-drop.tsx'
import { useOwners } from './use-owners.ts'

interface OwnersProps {
  plan: Plan
  noteOwners: PlanActions['noteOwners']
  /** The plan was started, or is about to be: it stays as it is. */
  locked: boolean
}

/** Who would put the tags of a plan back, as far as it shows or dropped Terraform files tell. */
export function Owners({ plan, noteOwners, locked }: OwnersProps) {
  const noting = useOwners(plan, noteOwners)
  return (
    <ExpandableSection variant="container" headerText="Who would put these tags back" headerDescription={told(plan)}>
      <SpaceBetween size="m">
        {noting.error && (
          <ErrorNote
            title="What was found could not be kept"
            error={noting.error}
            retry={() => noting.mutate(noting.variables)}
          />
        )}
        {!locked && <TerraformDrop onFound={(found) => noting.mutate(found)} />}
      </SpaceBetween>
    </ExpandableSection>
  )
}

function told({ owners: { cloudFormation, terraform, terraformPutsBack }, totals }: Plan): string {
  const stacks = counted(
    cloudFormation,
    'resource belongs to a CloudFormation stack',
    'resources belong to CloudFormation stacks',
  )
  const sentences = [
    ...(cloudFormation > 0 ? [`${stacks}.`] : []),
    ...(terraform > 0
      ? [
          `${figure(terraform)} of ${counted(totals.resources, 'resource')} of this plan ${terraform === 1 ? 'is' : 'are'} in Terraform, which would put tags back on ${figure(terraformPutsBack)}.`,
        ]
      : []),
  ]
  return sentences.length > 0
    ? sentences.join(' ')
    : 'Nobody, as far as is known. Drop Terraform files here to know more.'
}
