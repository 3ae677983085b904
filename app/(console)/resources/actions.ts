'use server'
import { z } from 'zod'
import { isResourceArn } from '#lib/arn.ts'
import { action, query } from '#lib/auth/action.ts'
import { ports } from '#lib/auth/actor.ts'
import { enabledRegions } from '#lib/aws/regions.ts'
import { readResourceDetail } from '#lib/inventory/detail.ts'
import { readFacets, readSelectionTags } from '#lib/inventory/facets.ts'
import { queryResources } from '#lib/inventory/query.ts'
import { startScan } from '#lib/inventory/scan.ts'
import { readInventory } from '#lib/inventory/status.ts'
import { requestPlan } from '#lib/removal/plan.ts'
import { pageSizes, sortFields } from '#lib/resources-view.ts'
import { filterSchema, planRequestSchema, selectionSchema } from '#lib/selection.ts'

const nothing = z.object({})

/** Age and contents of the snapshot, and how a running scan gets on. */
export const readInventoryAction = query('inventory:read', nothing, async (_, actor) =>
  readInventory(ports(actor).store, actor.scope),
)

const viewInput = z.object({
  filter: filterSchema,
  sort: z.enum(sortFields),
  descending: z.boolean(),
  page: z.int().min(1).max(1_000_000),
  size: z.literal(pageSizes),
})

/** One page of the resources. */
export const listResourcesAction = query('inventory:read', viewInput, async (view, actor) =>
  queryResources(ports(actor).store, actor.scope, view),
)

/** What resources can be filtered by. */
export const readFacetsAction = query('inventory:read', nothing, async (_, actor) =>
  readFacets(ports(actor).store, actor.scope),
)

/** The Regions that a scan can look into. */
export const listRegionsAction = query('inventory:read', nothing, async (_, actor) =>
  enabledRegions(ports(actor).aws, actor.identity.partition),
)

const scanInput = z.object({ regions: z.array(z.string().min(1).max(30)).min(1).max(100).optional() })

/** Starts a scan, or joins the one that runs. */
export const startScanAction = action('inventory:scan', scanInput, async (input, actor) =>
  startScan(ports(actor), input),
)

const detailInput = z.object({
  arn: z.string().max(2048).refine(isResourceArn, 'not the complete ARN of a key or secret'),
})

/** One resource, live. */
export const readDetailAction = query('inventory:read', detailInput, async ({ arn }, actor) =>
  readResourceDetail(ports(actor), arn),
)

/** Every tag key over a selection. */
export const readSelectionTagsAction = query(
  'inventory:read',
  z.object({ selection: selectionSchema }),
  async ({ selection }, actor) => readSelectionTags(ports(actor).store, actor.scope, selection),
)

/** Starts to prepare a review of what is to be removed; nothing is changed by that. */
export const requestPlanAction = action('removal:plan', planRequestSchema, async (request, actor) =>
  requestPlan(ports(actor), request),
)
