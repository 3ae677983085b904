import { type ExpectedError, isExpectedError } from '../errors.ts'
import { didNotHold, held, type Verdict } from './rule.ts'

/** AWS's refusal of a call: what the product makes of it, and AWS's own name and words. */
export interface Refusal {
  readonly told: ExpectedError
  readonly name: string
  readonly words: string
}

/** Makes a call that should be refused; undefined when AWS carried it out. What is no answer of AWS is thrown. */
export async function refusalOf(call: () => Promise<unknown>): Promise<Refusal | undefined> {
  try {
    await call()
    return undefined
  } catch (error) {
    if (!isExpectedError(error) || !isAnswer(error)) throw error
    const { name, message } = error.cause as Error
    return { told: error, name, words: message }
  }
}

/** Whether AWS refuses a call under this name. A denial where something else is expected only says what we may not. */
export async function refusedAs(expected: string, call: () => Promise<unknown>): Promise<Verdict> {
  const refusal = await refusalOf(call)
  if (refusal === undefined) return didNotHold('AWS carried it out')
  if (refusal.told.code === 'denied' && !expected.startsWith('AccessDenied')) throw refusal.told
  return refusal.name === expected ? held(refusal.name) : didNotHold(`${refusal.name}: ${refusal.words}`)
}

// With these codes AWS has not said anything about the call itself.
const noAnswer = /^(credentials|throttled|unreachable|notAws|serviceError|unknownOutcome|regionDisabled)/

function isAnswer({ code, cause }: ExpectedError): boolean {
  return cause instanceof Error && !noAnswer.test(code)
}
