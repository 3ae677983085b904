import type { ErrorCode, ExpectedError } from '../errors.ts'

/** How far a failed call reaches beyond the resource that it was about. */
const reach: Partial<Record<ErrorCode, 'scan' | 'region'>> = {
  credentialsMissing: 'scan',
  credentialsExpired: 'scan',
  // AWS gives the same answer for unknown credentials and for a Region that is not enabled: ask STS before judging.
  credentialsInvalid: 'region',
  regionDisabled: 'region',
  unreachable: 'region',
  notAws: 'region',
}

/** Whether a failure ends the whole scan, the Region, or concerns one resource only. */
export function concerns(error: ExpectedError): 'scan' | 'region' | 'resource' {
  return reach[error.code] ?? 'resource'
}
