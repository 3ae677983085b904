import { printedReport } from '#components/removals/printed-report.ts'
import { download } from '#lib/auth/download.ts'
import { type RemovalParams, reportOf } from '../report-of.ts'

/** What a removal did, to print. */
export const GET = download<RemovalParams>('removal:read', async (params, actor) => {
  const report = await reportOf(params, actor)
  return { name: `untag-report-${params.removalId}.html`, type: 'text/html', text: printedReport(report) }
})
