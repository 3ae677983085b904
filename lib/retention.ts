import './zod-jitless.ts'
import { z } from 'zod'

/** How long old values are kept where nobody has said otherwise: as long as a removal can be put back. */
export const RETENTION_DAYS_DEFAULT = 90
export const RETENTION_DAYS_MAX = 3650

/** For how many whole days after a removal has settled its old values are kept; null: for ever. */
export const retentionDaysSchema = z.int().min(1).max(RETENTION_DAYS_MAX).nullable()

/** For how many days a removal is watched. */
export const WATCH_DAYS = 7
