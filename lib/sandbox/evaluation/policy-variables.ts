import type { RequestContext } from './request-context.ts'
import { substitutedTokensOf, type Token, tokensOf } from './wildcard.ts'

/** What a text with variables came to; `noValue` where a variable has none, and then the text equals nothing. */
export type Resolved = readonly Token[] | 'noValue' | 'undocumented'

// `${*}`, `${?}` and `${$}` stand for the characters themselves. A default stands behind a comma, in single quotes.
const reference = /\$\{(?:([*?$])|([^,}']+)(?:,\s*'([^']*)'\s*)?)\}/g

/**
 * Puts in the values of policy variables. Only Version 2012-10-17 has variables; before it `${…}` is text.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function resolveVariables(text: string, version: string | undefined, context: RequestContext): Resolved {
  if (version !== '2012-10-17') return tokensOf(text)
  const tokens: Token[] = []
  let end = 0
  for (const match of text.matchAll(reference)) {
    const [whole, character, name = '', fallback] = match
    tokens.push(...tokensOf(text.slice(end, match.index)))
    end = match.index + whole.length
    if (character !== undefined) {
      tokens.push({ character, isWildcard: false })
      continue
    }
    const entry = context.get(name.trim().toLowerCase())
    // "You cannot use a multivalued context key as a policy variable": what happens then is not said.
    if (entry?.isMultivalued || entry?.isAmbiguous) return 'undocumented'
    const value = entry?.values[0] ?? fallback
    if (value === undefined) return 'noValue'
    tokens.push(...substitutedTokensOf(value))
  }
  return [...tokens, ...tokensOf(text.slice(end))]
}

/** The condition keys that the text's variables read, in lower case. */
export function variablesOf(text: string, version: string | undefined): string[] {
  if (version !== '2012-10-17') return []
  return [...text.matchAll(reference)].flatMap(([, , name]) => (name === undefined ? [] : [name.trim().toLowerCase()]))
}
