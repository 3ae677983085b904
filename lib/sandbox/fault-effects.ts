import { refusalText } from './authorization/refusal-text.ts'
import { AwsError, expiredText, refusal } from './errors.ts'
import type { CallFault, FaultRule } from './faults.ts'
import type { Reply } from './http.ts'
import type { Principal } from './principals.ts'
import { type ServiceName, services } from './services.ts'

interface Struck {
  readonly rule: FaultRule
  readonly service: ServiceName
  readonly principal: Principal
  readonly action: string
  readonly resourceArn: string
}

/** `instead`: nothing happens but the reply. `after`: the operation takes effect first. */
export type Effect =
  | { readonly when: 'instead'; readonly reply: (struck: Struck) => Reply | AwsError }
  | { readonly when: 'after'; readonly reply: Reply }

const connectionReset: Effect = { when: 'instead', reply: () => 'connectionReset' }

/** What each kind of fault does. */
export const effects: Record<CallFault, Effect> = {
  throttle: { when: 'instead', reply: ({ service }) => throttled(service) },
  serverError: { when: 'instead', reply: ({ service }) => serverErrors[service]() },
  denied: { when: 'instead', reply: (struck) => accessDenied(struck, noAllow(struck)) },
  // The refusal exists (Secrets Manager API reference, UntagResource); its text is unconfirmed.
  lockout: {
    when: 'instead',
    reply: (struck) =>
      accessDenied(struck, `${noAllow(struck)} after the change. You can't remove your own access to the secret.`),
  },
  expired: {
    when: 'instead',
    reply: ({ service }) => refusal(services[service].family, 'expiredCredentials', expiredText),
  },
  html: {
    when: 'instead',
    // What a proxy on the way answers.
    reply: ({ rule }) => ({
      status: rule.status ?? 403,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: '<!DOCTYPE html><html><head><title>Sign in to continue</title></head><body><h1>Corporate web gateway</h1></body></html>',
    }),
  },
  timeout: { when: 'instead', reply: () => 'noAnswer' },
  reset: connectionReset,
  regionDown: connectionReset,
  lostReply: { when: 'after', reply: 'connectionReset' },
  lostReplyTimeout: { when: 'after', reply: 'noAnswer' },
}

/** The service's own throttling error. @see https://docs.aws.amazon.com/kms/latest/developerguide/throttling.html */
export function throttled(service: ServiceName): AwsError {
  const text =
    service === 'kms'
      ? 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.'
      : 'Rate exceeded'
  return refusal(services[service].family, 'throttled', text)
}

const serverErrors: Record<ServiceName, () => AwsError> = {
  kms: () => new AwsError('KMSInternalException', 'The request failed because of an internal error.', 500),
  secretsmanager: () => new AwsError('InternalServiceError', 'An error occurred on the server side.', 500),
  sts: () => new AwsError('InternalFailure', 'The request processing has failed.', 500),
  iam: () => new AwsError('ServiceFailure', 'The request processing has failed.', 500),
  organizations: () => new AwsError('ServiceException', 'The request failed because of an internal error.', 500),
  cloudtrail: () => new AwsError('InternalFailure', 'The request processing has failed.', 500),
  account: () => new AwsError('InternalServerException', 'The operation failed because of an internal error.', 500),
}

function noAllow({ principal, action, resourceArn }: Struck): string {
  const refusal = { decision: 'implicitDeny', layer: 'identityPolicy' } as const
  return refusalText({ principalArn: principal.arn, action, resourceArn }, refusal)
}

function accessDenied({ service }: Struck, text: string): AwsError {
  return refusal(services[service].family, 'accessDenied', text)
}
