/** What can go wrong in a way that a person can act on. The number is the HTTP status of a route that answers with it. */
export const errorStatus = {
  invalidInput: 400,
  signedOut: 401,
  credentialsMissing: 401,
  credentialsExpired: 401,
  credentialsInvalid: 401,
  denied: 403,
  lockoutRefused: 403,
  otherIdentity: 403,
  notFound: 404,
  stalePlan: 409,
  wrongState: 409,
  keyState: 409,
  markedForDeletion: 409,
  dataFolderInUse: 409,
  invalidTag: 422,
  limitExceeded: 422,
  refusedByService: 422,
  throttled: 429,
  regionDisabled: 502,
  unreachable: 502,
  notAws: 502,
  serviceError: 502,
  unknownOutcome: 504,
} as const

export type ErrorCode = keyof typeof errorStatus

/** An error as it crosses from the server to a browser or into the store: a code to branch on, a sentence to read. */
export interface Problem {
  code: ErrorCode | 'bug'
  message: string
}

/**
 * A failure that a person can act on; everything else that is thrown is a bug and is never shown with its own text.
 * Several copies of this module live in one process, so recognise it with {@link isExpectedError}, not `instanceof`.
 */
export class ExpectedError extends Error {
  override readonly name = 'ExpectedError'
  readonly code: ErrorCode
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** True for errors whose message was written for a person. */
export function isExpectedError(error: unknown): error is ExpectedError {
  return error instanceof Error && error.name === 'ExpectedError' && 'code' in error
}

/** The part of an error that may be told: an expected error's own sentence, or an apology that reveals nothing. */
export function problemOf(error: unknown): Problem {
  return isExpectedError(error)
    ? { code: error.code, message: error.message }
    : { code: 'bug', message: 'something went wrong on our side; the terminal that runs Untag has the details' }
}
