import type { ChoosingActions } from '#components/resources/actions.ts'
import type { Read } from '#components/ui/read.ts'
import type { TagKeyRow } from '#lib/inventory/facets.ts'

/** The server actions that the tags page works with; the page in app/ hands them in. */
export interface TagsActions extends ChoosingActions {
  listTagKeys: Read<Record<string, never>, TagKeyRow[]>
}
