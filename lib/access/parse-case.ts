import { serviceOf } from './action-mask.ts'
import type { AccessCase, CaseResource } from './case.ts'
import { JsonPlace } from './json-place.ts'
import { parseJson } from './parse-json.ts'
import { type Problem, ProblemList, quoted } from './problem.ts'
import { readLevels, readOptional } from './read-policies.ts'
import { readPrincipal } from './read-principal.ts'
import { readResource } from './read-resource.ts'
import { actionNamed } from './reference.ts'

interface ParsedCases {
  /** None when there is a problem anywhere: a case that is answered by half is a wrong answer. */
  readonly cases: readonly AccessCase[]
  readonly problems: readonly Problem[]
}

/** What a table of cases carries besides; the engine does not read it. */
const remarks = ['why', 'source', 'expected', 'expectedOpen'] as const
const caseMembers = [
  'id',
  'principal',
  'scps',
  'rcps',
  'resource',
  'action',
  'context',
  'removeTags',
  ...remarks,
] as const

/** Context keys that follow from the rest of the case; a value that is given besides could contradict it. */
const derived = [
  /^aws:(principalarn|principalaccount|principaltype|userid|resourceaccount|requestedregion|securetransport)$/,
  /^aws:(principaltag|resourcetag)\//,
  /^secretsmanager:(secretid$|resourcetag\/)/,
  /^kms:(resourcealiases|calleraccount)$/,
]

/**
 * Reads a file of cases and finds all its problems at once, each with its path. Never throws; time and memory grow
 * linearly with the text.
 */
export function parseCases(text: string): ParsedCases {
  const { value, problems } = parseJson(text, '')
  if (problems.length > 0) return { cases: [], problems }
  const list = new ProblemList()
  const cases = new JsonPlace(value, '', list).object(['cases'])?.required('cases')?.array(readCase)
  return { cases: list.all.length === 0 && cases ? cases : [], problems: list.all }
}

function readCase(place: JsonPlace): AccessCase | undefined {
  const members = place.object(caseMembers)
  if (!members) return undefined
  const id = members.required('id')?.text()
  const principal = readPrincipal(members.required('principal'))
  const scps = readOptional(members.get('scps'), readLevels, 'scp')
  const rcps = readOptional(members.get('rcps'), readLevels, 'rcp')
  const resource = readResource(members.required('resource'))
  const action = readAction(members.required('action'), resource)
  const context = readContext(members.get('context'))
  const removeTags = members.required('removeTags')?.array((tagKey) => tagKey.name())
  if (id === undefined || !principal || !resource || !action || !removeTags) return undefined
  return { id, principal, ...(scps && { scps }), ...(rcps && { rcps }), resource, action, context, removeTags }
}

function readAction(place: JsonPlace | undefined, resource: CaseResource | undefined): string | undefined {
  const name = place?.name()
  if (!place || !name) return undefined
  const action = actionNamed(name)?.name
  if (!action) return place.problem(`${quoted(name)} is no action of KMS or Secrets Manager; check its spelling`)
  if (!resource || action.startsWith(`${serviceOf(resource)}:`)) return action
  return place.problem(`${quoted(name)} is no action on a ${resource.type}; correct it or the resource`)
}

function readContext(place: JsonPlace | undefined): ReadonlyMap<string, readonly string[]> {
  const context = new Map<string, readonly string[]>()
  for (const [name, values] of place?.entries() ?? []) {
    const contextKey = name.toLowerCase()
    if (derived.some((known) => known.test(contextKey)))
      values.problem('follows from the rest of the case; take it out')
    if (context.has(contextKey)) values.problem('stands twice but for the case of its letters; keep one of them')
    context.set(
      contextKey,
      values.oneOrMany((value) => value.scalar()),
    )
  }
  return context
}
