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
 * Walks the pattern token by token and keeps every length of text, shortest first, that may be covered by now.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 */
export function matchesPattern(text: string, pattern: readonly Token[]): boolean {
  if (!hasWildcard(pattern)) return textOf(pattern) === text
  const characters = [...text]
  let lengths: readonly number[] = [0]
  for (const token of pattern) {
    lengths = lengthsWith(token, lengths, characters)
    if (lengths.length === 0) return false
  }
  return lengths.at(-1) === characters.length
}

function lengthsWith(token: Token, before: readonly number[], characters: readonly string[]): number[] {
  const fits = (length: number) => length < characters.length && fitsOne(token, characters[length])
  if (!token.isWildcard || token.character === '?') return before.filter(fits).map((length) => length + 1)
  const now: number[] = []
  for (const start of before) {
    if (start <= (now.at(-1) ?? -1)) continue
    now.push(start)
    for (let length = start; fits(length); length++) now.push(length + 1)
  }
  return now
}

function fitsOne({ character, isWildcard, staysInSegment }: Token, found: string | undefined): boolean {
  return isWildcard ? !(staysInSegment && found === ':') : found === character
}

function isWildcardCharacter(character: string): boolean {
  return character === '*' || character === '?'
}
