import { changeTitle, durationText } from '#components/removals/wording.ts'
import { counted, figure } from '#components/ui/counted.ts'
import { fact, printedEnd, printedStart } from '#components/ui/printed-page.ts'
import { cloudFormationOf } from '#lib/cloudformation.ts'
import { type Html, html } from '#lib/html.ts'
import type { Effect } from '#lib/impact-facts.ts'
import type { AffectedPrincipal } from '#lib/impact-review.ts'
import { impactVerdicts } from '#lib/item-impact.ts'
import { protectedTagSentence } from '#lib/protected-tags.ts'
import type { ReviewExport } from '#lib/removal/export-review.ts'
import type { PlanItem } from '#lib/removal/list-plan-items.ts'
import { patchFor } from '#lib/terraform-patch.ts'
import { acknowledgedText } from './acknowledging.ts'
import { impactSentences, topics } from './impact-sentences.ts'
import { verdictWords } from './impact-words.ts'
import { itemFacts } from './item-facts.ts'

/** A whole review as one HTML file that needs nothing else and prints well. */
export function printedReview(review: ReviewExport): Html {
  const { plan, account, exportedAt } = review
  const title = `Review: ${changeTitle(plan.direction, plan.totals.tags, plan.totals.resources, 'review')}`
  return html`${printedStart(title)}<table>
  ${fact('Account', account)}
  ${fact('Read from AWS', plan.readyAt ?? 'not yet')}
  ${fact('Exported', exportedAt)}
  ${fact('Regions', plan.totals.regions.join(', '))}
  ${fact('Left out', counted(plan.totals.skipped, 'resource'))}
  ${fact('Duration', `about ${durationText(plan.durationSeconds)}`)}
  ${fact('Digest of this plan', plan.digest ?? 'none')}
</table>
${access(review)}
${whoIsAffected(review.affected)}
<h2>Resource by resource</h2>
${items(review)}
${leftOut(review.leftOut)}${printedEnd}`
}

function access({ impact, plan }: ReviewExport): Html {
  if (impact.state !== 'ready') return html`<h2>Access impact</h2><p>It was not analysed when this was exported.</p>`
  const sentences = impactSentences(impact, plan.direction)
  const { notRead = [], outsiders = [], principalsReadAt = '' } = impact.picture ?? {}
  return html`<h2>Access impact</h2>
<p>Predicted from AWS’s documentation, from what was read at ${principalsReadAt}.</p>
<ul>${topics.flatMap((topic) => sentences[topic].map(({ text }) => html`<li>${text}.</li>`))}</ul>
<table>
  <thead><tr><th>Verdict</th><th>Resources</th></tr></thead>
  <tbody>${impactVerdicts.map((verdict) => html`<tr><td>${verdictWords[verdict].label}</td><td>${figure(impact.verdicts[verdict])}</td></tr>`)}</tbody>
</table>
${list(
  'Not read: “no change” means no change in the layers that were read',
  notRead.map(({ problem }) => problem.message),
)}
${list(
  'Outside the account, named in policies and not analysed',
  outsiders.map(({ kind, name, resources }) => `${kind} ${name}, by ${counted(resources, 'resource')}`),
)}
${list(
  'What the start asks to acknowledge',
  impact.required.map((one) => acknowledgedText(one, plan.direction)),
)}`
}

function list(title: string, lines: readonly string[]): Html | null {
  return lines.length === 0 ? null : html`<p>${title}:</p><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`
}

const effectWords: Record<Effect, string> = {
  loss: 'loses',
  'may-lose': 'may lose',
  gain: 'gains',
  'may-gain': 'may gain',
  unknown: 'unknown',
}

function whoIsAffected(affected: readonly AffectedPrincipal[]): Html | null {
  if (affected.length === 0) return null
  return html`<h2>Who is affected (${figure(affected.length)})</h2>
<table>
  <thead><tr><th>Principal</th><th>Last used</th><th>Actions, with the number of resources</th></tr></thead>
  <tbody>${affected.map(
    ({ name, arn, isOperator, lastUsedAt, cells }) => html`<tr>
    <td>${name}${isOperator ? ' (you)' : null}<div class="arn">${arn}</div></td>
    <td>${lastUsedAt ?? 'not known'}</td>
    <td>${cells.map(({ action, effects }) => html`<div>${changes(action, effects)}</div>`)}</td>
  </tr>`,
  )}</tbody>
</table>`
}

function changes(action: string, effects: Partial<Record<Effect, number>>): string {
  const told = Object.entries(effects).map(([effect, resources]) => `${effectWords[effect as Effect]} (${resources})`)
  return `${action}: ${told.join(', ')}`
}

function items({ included, plan: { direction } }: ReviewExport): Html {
  return html`<table>
  <thead><tr><th>Resource</th><th>Tags</th><th>Impact</th></tr></thead>
  <tbody>${included.map(
    (item) => html`<tr>
    <td>${resource(item)}</td>
    <td>${item.tags.map(({ key, value }) => html`<div>${key} = ${value}</div>`)}</td>
    <td>${impactOf(item, direction)}${direction === 'remove' ? besides(item).map((one) => html`<div>${one}</div>`) : null}</td>
  </tr>`,
  )}</tbody>
</table>`
}

function impactOf({ type, impact }: PlanItem, direction: ReviewExport['plan']['direction']): Html {
  if (impact === null) return html`not analysed`
  const facts = [...itemFacts(type, impact, direction), ...impact.unknownBecause]
  return html`<div class="verdict">${verdictWords[impact.verdict].label}</div>${facts.map((one) => html`<div>${one}</div>`)}`
}

/** What speaks against it though it is no matter of access: protected tags, and who would put them back. */
function besides({ impact, tags, allTags, terraform }: PlanItem): string[] {
  const stack = cloudFormationOf(allTags ?? tags)
  const patches =
    terraform === null
      ? []
      : patchFor(
          terraform,
          tags.map(({ key }) => key),
        )
  return [
    ...(impact?.protectedTags.map(protectedTagSentence) ?? []),
    ...(stack ? [`CloudFormation can put tags back: stack ${stack.stack}`] : []),
    ...patches.map(({ place }) => `Terraform can put tags back: ${place}`),
  ]
}

const resource = ({ name, arn }: PlanItem) => html`${name}<div class="arn">${arn}</div>`

function leftOut(rows: readonly PlanItem[]): Html | null {
  if (rows.length === 0) return null
  return html`<h2>Left out (${figure(rows.length)})</h2>
<table>
  <thead><tr><th>Resource</th><th>Why</th></tr></thead>
  <tbody>${rows.map((item) => html`<tr><td>${resource(item)}</td><td>${[item.sentence, item.problem?.message].filter(Boolean).join(': ')}</td></tr>`)}</tbody>
</table>`
}
