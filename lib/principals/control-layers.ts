import type { PolicyLevels } from '../access/layers.ts'
import type { Problem as PolicyProblem } from '../access/problem.ts'
import type { ControlLevel, ControlPolicies } from '../account-reading.ts'
import type { Problem } from '../errors.ts'
import type { PolicyShelf } from './policy-shelf.ts'

export type ControlKind = 'scp' | 'rcp'

/** SCPs or RCPs as an import has them. */
export interface ImportedPolicies {
  readonly importedAt: Date
  readonly levels: readonly ControlLevel[]
}

/** The SCPs or RCPs that bind the account, for the engine. */
export interface ControlLayer {
  /** Root first. Undefined: none binds it. `unread`: nobody here knows them, and the principals come without. */
  readonly levels: PolicyLevels | 'unread' | undefined
  readonly from: 'organizations' | { readonly importedAt: string }
  /** The same levels with names and texts, for people. */
  readonly documents: readonly ControlLevel[]
  /** What of them could not be parsed, each with target, name and path; the engine then takes that policy for unread. */
  readonly policyProblems: readonly PolicyProblem[]
  /** AWS's answer, when it keeps them closed; told even where an import stands in. */
  readonly problem: Problem | null
}

/** What AWS told counts; an import only stands in for what AWS keeps closed. */
export function controlLayer(
  told: ControlPolicies,
  kind: ControlKind,
  imported: ImportedPolicies | undefined,
  shelf: PolicyShelf,
): ControlLayer {
  const from = 'organizations'
  const empty = { from, documents: [], policyProblems: [] } as const
  if (told.state === 'none') return { levels: undefined, ...empty, problem: null }
  if (told.state === 'read') return { ...parsed(told.levels, kind, shelf), from, problem: null }
  if (imported === undefined) return { levels: 'unread', ...empty, problem: told.problem }
  const since = { importedAt: imported.importedAt.toISOString() }
  return { ...parsed(imported.levels, kind, shelf), from: since, problem: told.problem }
}

function parsed(documents: readonly ControlLevel[], kind: ControlKind, shelf: PolicyShelf) {
  const policyProblems: PolicyProblem[] = []
  const levels = documents.map(({ target, policies }) =>
    policies.map(({ name, text }) => {
      const { policy, problems } = shelf.read(text, kind)
      policyProblems.push(...problems.map((problem) => ({ ...problem, path: `${target} ${name} ${problem.path}` })))
      return policy
    }),
  )
  return { levels, documents, policyProblems }
}
