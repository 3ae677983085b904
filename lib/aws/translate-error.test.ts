import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '../errors.ts'
import { explainDenial, isLockoutRefusal } from './denial.ts'
import { networkErrors, serviceErrors } from './error-names.ts'
import { translateError } from './translate-error.ts'

const read = { operation: 'kms:DescribeKey', resource: 'arn:x' }
const write = { operation: 'kms:UntagResource', resource: 'arn:x' }
const failure = (name: string, message = 'words of AWS', more: object = {}) =>
  Object.assign(new Error(message), { name, ...more })

describe('what an error of AWS means', () => {
  const cases: { name: string; message?: string; code: ErrorCode }[] = [
    { name: 'KMSInvalidStateException', code: 'keyState' },
    { name: 'NotFoundException', code: 'notFound' },
    { name: 'InvalidArnException', code: 'invalidInput' },
    { name: 'TagException', code: 'invalidTag' },
    { name: 'LimitExceededException', code: 'limitExceeded' },
    { name: 'ThrottlingException', code: 'throttled' },
    { name: 'Throttling', code: 'throttled' },
    { name: 'ResourceNotFoundException', code: 'notFound' },
    { name: 'InvalidRequestException', message: 'because it was marked for deletion.', code: 'markedForDeletion' },
    { name: 'InvalidRequestException', message: 'managed by rds', code: 'refusedByService' },
    { name: 'InvalidParameterException', code: 'refusedByService' },
    { name: 'ExpiredTokenException', code: 'credentialsExpired' },
    { name: 'ExpiredToken', code: 'credentialsExpired' },
    { name: 'UnrecognizedClientException', code: 'credentialsInvalid' },
    { name: 'InvalidSignatureException', code: 'credentialsInvalid' },
    { name: 'RegionDisabledException', code: 'regionDisabled' },
    { name: 'AccessDeniedException', code: 'denied' },
    { name: 'AccessDenied', code: 'denied' },
    { name: 'NoSuchEntity', code: 'notFound' },
    { name: 'InvalidInput', code: 'invalidInput' },
    { name: 'TargetNotFoundException', code: 'notFound' },
    { name: 'TooManyRequestsException', code: 'throttled' },
  ]
  test.each(cases)('$name ($message): $code, of a read and of a write', ({ name, message, code }) => {
    for (const at of [read, write]) {
      const cause = failure(name, message)
      expect(translateError(cause, at)).toMatchObject({ code, cause, message: expect.stringContaining(at.operation) })
    }
  })

  test.each([
    'KMSInternalException',
    'DependencyTimeoutException',
    'InternalServiceError',
    'ServiceUnavailable',
    'ServiceFailure',
    'ServiceException',
  ])('%s: a read can be repeated, of a write the effect is unknown', (name) => {
    expect(translateError(failure(name), read).code).toBe('serviceError')
    expect(translateError(failure(name), write).code).toBe('unknownOutcome')
  })

  test('a name that nobody knows is told apart by whose fault it is', () => {
    expect(translateError(failure('NewException', '', { $fault: 'client' }), write).code).toBe('refusedByService')
    expect(translateError(failure('NewException', '', { $fault: 'server' }), read).code).toBe('serviceError')
    expect(translateError(failure('NewException', '', { $fault: 'server' }), write).code).toBe('unknownOutcome')
  })

  test('the words of AWS are kept', () => {
    expect(translateError(failure('TagException', 'Too many tags'), write).message).toContain('Too many tags')
  })
})

describe('no answer of AWS', () => {
  test.each(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH'])('%s: the effect of a write is unknown', (code) => {
    expect(translateError(failure('Error', '', { code }), read).code).toBe('unreachable')
    expect(translateError(failure('Error', '', { code }), write).code).toBe('unknownOutcome')
  })
  test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])('%s: a write was never sent', (code) => {
    expect(translateError(failure('Error', '', { code }), write).code).toBe('unreachable')
  })
  test('the words of AWS can be stored, whatever stands in them', () => {
    const error = Object.assign(new Error('no\0pe \ud800'), { name: 'NotFoundException', $fault: 'client' })
    expect(translateError(error, { operation: 'kms:ListResourceTags' }).message).toMatch(/nope \ufffd$/)
  })

  test('an answer that is no AWS answer', () => {
    const html = failure('SyntaxError', 'Unexpected token <', { $response: {} })
    expect(translateError(html, read).code).toBe('notAws')
    expect(translateError(html, write).code).toBe('unknownOutcome')
    expect(translateError(failure('Unknown', 'UnknownError', { $fault: 'client' }), read).code).toBe('notAws')
  })
})

test.each([
  { message: 'Could not load credentials from any providers', code: 'credentialsMissing' },
  { message: "Token is expired. To refresh this SSO session run 'aws sso login'", code: 'credentialsExpired' },
])('of the credentials: $message', ({ message, code }) => {
  expect(translateError(failure('CredentialsProviderError', message), read).code).toBe(code)
})

test('a bug of ours is thrown on as it is', () => {
  const bug = new TypeError('x is undefined')
  expect(() => translateError(bug, write)).toThrow(bug)
  const aborted = new DOMException('stopped', 'AbortError')
  expect(() => translateError(aborted, write)).toThrow(aborted)
})

test('every name has one meaning and a sentence', () => {
  for (const [name, row] of Object.entries(serviceErrors)) {
    const { code, say } = typeof row === 'function' ? row('') : (row ?? {})
    expect({ name, code, say }).toEqual({ name, code: expect.any(String), say: expect.stringMatching(/^[^A-Z]|^AWS/) })
  }
  expect(Object.values(networkErrors).every((say) => say && !say.endsWith('.'))).toBe(true)
})

describe('denials', () => {
  const who = 'User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: kms:UntagResource on resource: arn:x'
  const layers = [
    ['because no identity-based policy allows the kms:UntagResource action', 'no IAM policy of the caller allows it'],
    ['because no resource-based policy allows the kms:UntagResource action', 'the policy of the resource neither'],
    ['because no permissions boundary allows the kms:UntagResource action', 'no permissions boundary allows it'],
    ['because no service control policy allows the kms:UntagResource action', 'no service control policy allows it'],
    ['with an explicit deny in an identity-based policy', 'an explicit deny in the identity-based policy'],
    [
      'with an explicit deny in a resource control policy: arn:aws:organizations::1:policy/x',
      'an explicit deny in the resource control policy',
    ],
    ['with an explicit deny in a permissions boundary', 'an explicit deny in the permissions boundary'],
  ] as const
  test.each(layers)('%s', (tail, reading) => {
    expect(explainDenial(`${who} ${tail}`, 'kms:UntagResource')).toContain(reading)
    expect(explainDenial(`${who} ${tail}`, 'kms:UntagResource')).toContain(
      'the missing permission is kms:UntagResource',
    )
  })

  test('the older form without a tail is quoted', () => {
    expect(explainDenial(who, 'kms:UntagResource')).toContain(who)
  })

  test('a denial of a call behind the call names the permission that is missing', () => {
    const words = 'User: arn:x is not authorized to perform: sts:AssumeRole on resource: arn:y'
    expect(explainDenial(words, 'kms:ListKeys')).toContain('the missing permission is sts:AssumeRole')
  })

  const secretDenied = (message: string) =>
    isLockoutRefusal(failure('AccessDeniedException', message), 'secretsmanager:UntagResource')
  test('the refusal of Secrets Manager to lock the caller out, as far as it can be told', () => {
    expect(secretDenied('You would lose access to the secret')).toBe(true)
    expect(secretDenied('Access denied')).toBe(true)
    expect(secretDenied(who)).toBe(false)
    expect(secretDenied(`${who}/secret:lose-own-access because no identity-based policy allows it`)).toBe(false)
    expect(isLockoutRefusal(failure('AccessDeniedException', 'lose access'), 'kms:UntagResource')).toBe(false)
  })

  test('where a plain form leaves doubt, the doubt is said', () => {
    expect(explainDenial(who, 'secretsmanager:UntagResource')).toContain('take away your own access')
    expect(explainDenial(who, 'kms:UntagResource')).not.toContain('take away your own access')
  })
})
