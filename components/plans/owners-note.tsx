'use client'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { JsonView } from '#components/ui/json-view.tsx'
import { Prose } from '#components/ui/prose.tsx'
import { cloudFormationOf, stackSentence } from '#lib/cloudformation.ts'
import type { Tag } from '#lib/tag.ts'
import type { TerraformResource } from '#lib/terraform.ts'
import { patchFor, type TerraformPatch } from '#lib/terraform-patch.ts'

interface OwnersNoteProps {
  /** All tags of the resource, as far as they are known. */
  tags: readonly Tag[]
  /** The tags that go. */
  tagKeys: readonly string[]
  /** The same resource in the dropped Terraform files. */
  terraform: readonly TerraformResource[]
}

/** Who would put the removed tags of a resource back, and what to change so that they stay away. Nobody: nothing. */
export function OwnersNote({ tags, tagKeys, terraform }: OwnersNoteProps) {
  const stack = cloudFormationOf(tags)
  const patches = terraform.flatMap((resource) => patchFor(resource, tagKeys))
  if (!stack && patches.length === 0) return null
  return (
    <SpaceBetween size="s">
      {stack && (
        <div>
          <StatusIndicator type="warning">CloudFormation can put tags back</StatusIndicator>
          <div className="untag-break">
            <Prose text={stackSentence(stack)} />
          </div>
        </div>
      )}
      {patches.map((patch) => (
        <Patch key={patch.place} patch={patch} />
      ))}
    </SpaceBetween>
  )
}

function Patch({ patch }: { patch: TerraformPatch }) {
  return (
    <div>
      <StatusIndicator type="warning">Terraform can put tags back</StatusIndicator>
      <div className="untag-break">
        <Prose text={patch.sentence} />
      </div>
      <ExpandableSection headerText={`Change in Terraform: ${patch.place}`}>
        <JsonView label={`Change in Terraform: ${patch.place}`} text={patch.hcl} />
      </ExpandableSection>
    </div>
  )
}
