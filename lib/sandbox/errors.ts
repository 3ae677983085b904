/** An answer of AWS that is an error: its code (`__type` or `<Code>`), its text and its HTTP status. */
export class AwsError extends Error {
  readonly code: string
  readonly status: number

  constructor(code: string, message: string, status = 400) {
    super(message)
    this.name = 'AwsError'
    this.code = code
    this.status = status
  }
}

/** What AWS's own front end refuses before a service sees the request. */
export type FrontEndRefusal =
  | 'badSignature'
  | 'incompleteSignature'
  | 'noCredentials'
  | 'unknownCredentials'
  | 'expiredCredentials'
  | 'invalidInput'
  | 'throttled'
  | 'accessDenied'

/**
 * The same refusal has another name in each protocol family.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 */
const refusalCodes = {
  json: {
    // 400 as JSON services answer on the wire (GH teralytics/prometheus-ecs-discovery#7).
    badSignature: ['InvalidSignatureException', 400],
    incompleteSignature: ['IncompleteSignatureException', 403],
    noCredentials: ['MissingAuthenticationTokenException', 403],
    unknownCredentials: ['UnrecognizedClientException', 403],
    expiredCredentials: ['ExpiredTokenException', 403],
    invalidInput: ['ValidationException', 400],
    throttled: ['ThrottlingException', 400],
    accessDenied: ['AccessDeniedException', 400],
  },
  query: {
    badSignature: ['SignatureDoesNotMatch', 403],
    incompleteSignature: ['IncompleteSignature', 403],
    noCredentials: ['MissingAuthenticationToken', 403],
    unknownCredentials: ['InvalidClientTokenId', 403],
    expiredCredentials: ['ExpiredToken', 403],
    invalidInput: ['ValidationError', 400],
    throttled: ['Throttling', 400],
    accessDenied: ['AccessDenied', 403],
  },
  rest: {
    badSignature: ['InvalidSignatureException', 403],
    incompleteSignature: ['IncompleteSignatureException', 403],
    noCredentials: ['MissingAuthenticationTokenException', 403],
    unknownCredentials: ['UnrecognizedClientException', 403],
    expiredCredentials: ['ExpiredTokenException', 403],
    invalidInput: ['ValidationException', 400],
    throttled: ['TooManyRequestsException', 429],
    accessDenied: ['AccessDeniedException', 403],
  },
} as const satisfies Record<string, Record<FrontEndRefusal, readonly [code: string, status: number]>>

export type ProtocolFamily = keyof typeof refusalCodes

export const expiredText = 'The security token included in the request is expired'
export const unknownCredentialsText = 'The security token included in the request is invalid.'

/** The refusal under the name that the protocol family gives it. */
export function refusal(family: ProtocolFamily, kind: FrontEndRefusal, message: string): AwsError {
  const [code, status] = refusalCodes[family][kind]
  return new AwsError(code, message, status)
}
