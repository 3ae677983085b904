import { counted, figure } from '#components/ui/counted.ts'
import { fact, printedEnd, printedStart } from '#components/ui/printed-page.ts'
import { utc } from '#components/ui/utc.ts'
import { visibleText } from '#components/ui/visible-text.ts'
import { type Html, html } from '#lib/html.ts'
import { outcomes } from '#lib/outcome.ts'
import type { RemovalItem, RemovalItemTag } from '#lib/removal/list-removal-items.ts'
import type { RemovalReport, ReportInPieces } from '#lib/removal/removal-report.ts'
import { acknowledgedClauses } from './acknowledgement-words.ts'
import { cameBackText, watchText } from './afterwards-words.ts'
import { occurring } from './outcome-summary.ts'
import { printedCanary } from './printed-canary.ts'
import { removalTitle, serviceNames } from './wording.ts'

type Reported = RemovalReport['removal']

const states = { running: 'running', paused: 'paused', settled: 'ended' } as const satisfies Record<
  Reported['state'],
  string
>

/** The report of a removal as one HTML file that needs nothing else and prints well, piece by piece. */
export async function* printedReport({ report, cameBack, items }: ReportInPieces): AsyncGenerator<string> {
  const { removal } = report
  yield printedStart(`Report: ${removalTitle(removal.direction, removal.tags.total, removal.items.total)}`).text
  yield html`${facts(report)}${acknowledged(removal)}${removal.canary && printedCanary(removal.canary)}${counts(removal)}`
    .text
  if (removal.cameBack > 0) {
    yield cameBackHead(removal).text
    for await (const some of cameBack) yield some.map((item) => cameBackRows(item, removal).text).join('')
    yield '</table>'
  }
  yield itemsHead(removal).text
  for await (const some of items) yield some.map((item) => itemRows(item, removal).text).join('')
  yield html`</table>${printedEnd}`.text
}

function facts({ exportedAt, account, planReadAt, removal }: RemovalReport): Html {
  const { cancelled, state, settledAt, reverses, putBackBy, direction, oldValues, watch } = removal
  return html`<table>
  ${fact('Account', account)}
  ${fact('Removal', removal.id)}
  ${fact('State', cancelled ? `${states[state]}, cancelled` : states[state])}
  ${fact('Started', utc(removal.startedAt))}
  ${fact('Started by', removal.startedBy)}
  ${fact('Ended', settledAt === null ? 'not yet' : utc(settledAt))}
  ${fact('Share of AWS’s request quotas', `up to ${Math.round(removal.share * 100)} %`)}
  ${fact('Reviewed plan', html`${removal.planId}${planReadAt === null ? null : html`<br>read from AWS ${utc(planReadAt)}`}`)}
  ${fact('Digest of this plan', removal.planDigest)}
  ${fact('Digest of its impact', removal.impactDigest)}
  ${reverses === null ? null : fact('Reverses', reverses)}
  ${putBackBy.map((one) =>
    fact('Reversed by', html`${one.id}<br>started ${utc(one.startedAt)} by ${one.startedBy}, ${states[one.state]}`),
  )}
  ${oldValues.purgedAt === null ? null : fact('Old values', `purged on ${utc(oldValues.purgedAt)}`)}
  ${direction === 'remove' ? fact('Came back since', watch === null ? 'not watched' : `${cameBackText(removal.cameBack)}; ${watchText(watch, utc)}`) : null}
  ${fact('Exported', utc(exportedAt))}
</table>`
}

function acknowledged({ acknowledgements, direction }: Reported): Html {
  if (acknowledgements.length === 0) return html`<h2>Acknowledged before the start</h2><p>Nothing had to be.</p>`
  return html`<h2>Acknowledged before the start</h2>
<ul>${acknowledgements.map(
    ({ kind, typed }) =>
      html`<li>that ${acknowledgedClauses[direction][kind]}${typed === null ? null : html`; typed: ${visibleText(typed)}`}</li>`,
  )}</ul>`
}

function counts({ tags, lanes }: Reported): Html {
  return html`<h2>Counts</h2>
<table>
  <thead><tr><th>Outcome</th><th>Tags</th><th>Means</th></tr></thead>
  <tbody>${occurring(tags.byOutcome).map(
    ({ outcome, tags: some }) =>
      html`<tr><td>${outcomes[outcome].label}</td><td>${figure(some)}</td><td>${outcomes[outcome].sentence}</td></tr>`,
  )}</tbody>
</table>
<p></p>
<table>
  <thead><tr><th>Region</th><th>Service</th><th>Resources</th><th>Sent to AWS</th><th>Settled</th><th>Need attention</th></tr></thead>
  <tbody>${lanes.map(
    ({ region, type, total, sent, settled, attention }) =>
      html`<tr><td>${region}</td><td>${serviceNames[type]}</td>${[total, sent, settled, attention].map((count) => html`<td>${figure(count)}</td>`)}</tr>`,
  )}</tbody>
</table>`
}

function itemsHead({ items, direction }: Reported): Html {
  return html`<h2>Resource by resource (${figure(items.total)})</h2>
<table class="fixed">
  <colgroup><col style="width: 27%"><col style="width: 29%"><col style="width: 13%"><col style="width: 17%"><col></colgroup>
  <thead><tr><th>Resource</th><th>Tag and ${direction === 'remove' ? 'its old value' : 'the value put back'}</th><th>Outcome</th><th>AWS’s answer</th><th>Proved</th></tr></thead>
`
}

function itemRows(item: RemovalItem, removal: Reported): Html {
  const [first, ...others] = item.tags
  return html`<tbody>
  <tr><td rowspan="${item.tags.length}">${resource(item)}</td>${first ? tagCells(first, removal) : null}</tr>
  ${others.map((tag) => html`<tr>${tagCells(tag, removal)}</tr>`)}</tbody>
`
}

const resource = ({
  name,
  arn,
  sentAt,
  attempts,
  wentFirst,
}: RemovalItem) => html`${visibleText(name)}<div class="arn">${arn}</div>
<div class="fine">${sentAt === null ? 'nothing was sent' : `first sent ${utc(sentAt)}`}${wentFirst ? ', with the canary' : null}${attempts > 1 ? `, ${counted(attempts, 'attempt')}` : null}</div>`

function tagCells(tag: RemovalItemTag, removal: Reported): Html {
  const { key, value, outcome, problem, requestId, answeredAt, provedAt } = tag
  return html`<td>${visibleText(key)} = ${told(value, removal)}</td>
    <td>${outcomes[outcome].label}${problem && html`<div class="fine">${problem.message}</div>`}</td>
    <td>${requestId ?? '–'}${answeredAt && html`<div class="fine">${utc(answeredAt)}</div>`}</td>
    <td>${provedAt === null ? '–' : utc(provedAt)}</td>`
}

/** A value; or that there is none any more. */
const told = (value: string | null, { oldValues }: Reported) =>
  value === null ? html`<i>value purged on ${(oldValues.purgedAt ?? '').slice(0, 10)}</i>` : visibleText(value)

function cameBackHead({ cameBack }: Reported): Html {
  return html`<h2>Came back since (${counted(cameBack, 'tag')})</h2>
<table class="fixed">
  <colgroup><col style="width: 42%"><col style="width: 38%"><col></colgroup>
  <thead><tr><th>Resource</th><th>Tag and its value when it was seen</th><th>Seen by a scan</th></tr></thead>
`
}

function cameBackRows({ name, arn, tags }: RemovalItem, removal: Reported): Html {
  return html`<tbody>${tags.map(
    ({ key, cameBack }) =>
      cameBack &&
      html`<tr><td>${visibleText(name)}<div class="arn">${arn}</div></td><td>${visibleText(key)} = ${told(cameBack.value, removal)}</td><td>${utc(cameBack.at)}</td></tr>`,
  )}</tbody>
`
}
