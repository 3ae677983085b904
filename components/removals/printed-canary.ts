import { figure } from '#components/ui/counted.ts'
import { fact } from '#components/ui/printed-page.ts'
import { utc } from '#components/ui/utc.ts'
import { visibleText } from '#components/ui/visible-text.ts'
import { canaryFailures, canaryRow, checkResults } from '#lib/canary.ts'
import { type Html, html } from '#lib/html.ts'
import type { ReportedRemoval } from '#lib/removal/removal-report.ts'

type Canary = NonNullable<ReportedRemoval['canary']>

/** What went first and what came of it: the checks, the answer, and what put it back. */
export function printedCanary(canary: Canary): Html {
  const { state, resources, rest, waitUntil, endedAt, failure, answeredBy, putBack, checks } = canary
  return html`<h2>Canary</h2>
<table>
  ${fact('Result', canaryRow(state).label)}
  ${fact('Went first', `${figure(resources)} of ${figure(resources + rest)} resources`)}
  ${waitUntil && fact('Waited for KMS until', utc(waitUntil))}
  ${failure && fact('Why it failed', canaryFailures[failure])}
  ${answeredBy && fact('“Did anything break?” was answered by', answeredBy)}
  ${putBack && fact('Put back by', putBack)}
  ${endedAt && fact('Ended', utc(endedAt))}
</table>
${checks.length === 0 ? null : checked(checks)}`
}

const checked = (checks: Canary['checks']) => html`<p></p>
<table>
  <thead><tr><th>Call, before and after</th><th>What came of it</th><th>Resources</th></tr></thead>
  <tbody>${checks.map(
    ({ action, result, resources, named }) =>
      html`<tr><td>${action}</td><td>${checkResults[result].label}</td><td>${figure(resources)}: ${named.map(({ name }) => visibleText(name)).join(', ')}${resources > named.length ? ' …' : null}</td></tr>`,
  )}</tbody>
</table>`
