/** A part of a policy's text. `contextKey` is lower-case; `fallback` is the default value of a variable. */
export type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'many' | 'one' }
  | { readonly kind: 'variable'; readonly contextKey: string; readonly fallback?: string }

/** A value of a policy: texts, `*` (many: any number of characters), `?` (one: a UTF-16 unit), and variables. */
export type Pattern = readonly Token[]

/** What a variable stands for: its values, or undefined where the request has no such context key. */
export type ValuesOf = (contextKey: string) => readonly string[] | undefined

const VARIABLE = /\$\{(?:([*?$])|([^,'{}]*)(?:,\s*'([^']*)'\s*)?)\}/g
const WILDCARD = /[*?]/

/**
 * Reads a policy's text. Without `variables` (a policy of Version 2008-10-17, an operator that knows none) `${…}` is
 * text; without `wildcards` (StringEquals) `*` and `?` are. `${*}`, `${?}` and `${$}` are the characters themselves.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function tokenize(text: string, { variables, wildcards }: { variables: boolean; wildcards: boolean }): Pattern {
  const tokens: Token[] = []
  const push = (plain: string) => tokens.push(...(wildcards ? withWildcards(plain) : textTokens(plain)))
  let end = 0
  for (const match of variables && text.includes('${') ? text.matchAll(VARIABLE) : []) {
    const [whole, character, name, fallback] = match
    push(text.slice(end, match.index))
    if (character !== undefined) tokens.push({ kind: 'text', text: character })
    else if (name?.trim()) tokens.push(variable(name.trim(), fallback))
    else push(whole)
    end = match.index + whole.length
  }
  push(text.slice(end))
  return merged(tokens)
}

/**
 * Puts values in for the variables that `valuesOf` knows; undefined when one has neither value nor default, which
 * matches nothing. A variable for which `isFree` says yes stays. A wildcard inside a value is text, or acts as one with
 * `wildcardsInValues`: the documents do not say which, so callers hold both against each other.
 */
export function substitute(
  pattern: Pattern,
  valuesOf: ValuesOf,
  { isFree = () => false, wildcardsInValues = false }: Substitution = {},
): Pattern | undefined {
  if (!hasVariable(pattern)) return pattern
  const tokens: Token[] = []
  for (const token of pattern) {
    if (token.kind !== 'variable' || isFree(token.contextKey)) {
      tokens.push(token)
      continue
    }
    const value = valuesOf(token.contextKey)?.[0] ?? token.fallback
    if (value === undefined) return undefined
    tokens.push(...(wildcardsInValues ? withWildcards(value) : textTokens(value)))
  }
  return merged(tokens)
}

interface Substitution {
  isFree?: (contextKey: string) => boolean
  wildcardsInValues?: boolean
}

/** Whether a value would act differently if its wildcards were read as such. */
export function hasWildcard(text: string): boolean {
  return WILDCARD.test(text)
}

/** Whether a variable still stands in the pattern. */
export function hasVariable(pattern: Pattern): boolean {
  for (const token of pattern) if (token.kind === 'variable') return true
  return false
}

/** The context keys of the variables in a pattern, lower-case. */
export function variablesOf(pattern: Pattern): string[] {
  return pattern.flatMap((token) => (token.kind === 'variable' ? [token.contextKey] : []))
}

/** The text of a pattern without wildcards and variables; undefined when it has any. */
export function plainText(pattern: Pattern): string | undefined {
  if (pattern.length === 0) return ''
  const [first, second] = pattern
  return second === undefined && first?.kind === 'text' ? first.text : undefined
}

/** One text for equal patterns and different texts for different ones. */
export function patternText(pattern: Pattern): string {
  return pattern.map((token) => tokenText[token.kind](token as never)).join('')
}

const tokenText = {
  text: ({ text }: { text: string }) => text.replace(/[*?$]/g, (character) => `\${${character}}`),
  many: () => '*',
  one: () => '?',
  variable: ({ contextKey, fallback }: { contextKey: string; fallback?: string }) =>
    fallback === undefined ? `\${${contextKey}}` : `\${${contextKey}, '${fallback}'}`,
}

function variable(name: string, fallback: string | undefined): Token {
  const contextKey = name.toLowerCase()
  return fallback === undefined ? { kind: 'variable', contextKey } : { kind: 'variable', contextKey, fallback }
}

function textTokens(text: string): Token[] {
  return text === '' ? [] : [{ kind: 'text', text }]
}

function withWildcards(text: string): Token[] {
  if (!WILDCARD.test(text)) return textTokens(text)
  return text
    .split(/([*?])/)
    .flatMap((part) => (part === '*' ? [{ kind: 'many' }] : part === '?' ? [{ kind: 'one' }] : textTokens(part)))
}

/** Neighbouring texts as one, and `**` as `*`, so that equal patterns have equal tokens. */
export function merged(tokens: readonly Token[]): Pattern {
  const pattern: Token[] = []
  for (const token of tokens) {
    const last = pattern.at(-1)
    if (last?.kind === 'text' && token.kind === 'text') pattern[pattern.length - 1] = textOf(last.text + token.text)
    else if (last?.kind !== 'many' || token.kind !== 'many') pattern.push(token)
  }
  return pattern
}

function textOf(text: string): Token {
  return { kind: 'text', text }
}
