import type { ErrorCode } from '../errors.ts'

interface Row {
  code: ErrorCode
  /** What the name means; AWS's own words follow. */
  say: string
}
type Meaning = Row | ((words: string) => { code: ErrorCode; say: string })

const throttled: Row = { code: 'throttled', say: 'AWS asks for fewer requests' }
const serviceError: Row = { code: 'serviceError', say: 'the service failed on its side; the call can be repeated' }
const expired: Row = { code: 'credentialsExpired', say: 'the AWS credentials have expired' }
const unknownCredentials: Row = {
  code: 'credentialsInvalid',
  say: 'AWS does not know these credentials (removed, of another partition, or the Region is not enabled for the account)',
}
const badSignature: Row = {
  code: 'credentialsInvalid',
  say: 'AWS does not accept the signature; check the secret key and the clock',
}
const regionDisabled: Row = { code: 'regionDisabled', say: 'the account is not enabled for this Region' }
const notFound: Row = { code: 'notFound', say: 'there is no such resource here (deleted meanwhile, or just created)' }

/**
 * What AWS's error names mean for us. The names are those of the API models of KMS, Secrets Manager, STS, IAM, Account
 * and Organizations, and of the errors common to all services.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html
 */
export const serviceErrors: Record<string, Meaning | undefined> = {
  NotFoundException: notFound,
  ResourceNotFoundException: notFound,
  NoSuchEntity: notFound,
  NoSuchEntityException: notFound,
  TargetNotFoundException: notFound,
  ChildNotFoundException: notFound,
  PolicyNotFoundException: notFound,

  InvalidArnException: { code: 'invalidInput', say: 'the ARN is malformed or not of a kind that this call takes' },
  ValidationException: { code: 'invalidInput', say: 'the request is outside the bounds of the service' },
  InvalidInput: { code: 'invalidInput', say: 'the request is outside the bounds of the service' },
  InvalidInputException: { code: 'invalidInput', say: 'the request is outside the bounds of the service' },
  ValidationError: { code: 'invalidInput', say: 'the request is outside the bounds of the service' },
  InvalidParameterException: { code: 'refusedByService', say: 'the service does not accept the request' },
  UnsupportedOperationException: { code: 'refusedByService', say: 'the service does not offer this for the resource' },
  KMSInvalidStateException: {
    code: 'keyState',
    say: 'the state of the key does not permit it; change the state, or leave the key out',
  },
  TagException: { code: 'invalidTag', say: 'the service does not accept the tag' },
  LimitExceededException: { code: 'limitExceeded', say: 'a quota of the service is used up' },
  // One name for two things; the text is all that tells them apart. Secrets Manager API Reference, "DeleteSecret".
  InvalidRequestException: (words) =>
    /marked for deletion|scheduled for deletion/i.test(words)
      ? { code: 'markedForDeletion', say: `the secret is marked for deletion; restore it, or leave it out: ${words}` }
      : { code: 'refusedByService', say: `the service refuses the request: ${words}` },

  InvalidMarkerException: { code: 'serviceError', say: 'the listing lost its place; start it again' },
  InvalidNextTokenException: { code: 'serviceError', say: 'the listing lost its place; start it again' },
  KMSInternalException: serviceError,
  DependencyTimeoutException: serviceError,
  InternalServiceError: serviceError,
  InternalServerException: serviceError,
  InternalFailure: serviceError,
  InternalError: serviceError,
  RequestTimeout: serviceError,
  RequestTimeoutException: serviceError,
  ServiceUnavailable: serviceError,
  ServiceUnavailableException: serviceError,
  ServiceFailure: serviceError,
  ServiceFailureException: serviceError,
  ServiceException: serviceError,

  Throttling: throttled,
  ThrottlingException: throttled,
  ThrottledException: throttled,
  TooManyRequestsException: throttled,
  RequestLimitExceeded: throttled,
  SlowDown: throttled,

  ExpiredToken: expired,
  ExpiredTokenException: expired,
  TokenRefreshRequired: expired,
  UnrecognizedClientException: unknownCredentials,
  InvalidClientTokenId: unknownCredentials,
  InvalidAccessKeyId: unknownCredentials,
  MissingAuthenticationToken: unknownCredentials,
  MissingAuthenticationTokenException: unknownCredentials,
  SignatureDoesNotMatch: badSignature,
  InvalidSignatureException: badSignature,
  IncompleteSignature: badSignature,
  IncompleteSignatureException: badSignature,
  RequestExpired: badSignature,
  RequestTimeTooSkewed: badSignature,
  RegionDisabledException: regionDisabled,
  OptInRequired: regionDisabled,
  SubscriptionRequiredException: regionDisabled,

  UnknownOperationException: { code: 'notAws', say: 'the endpoint does not know this operation' },
}

/** Why no answer came: Node's codes of network errors, and the name of the SDK's own timeout. */
export const networkErrors: Record<string, string | undefined> = {
  ENOTFOUND: 'the address cannot be found; check the network, the Region and the VPC endpoints',
  EAI_AGAIN: 'the address cannot be looked up; check the network',
  ECONNREFUSED: 'nothing answers at the endpoint',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ETIMEDOUT: 'no answer in time',
  TimeoutError: 'no answer in time',
  EHOSTUNREACH: 'the network has no way there',
  ENETUNREACH: 'the network has no way there',
  CERT_HAS_EXPIRED: 'the certificate of the endpoint has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of the endpoint is not trusted; a proxy may need NODE_EXTRA_CA_CERTS',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate of the endpoint is not trusted; a proxy may need NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'the certificate of the endpoint is not trusted; a proxy may need NODE_EXTRA_CA_CERTS',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'the certificate of the endpoint is not trusted; a proxy may need NODE_EXTRA_CA_CERTS',
  EPROTO: 'the endpoint does not speak TLS as expected',
}
