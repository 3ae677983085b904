import { inSegments } from './arn-pattern.ts'
import type { Case } from './case.ts'
import { conditionHolds, type Place } from './condition-holds.ts'
import { type Document, type Layer, listOf, type Statement } from './facts.ts'
import { resolveVariables, variablesOf } from './policy-variables.ts'
import { hasWildcard, matchesPattern, type Token, tokensOf, withActingValues } from './wildcard.ts'

/** The statements of some documents with this effect that apply to the request, principals apart. */
export function matchingStatements(
  documents: readonly Document[],
  effect: Statement['Effect'],
  layer: Layer,
  kase: Case,
): Place[] {
  return documents
    .flatMap(({ Version, Statement }) => listOf(Statement).map((statement) => ({ layer, version: Version, statement })))
    .filter(({ statement }) => statement.Effect === effect)
    .filter(
      (place) => actionMatches(place.statement, kase) && resourceMatches(place, kase) && conditionHolds(place, kase),
    )
}

// Action names ignore case. IAM User Guide, "IAM JSON policy elements: Action".
function actionMatches({ Action, NotAction }: Statement, { facts }: Case): boolean {
  const action = facts.action.toLowerCase()
  const isListed = (names: readonly string[]) =>
    names.some((name) => matchesPattern(action, tokensOf(name.toLowerCase())))
  return NotAction === undefined ? isListed(listOf(Action)) : !isListed(listOf(NotAction))
}

// IAM User Guide, "IAM JSON policy elements: Resource" and "NotResource".
function resourceMatches(place: Place, kase: Case): boolean {
  const { Resource, NotResource } = place.statement
  if (NotResource !== undefined) {
    return !listOf(NotResource).some((each) => patternCovers(each, 'NotResource', place, kase))
  }
  // A trust policy has no Resource element. A key policy's statement without one has no effect (KMS Developer Guide,
  // "Creating a key policy", Resource).
  if (Resource === undefined) return kase.facts.resource.type === 'role' && place.layer === 'resourcePolicy'
  return listOf(Resource).some((each) => patternCovers(each, 'Resource', place, kase))
}

function patternCovers(text: string, element: 'Resource' | 'NotResource', place: Place, kase: Case): boolean {
  const { ask, context, facts } = kase
  const asked = { text, element, version: place.version }
  // "only in the resource portion of the ARN", after the fifth colon: elsewhere nothing is said.
  if (variablesOf(text, place.version).length > 0 && startsBeforeResource(text)) {
    return ask('a policy variable before the fifth colon of a resource', asked, false)
  }
  const tokens = resolveVariables(text, place.version, context)
  if (tokens === 'noValue') {
    // A statement whose variable has no value may be invalid as a whole: then a NotResource does not apply to anything.
    return element === 'NotResource' && ask('NotResource with a variable that has no value', asked, false)
  }
  if (tokens === 'undocumented') return ask('a variable whose key has many values or two names', asked, false)
  return tokensCover(tokens, facts.resource.arn, (reason, ours) => ask(reason, asked, ours))
}

function tokensCover(tokens: readonly Token[], arn: string, ask: (reason: string, ours: boolean) => boolean): boolean {
  const widely = matchesPattern(arn, tokens)
  if (widely && hasWildcard(tokens) && !matchesPattern(arn, inSegments(tokens)))
    return ask('a wildcard that reaches over a colon', widely)
  if (widely === matchesPattern(arn, withActingValues(tokens))) return widely
  return ask('whether a wildcard inside a variable’s value acts as one', widely)
}

// "You can use a policy variable in the Resource element, but only in the resource portion of the ARN."
function startsBeforeResource(text: string): boolean {
  const start = text.search(/\$\{[^*?$]/)
  return text.slice(0, start).split(':').length <= 5
}
