'use client'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ReactNode } from 'react'
import { Prose } from '#components/ui/prose.tsx'
import { cloudFormationOf } from '#lib/cloudformation.ts'
import { protectedTagSentence } from '#lib/protected-tags.ts'
import type { PlanItem } from '#lib/removal/list-plan-items.ts'
import { patchFor } from '#lib/terraform-patch.ts'

/** What speaks against removing the tags of a resource besides access: features of AWS, and who puts them back. */
export function TagNotes({ item: { tags, allTags, terraform, impact } }: { item: PlanItem }) {
  const tagKeys = tags.map(({ key }) => key)
  return (
    <>
      {impact?.protectedTags.map(protectedTagSentence).map((text) => (
        <Note key={text}>
          <Prose text={text} />
        </Note>
      ))}
      {cloudFormationOf(allTags ?? tags) && <Note>CloudFormation can put tags back</Note>}
      {terraform && patchFor(terraform, tagKeys).length > 0 && <Note>Terraform can put tags back</Note>}
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
