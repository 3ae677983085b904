import { cloudFormationOf } from '#lib/cloudformation.ts'
import { protectedTagSentence } from '#lib/protected-tags.ts'
import type { PlanItem } from '#lib/removal/list-plan-items.ts'
import { patchFor } from '#lib/terraform-patch.ts'
import { WarningNote } from './warning-note.tsx'

/** What speaks against removing the tags of a resource besides access: features of AWS, and who puts them back. */
export function TagNotes({ item: { tags, allTags, terraform, impact } }: { item: PlanItem }) {
  const tagKeys = tags.map(({ key }) => key)
  const notes = [
    ...(impact?.protectedTags.map(protectedTagSentence) ?? []),
    ...(cloudFormationOf(allTags ?? tags) ? ['CloudFormation can put tags back'] : []),
    ...(terraform && patchFor(terraform, tagKeys).length > 0 ? ['Terraform can put tags back'] : []),
  ]
  return notes.map((note) => <WarningNote key={note} text={note} />)
}
