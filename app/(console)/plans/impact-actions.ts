'use server'
import { z } from 'zod'
import { query } from '#lib/auth/action.ts'
import { ports } from '#lib/auth/actor.ts'
import { changedResources } from '#lib/impact/changed-resources.ts'
import { changesOf } from '#lib/impact/changes-of.ts'
import { explainChange } from '#lib/impact/explain-change.ts'
import { listAffected } from '#lib/impact/list-affected.ts'

const ref = { planId: z.uuid(), impactId: z.uuid() }
const principal = z.int().min(0).max(1_000_000)
const action = z.string().max(100)
const arn = z.string().max(2048)

const affectedInput = z.object({
  ...ref,
  show: z.enum(['all', 'lose', 'gain', 'unknown']),
  unusedDays: z.int().min(1).max(400).nullable(),
  text: z.string().max(256),
  page: z.int().min(1),
  size: z.int().min(1).max(100),
})

/** One page of the principals for whom a plan changes anything. */
export const listAffectedAction = query('removal:read', affectedInput, async (input, actor) =>
  listAffected(ports(actor).store, actor.scope, input, input),
)

/** The resources on which an action of a principal changes. */
export const changedResourcesAction = query(
  'removal:read',
  z.object({ ...ref, principal, action }),
  async (input, actor) => changedResources(ports(actor).store, actor.scope, input, input),
)

/** Who is affected on one resource. */
export const changesOfAction = query('removal:read', z.object({ ...ref, arn }), async (input, actor) =>
  changesOf(ports(actor).store, actor.scope, input, input),
)

/** Why an action of a principal changes on a resource. */
export const explainChangeAction = query(
  'removal:read',
  z.object({ ...ref, principal, action, arn }),
  async (input, actor) => explainChange(ports(actor).store, actor.scope, input, input),
)
