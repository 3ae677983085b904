import { download } from '#lib/auth/download.ts'
import { reportAsJson } from '#lib/removal/removal-report.ts'
import { type RemovalParams, reportOf } from '../report-of.ts'

/** What a removal did, as JSON. */
export const GET = download<RemovalParams>('removal:read', async (params, actor) => {
  const report = await reportOf(params, actor)
  return { name: `untag-report-${params.removalId}.json`, type: 'application/json', text: reportAsJson(report) }
})
