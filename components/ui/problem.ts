import type { Problem } from '#lib/errors.ts'
import type { Connection } from './connection.ts'

const told = (error: object): error is Problem => 'code' in error && typeof error.code === 'string'

/** What to show for anything that a query or an action threw: our own sentence, or that the console did not answer. */
export function problemIn(error: Error | Problem): Problem {
  return told(error)
    ? { code: error.code, message: error.message }
    : { code: 'bug', message: 'the console did not answer; look at the terminal that runs Untag, then try again' }
}

// An answer of ours always says which: without one nobody answered, or the gate did not know this browser.
const ofTheConnection = new Set<Problem['code']>(['bug', 'signedOut'])

/**
 * Whether what failed is told once for the whole console already: that it does not answer, or that the session has ended.
 * The places where it was felt then keep quiet.
 */
export function isToldForAll(error: Error | Problem, connection: Connection): boolean {
  return connection !== 'fine' && ofTheConnection.has(problemIn(error).code)
}

/** Error messages start lower-case and carry no full stop, so that they can be joined; this makes a sentence of one. */
export function sentence(message: string): string {
  const text = message.trim()
  // The names of IAM actions, which have a colon, keep their spelling.
  const begun = text.replace(/^[a-z]+(?=[\s,;.]|$)/, (word) => word.charAt(0).toUpperCase() + word.slice(1))
  return begun + (/[.!?…]$/.test(text) ? '' : '.')
}
