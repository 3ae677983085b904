import { type Document, type Facts, listOf, type Statement } from '../evaluation/facts.ts'

// By document, then by action. Documents of the same text are the same object, so that this stays small.
const narrowed = new WeakMap<Document, Map<string, Document>>()

/**
 * The same facts without the statements that are about other actions: the answer is the same, and comes sooner. The
 * evaluation reads every statement anew for each request; most policies of an account are about something else.
 */
export function narrowToAction(facts: Facts): Facts {
  const { principal, scps, rcps, resource, action } = facts
  const narrow = (document: Document) => narrowDocument(document, action)
  const narrowLevels = (levels: NonNullable<Facts['scps']>) => levels.map((level) => level.map(narrow))
  return {
    ...facts,
    principal: {
      ...principal,
      identityPolicies: principal.identityPolicies.map(narrow),
      ...(principal.groups && {
        groups: principal.groups.map((group) => ({ ...group, policies: group.policies.map(narrow) })),
      }),
      ...(principal.boundary && { boundary: narrow(principal.boundary) }),
      ...(principal.sessionPolicies && { sessionPolicies: principal.sessionPolicies.map(narrow) }),
    },
    ...(scps && { scps: narrowLevels(scps) }),
    ...(rcps && { rcps: narrowLevels(rcps) }),
    resource: { ...resource, ...(resource.policy && { policy: narrow(resource.policy) }) },
  }
}

function narrowDocument(document: Document, action: string): Document {
  const byAction = narrowed.get(document) ?? new Map<string, Document>()
  narrowed.set(document, byAction)
  const known = byAction.get(action)
  if (known) return known
  const made = { ...document, Statement: listOf(document.Statement).filter((statement) => isAbout(statement, action)) }
  byAction.set(action, made)
  return made
}

function isAbout({ Action, NotAction }: Statement, action: string): boolean {
  const isListed = (names: readonly string[]) => names.some((name) => patternOf(name).test(action))
  return NotAction === undefined ? isListed(listOf(Action)) : !isListed(listOf(NotAction))
}

/** Action names ignore case; `*` and `?` are wildcards. */
function patternOf(name: string): RegExp {
  const pattern = name
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${pattern}$`, 'is')
}
