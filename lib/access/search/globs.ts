import { arnPatternParts } from '../glob.ts'
import { type Pattern, tokenize } from '../pattern.ts'
import type { Glob, Step } from './automaton.ts'

/** The steps of a pattern in which no variable stands. */
export function globOf(pattern: Pattern, { ignoreCase = false, withinPart = false } = {}): Glob {
  return pattern.flatMap((token): Step[] => {
    if (token.kind === 'text') return token.text.split('').map((character) => ({ character, ignoreCase }))
    return [{ any: token.kind === 'many' ? 'run' : 'one', withinPart }]
  })
}

const COLON: Step = { character: ':', ignoreCase: false }
const LAST_PART = 5

/** What tells a complete ARN from other texts. */
export const completeArn: Glob = arnGlob(
  arnPatternParts(tokenize('arn:*:*:*:*:*', { variables: false, wildcards: true })) ?? [],
)

const FURTHER_PARTS: Pattern = [{ kind: 'text', text: ':' }, { kind: 'many' }]

/** The globs on which the truth of an ARN pattern hangs. One with fewer than six parts may stand for all that go on from it. */
export function arnGlobs(pattern: Pattern): Glob[] {
  const parts = arnPatternParts(pattern)
  if (parts) return [arnGlob(parts), completeArn]
  return [globOf(pattern), globOf([...pattern, ...FURTHER_PARTS]), completeArn]
}

function arnGlob(parts: readonly Pattern[]): Glob {
  return parts.flatMap((part, i) => {
    const glob = globOf(part, { withinPart: i < LAST_PART })
    return i === 0 ? glob : [COLON, ...glob]
  })
}

/** A readable text that the pattern matches, with `variable` put in for its variables. */
export function filled(pattern: Pattern, variable = 'example'): string {
  return pattern.map((token) => fillings[token.kind](token as never, variable)).join('')
}

const fillings = {
  text: ({ text }: { text: string }) => text,
  many: () => 'example',
  one: () => 'x',
  variable: (_: unknown, value: string) => value,
}
