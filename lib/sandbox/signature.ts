import { createHash } from 'node:crypto'
import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import { addMinutes } from 'date-fns/addMinutes'
import { differenceInMinutes } from 'date-fns/differenceInMinutes'
import type { CredentialStore, Credentials } from './credentials.ts'
import {
  type AwsError,
  expiredText,
  type FrontEndRefusal,
  type ProtocolFamily,
  refusal,
  unknownCredentialsText,
} from './errors.ts'
import type { HttpRequest } from './http.ts'
import type { Principal } from './principals.ts'

export interface Scope {
  readonly accessKeyId: string
  readonly date: string
  readonly region: string
  readonly service: string
}

interface Authorization extends Scope {
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

// AWS asks for clocks within 15 minutes of its own.
const clockSkewMinutesMax = 15

const authorizationForm =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)$/

/** The Authorization header's parts, or undefined when there is none that can be read. */
export function readAuthorization(request: HttpRequest): Authorization | undefined {
  const [, accessKeyId, date, region, service, signedHeaders, signature] =
    authorizationForm.exec(request.headers.authorization ?? '') ?? []
  if (!accessKeyId || !date || !region || !service || !signedHeaders || !signature) return undefined
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.split(';'), signature }
}

/**
 * Who sent the request, once its Signature Version 4 is verified.
 *
 * @throws AwsError for a missing, unknown, expired or wrong signature, under the protocol family's own names
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function verifySignature(
  request: HttpRequest,
  expectedService: string,
  family: ProtocolFamily,
  store: CredentialStore,
  now: Date,
): Promise<Principal> {
  const refuse = (kind: FrontEndRefusal, message: string): AwsError => refusal(family, kind, message)

  if (!request.headers.authorization) throw refuse('noCredentials', 'Missing Authentication Token')
  const authorization = readAuthorization(request)
  const signingDate = parseAmzDate(request.headers['x-amz-date'])
  if (!authorization || !signingDate || !authorization.signedHeaders.includes('host')) {
    throw refuse('incompleteSignature', 'The request signature does not conform to AWS standards.')
  }
  if (authorization.service !== expectedService) {
    throw refuse('badSignature', `Credential should be scoped to correct service: '${expectedService}'.`)
  }
  const credentials = store.get(authorization.accessKeyId)
  if (!credentials || credentials.sessionToken !== request.headers['x-amz-security-token']) {
    throw refuse('unknownCredentials', unknownCredentialsText)
  }
  if (Math.abs(differenceInMinutes(now, signingDate)) >= clockSkewMinutesMax) {
    throw refuse('badSignature', skewText(signingDate, now))
  }
  if (authorization.signature !== (await signatureOf(request, authorization, credentials, signingDate))) {
    throw refuse(
      'badSignature',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    )
  }
  if (credentials.expiresAt && credentials.expiresAt <= now) {
    throw refuse('expiredCredentials', expiredText)
  }
  return credentials.principal
}

async function signatureOf(request: HttpRequest, scope: Authorization, credentials: Credentials, signingDate: Date) {
  const claimedHash = request.headers['x-amz-content-sha256']
  if (claimedHash && claimedHash !== createHash('sha256').update(request.body).digest('hex')) return undefined

  const { accessKeyId, secretAccessKey } = credentials
  const signer = new SignatureV4({
    // The session token is signed as the header that came, so it is not handed to the signer again.
    credentials: { accessKeyId, secretAccessKey },
    region: scope.region,
    service: scope.service,
    sha256: Sha256,
    applyChecksum: false,
  })
  const headers = Object.fromEntries(scope.signedHeaders.map((name) => [name, request.headers[name] ?? '']))
  const { method, path, query, body } = request
  const toSign = { method, path, query, headers, body, protocol: 'http:', hostname: headers.host ?? '' }
  const signed = await signer.sign(toSign, { signingDate, signableHeaders: new Set(scope.signedHeaders) })
  return /Signature=([0-9a-f]+)$/.exec(signed.headers.authorization ?? '')?.[1]
}

/** `20260131T120000Z`, the form of the X-Amz-Date header. */
function parseAmzDate(text: string | undefined): Date | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '')
  if (!parts) return undefined
  const [, year, month, day, hours, minutes, seconds] = parts
  const date = new Date(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`)
  return Number.isNaN(date.getTime()) ? undefined : date
}

function skewText(signingDate: Date, now: Date): string {
  const limit = addMinutes(now, signingDate < now ? -clockSkewMinutesMax : clockSkewMinutesMax)
  const [when, sign] = signingDate < now ? ['expired', '-'] : ['not yet current', '+']
  const side = signingDate < now ? 'earlier' : 'later'
  return `Signature ${when}: ${amzDate(signingDate)} is now ${side} than ${amzDate(limit)} (${amzDate(now)} ${sign} ${clockSkewMinutesMax} min.)`
}

function amzDate(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, '')
}
