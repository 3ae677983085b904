'use client'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ReactNode } from 'react'
import { Prose } from '#components/ui/prose.tsx'
import { cloudFormationOf } from '#lib/cloudformation.ts'
import { protectionSentence, protectionsOf } from '#lib/protected-tags.ts'
import type { PlanItem } from '#lib/removal/list-plan-items.ts'
import type { TerraformResource } from '#lib/terraform.ts'
import { patchFor } from '#lib/terraform-patch.ts'

interface TagNotesProps {
  item: PlanItem
  /** The same resource in the dropped Terraform files. */
  terraform: readonly TerraformResource[]
}

/** What speaks against removing the tags of a resource besides access: features of AWS, and who puts them back. */
export function TagNotes({ item: { type, tags, allTags }, terraform }: TagNotesProps) {
  const whole = allTags ?? tags
  const tagKeys = tags.map(({ key }) => key)
  const protections = tags.flatMap((tag) => protectionsOf(tag, { type, tags: whole })).map(protectionSentence)
  return (
    <>
      {[...new Set(protections)].map((protection) => (
        <Note key={protection}>
          <Prose text={protection} />
        </Note>
      ))}
      {cloudFormationOf(whole) && <Note>CloudFormation can put tags back</Note>}
      {terraform.some((resource) => patchFor(resource, tagKeys).length > 0) && <Note>Terraform can put tags back</Note>}
    </>
  )
}

function Note({ children }: { children: ReactNode }) {
  return (
    <div>
      <StatusIndicator type="warning">{children}</StatusIndicator>
    </div>
  )
}
