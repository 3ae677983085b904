import type { Resource } from '../resource.ts'
import type { Selection } from '../selection.ts'
import { resources } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { inSnapshot, selectionCondition } from './condition.ts'
import { resourceColumns, toResource } from './resource-rows.ts'
import { completeSnapshot } from './snapshot.ts'

/** All resources of a selection as the snapshot knows them, by ARN. Chosen ARNs that it does not hold are left out. */
export async function selectResources(store: Store, scope: string, selection: Selection): Promise<Resource[]> {
  const snapshot = await completeSnapshot(store, scope)
  if (!snapshot) return []
  const where = inSnapshot(snapshot.id, selectionCondition(selection))
  const rows = await store.db.select(resourceColumns).from(resources).where(where).orderBy(resources.arn)
  return rows.map(toResource)
}
