import { type ExpectedError, isExpectedError, type Problem, problemOf } from '../errors.ts'

/** What AWS gave for one part of a reading, or why it could not be had. */
export type Answer<Value> = { readonly value: Value } | { readonly problem: Problem }

/**
 * Asks for one part of a reading: what AWS refuses is an answer, so that the other parts go on. Bugs, and credentials
 * that have come to their end, are thrown.
 */
export async function answerOf<Value>(ask: () => Promise<Value>): Promise<Answer<Value>> {
  try {
    return { value: await ask() }
  } catch (error) {
    if (!isExpectedError(error) || endsReading(error)) throw error
    return { problem: problemOf(error) }
  }
}

/** Whether nothing can be read any more, whatever else is asked. */
function endsReading({ code }: ExpectedError): boolean {
  return code.startsWith('credentials')
}
