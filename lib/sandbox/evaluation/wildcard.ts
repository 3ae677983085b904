/** One character of a pattern. `*` and `?` are wildcards unless they were written as `${*}` or came out of a variable. */
export interface Token {
  readonly character: string
  readonly isWildcard: boolean
  /** It came out of a variable. */
  readonly isSubstituted?: boolean
  /** A wildcard that does not reach over a colon. */
  readonly staysInSegment?: boolean
}

/** The pattern in a text without variables. A character is a Unicode code point. */
export function tokensOf(text: string): Token[] {
  return [...text].map((character) => ({ character, isWildcard: isWildcardCharacter(character) }))
}

/** The value of a variable: nothing in it is a wildcard. */
export function substitutedTokensOf(value: string): Token[] {
  return [...value].map((character) => ({ character, isWildcard: false, isSubstituted: true }))
}

/** The pattern as it is if a wildcard inside a variable's value acts as one. */
export function withActingValues(tokens: readonly Token[]): Token[] {
  return tokens.map((token) =>
    token.isSubstituted ? { ...token, isWildcard: isWildcardCharacter(token.character) } : token,
  )
}

/** The text as it stands there, for operators without wildcards. */
export function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ character }) => character).join('')
}

/** Whether anything but one text matches. */
export function hasWildcard(pattern: readonly Token[]): boolean {
  return pattern.some(({ isWildcard }) => isWildcard)
}

/**
 * Whether the whole text matches: `*` stands for any characters, none included, `?` for exactly one.
 * Walks the pattern token by token and keeps, for every length, whether that much of the text may be covered by now.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 */
export function matchesPattern(text: string, pattern: readonly Token[]): boolean {
  if (!hasWildcard(pattern)) return textOf(pattern) === text
  const characters = [...text]
  let covered = [true, ...characters.map(() => false)]
  for (const token of pattern) {
    covered = coveredWith(token, covered, characters)
    if (!covered.includes(true)) return false
  }
  return covered.at(-1) === true
}

function coveredWith(token: Token, before: readonly boolean[], characters: readonly string[]): boolean[] {
  const fits = (character: string | undefined) =>
    token.isWildcard ? !(token.staysInSegment && character === ':') : character === token.character
  const isRun = token.isWildcard && token.character === '*'
  const now: boolean[] = []
  for (const [length, wasCovered] of before.entries()) {
    const previous = length > 0 && fits(characters[length - 1]) && (isRun ? now : before)[length - 1] === true
    now.push(previous || (isRun && wasCovered))
  }
  return now
}

function isWildcardCharacter(character: string): boolean {
  return character === '*' || character === '?'
}
