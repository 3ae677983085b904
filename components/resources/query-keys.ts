import type { ResourcesView } from '#lib/resources-view.ts'

/** Keys that the server, too, writes to when it hands over what a page shows first. */
export const inventoryKey = ['inventory']

/** The key of one page of one snapshot. */
export const resourcesKey = (snapshotId: string | undefined, view: ResourcesView) => ['resources', snapshotId, view]
