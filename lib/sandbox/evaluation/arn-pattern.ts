import { matchesPattern, type Token, textOf } from './wildcard.ts'

const COMPONENTS = 6

/**
 * Whether an ARN matches under ArnEquals and ArnLike: each of the six components is held against its own pattern.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnMatches(arn: string, pattern: readonly Token[]): boolean {
  const patterns = componentsOf(pattern)
  const [partition, ...rest] = arn.split(':')
  const components = [partition, ...rest.slice(0, COMPONENTS - 2), rest.slice(COMPONENTS - 2).join(':')]
  if (patterns.length < COMPONENTS || rest.length < COMPONENTS - 1) return false
  return patterns.every((each, index) => matchesPattern(components[index] ?? '', each))
}

/** Whether a pattern for ARNs has all six components. */
export function isWholeArnPattern(pattern: readonly Token[]): boolean {
  return componentsOf(pattern).length === COMPONENTS
}

function componentsOf(pattern: readonly Token[]): Token[][] {
  const components: Token[][] = [[]]
  for (const token of pattern) {
    if (token.character === ':' && components.length < COMPONENTS) components.push([])
    else components.at(-1)?.push(token)
  }
  return components
}

/**
 * The pattern of a Resource element by its narrowest reading: a wildcard stays in its segment, except for a `*` that
 * ends it, which "can expand to match beyond the colon boundaries".
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards
 */
export function inSegments(pattern: readonly Token[]): Token[] {
  return pattern.map((token, index) => {
    const colonsBefore = textOf(pattern.slice(0, index)).split(':').length - 1
    const next = pattern[index + 1]?.character
    const endsSegment = token.character === '*' && (next === undefined || next === ':')
    return { ...token, staysInSegment: colonsBefore < COMPONENTS - 1 && !endsSegment }
  })
}
