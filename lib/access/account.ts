import { Analysis } from './account/analysis.ts'
import type { ActionsVerdict } from './account/classes.ts'
import { serviceOf } from './action-mask.ts'
import type { AccessCase, CasePrincipal, CaseResource } from './case.ts'
import type { DecideOptions } from './decide.ts'
import type { PolicyLevels } from './layers.ts'

/** A principal with the SCPs that bind its account. */
export type AccountPrincipal = CasePrincipal & { readonly scps?: PolicyLevels }
/** A resource with the tag keys that go from it, and the RCPs that bind its account. */
export type AccountResource = CaseResource & { readonly removeTags: readonly string[]; readonly rcps?: PolicyLevels }

/** Who may ask, and what is untagged. Policies that are the same object are read once. */
export interface Account {
  readonly principals: readonly AccountPrincipal[]
  readonly resources: readonly AccountResource[]
}

/** Actions whose access changes alike, for one principal and resources that are alike to it. */
export interface AccessChange extends ActionsVerdict {
  readonly principal: AccountPrincipal
  readonly resources: readonly AccountResource[]
}

/** Decisions (principal × resource × action, before and after in one) by how they were reached. */
export interface AnalysisCounts {
  /**
   * Proved unaffected: nothing that is asked about them turns out otherwise after the removal. Where a layer was not
   * read that means that the resource has none of the tags; all else is evaluated, for the layer may ask for any.
   */
  skipped: number
  /** The same as one that was evaluated. */
  deduplicated: number
  evaluated: number
  /** Situations that hang on unknown context, each searched once. */
  searched: number
}

/**
 * Finds every change of access that the removals make together, for all actions of both services that are done to a
 * resource. Yields while it goes. What a change is due to is told by `decide` for a case of it ({@link caseOf}).
 *
 * @throws Error for a principal whose ARN is none of a user, a role, a session or a root user
 */
export function* analyseAccount(
  { principals, resources }: Account,
  { context }: DecideOptions = { context: 'open' },
): Generator<AccessChange, AnalysisCounts> {
  const counts = nothingCounted()
  for (const analysis of analysesOf(resources, { context }, counts)) {
    for (const principal of principals) yield* analysis.changesOf(principal)
  }
  return counts
}

/** The removals from these resources, one service after the other; each is asked about principal by principal. */
export function* analysesOf(
  resources: readonly AccountResource[],
  options: DecideOptions,
  counts: AnalysisCounts = nothingCounted(),
): Generator<Analysis> {
  for (const service of ['kms', 'secretsmanager'] as const) {
    const own = resources.filter((resource) => serviceOf(resource) === service)
    if (own.length === 0) continue
    yield new Analysis(service, own, options, counts)
  }
}

function nothingCounted(): AnalysisCounts {
  return { skipped: 0, deduplicated: 0, evaluated: 0, searched: 0 }
}

/** The case that asks about one action of a principal on a resource. */
export function caseOf(principal: AccountPrincipal, resource: AccountResource, action: string): AccessCase {
  const { scps = [], ...own } = principal
  const { removeTags, rcps = [], ...facts } = resource
  return { id: action, principal: own, scps, rcps, resource: facts, action, context: new Map(), removeTags }
}
