import { type ErrorCode, ExpectedError, isExpectedError } from '../errors.ts'
import { asWholeText } from '../text.ts'
import { explainDenial, isLockoutRefusal } from './denial.ts'
import { networkErrors, serviceErrors } from './error-names.ts'

/** What was being done when a call failed. */
export interface CallContext {
  /** As IAM spells the action, for example `kms:UntagResource`. */
  operation: string
  resource?: string | undefined
  region?: string | undefined
}

// Calls that change something: when their fate is not known, they may have had their effect.
const writes = new Set([
  'kms:TagResource',
  'kms:UntagResource',
  'secretsmanager:TagResource',
  'secretsmanager:UntagResource',
])
const uncertain = new Set<ErrorCode>(['unreachable', 'serviceError', 'notAws'])

interface Failure {
  name: string
  message: string
  /** Node's code of a network error. */
  code?: unknown
  /** Set by the SDK on errors that carry an AWS error name. */
  $fault?: 'client' | 'server'
  /** Set by the SDK on every error that came with an HTTP response. */
  $response?: unknown
}

/**
 * Tells what a failed AWS call means, by the name of the error and never by its HTTP status, which differs between the
 * documents and the wire. A write whose fate is unknown (timeout, reset connection, server error, answer that is not
 * AWS's) comes out as `unknownOutcome`: read back before anything else. Bugs of ours are thrown on.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html
 */
export function translateError(error: unknown, at: CallContext): ExpectedError {
  if (isExpectedError(error)) return error
  if (!(error instanceof Error)) throw error
  const { code, say: words } = classify(error, at)
  const say = asWholeText(words)
  const where = `${at.operation}${at.resource ? ` for \`${at.resource}\`` : ''}${at.region ? ` in ${at.region}` : ''}`
  if (writes.has(at.operation) && uncertain.has(code) && !neverSent(error)) {
    return new ExpectedError(
      'unknownOutcome',
      `${where}: no answer tells whether it was carried out (${say}); the tags are read again to find out`,
      { cause: error },
    )
  }
  return new ExpectedError(code, `${where}: ${say}`, { cause: error })
}

/** AWS's id of a request that failed; undefined when no answer of AWS told one. */
export function requestIdOf(error: unknown): string | undefined {
  const { $metadata } = ((error instanceof Error && error.cause) || {}) as { $metadata?: { requestId?: unknown } }
  return typeof $metadata?.requestId === 'string' ? $metadata.requestId : undefined
}

/** Runs a call to AWS; what it throws comes out translated. */
export async function translated<Answer>(at: CallContext, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (error) {
    throw translateError(error, at)
  }
}

function classify(error: Failure, at: CallContext): { code: ErrorCode; say: string } {
  const network = networkErrors[typeof error.code === 'string' ? error.code : error.name]
  if (network) return { code: 'unreachable', say: network }
  if (error.name === 'CredentialsProviderError' || error.name === 'TokenProviderError') {
    const ended = /expired|sso login|aws login|refresh/i.test(error.message)
    return { code: ended ? 'credentialsExpired' : 'credentialsMissing', say: error.message }
  }
  if (isLockoutRefusal(error, at.operation)) {
    return {
      code: 'lockoutRefused',
      say: `the service refused, because the caller would lose its own access to the secret: ${error.message}`,
    }
  }
  if (/^AccessDenied(Exception)?$/.test(error.name))
    return { code: 'denied', say: explainDenial(error.message, at.operation) }
  const row = serviceErrors[error.name]
  if (row)
    return typeof row === 'function' ? row(error.message) : { code: row.code, say: `${row.say}: ${error.message}` }
  if (error.$fault === undefined && !('$response' in error)) throw error
  if (error.$fault === undefined || error.name === 'Unknown') {
    return { code: 'notAws', say: 'the answer is not in the form of AWS; a proxy or a sign-in page may stand between' }
  }
  return {
    code: error.$fault === 'server' ? 'serviceError' : 'refusedByService',
    say: `${error.name}: ${error.message}`,
  }
}

const neverSent = (error: Failure) =>
  error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN'
