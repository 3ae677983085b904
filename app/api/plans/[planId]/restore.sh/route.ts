import { download } from '#lib/auth/download.ts'
import type { PlanParams } from '../plan-params.ts'
import { planScript } from '../plan-script.ts'

/** The plan as AWS CLI calls: what reverses it, with the reviewed values. */
export const GET = download<PlanParams>('removal:read', async (params, actor) => planScript('restore', params, actor))
