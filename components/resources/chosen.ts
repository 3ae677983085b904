import type { Arn } from '#lib/arn.ts'
import type { Filter } from '#lib/filter.ts'
import { formatResourcesView } from '#lib/resources-view.ts'
import { SELECTED_ARNS_MAX, type Selection } from '#lib/selection.ts'

/** The resources that are chosen: one by one, over all pages, or all that match a filter except some. */
export type Chosen = { by: 'arns'; arns: ReadonlySet<Arn> } | { by: 'filter'; filter: Filter; except: ReadonlySet<Arn> }

export const nothingChosen: Chosen = { by: 'arns', arns: new Set() }

/** Everything that matches a filter, on every page. */
export const allThatMatch = (filter: Filter): Chosen => ({ by: 'filter', filter, except: new Set() })

/**
 * The choice under another filter. Ticks stay; "all that match" was meant for the filter that was on screen, and would
 * silently mean others under a new one.
 */
export function underFilter(chosen: Chosen, filter: Filter): Chosen {
  const isSame = (other: Filter) => formatResourcesView({ filter: other }) === formatResourcesView({ filter })
  return chosen.by === 'arns' || isSame(chosen.filter) ? chosen : nothingChosen
}

/** Whether one resource of the pages under the chosen filter is chosen. */
export function isChosen(chosen: Chosen, arn: Arn): boolean {
  return chosen.by === 'arns' ? chosen.arns.has(arn) : !chosen.except.has(arn)
}

/** The choice after the checkboxes of one page were changed: `checked` are those that are ticked now. */
export function chooseOnPage(chosen: Chosen, page: readonly Arn[], checked: readonly Arn[]): Chosen {
  const ticked = new Set(checked)
  const kept = (set: ReadonlySet<Arn>) => [...set].filter((arn) => !page.includes(arn))
  const onPage = (isTicked: boolean) => page.filter((arn) => ticked.has(arn) === isTicked)
  return chosen.by === 'arns'
    ? { by: 'arns', arns: new Set([...kept(chosen.arns), ...onPage(true)]) }
    : { ...chosen, except: new Set([...kept(chosen.except), ...onPage(false)]) }
}

/** How many resources are chosen, when `matched` match the filter. */
export function countChosen(chosen: Chosen, matched: number): number {
  return chosen.by === 'arns' ? chosen.arns.size : Math.max(0, matched - chosen.except.size)
}

/** What travels to the server. */
export function selectionOf(chosen: Chosen): Selection {
  return chosen.by === 'arns'
    ? { by: 'arns', arns: [...chosen.arns] }
    : { by: 'filter', filter: chosen.filter, except: [...chosen.except] }
}

/** Why nothing can be removed from this choice, or undefined when it can. */
export function choiceProblem(chosen: Chosen, count: number): string | undefined {
  if (count === 0) return 'Choose resources first: tick them in the table, or select all that match'
  const listed = chosen.by === 'arns' ? chosen.arns.size : chosen.except.size
  if (listed > SELECTED_ARNS_MAX)
    return `More than ${SELECTED_ARNS_MAX} resources were ticked one by one; filter, then select all that match`
  return undefined
}
