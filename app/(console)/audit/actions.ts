'use server'
import { z } from 'zod'
import { auditLog } from '#lib/audit/audit-log.ts'
import { listEvents, readEvent } from '#lib/audit/list-events.ts'
import { AUDIT_FILTERS_MAX, type AuditSpan, auditPropertyNames } from '#lib/audit-view.ts'
import { action, query } from '#lib/auth/action.ts'
import { ports } from '#lib/auth/actor.ts'

// PostgreSQL knows no year 0.
const instant = z.iso.datetime().refine((text) => !text.startsWith('0000'), 'not a year')

const viewInput = z.object({
  filters: z
    .array(z.object({ property: z.enum(auditPropertyNames), value: z.string().min(1).max(2048) }))
    .max(AUDIT_FILTERS_MAX),
  last: z
    .string()
    .regex(/^[1-9]\d{0,3}[mhdw]$/)
    .transform((span) => span as AuditSpan)
    .nullable(),
  from: instant.nullable(),
  to: instant.nullable(),
  page: z.int().min(1).max(999_999),
})

/** One page of the events that this caller may see. */
export const listEventsAction = query('audit:read', viewInput, async (view, actor) =>
  listEvents(ports(actor).store, actor.scope, view),
)

const eventInput = z.object({ chain: z.string().max(36), seq: z.int32().min(1) })

/** One event, and whether its hash still holds. */
export const readEventAction = query('audit:read', eventInput, async (ref, actor) =>
  readEvent(ports(actor).store, actor.scope, ref),
)

/** How much there is, when it was signed last, and what verifications found. */
export const readAuditStatusAction = query('audit:read', z.object({}), async () => auditLog().status())

/** Begins to verify the whole log against its checkpoints; the status tells how far it is. */
export const verifyLogAction = action('audit:read', z.object({}), async (_, actor) => {
  auditLog().verify(actor.by)
  return auditLog().status()
})
