import type { RequestContext } from '../operation.ts'

/**
 * kms:EncryptionContext:…, kms:EncryptionContextKeys, kms:EncryptionAlgorithm, kms:RequestAlias.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
export function cryptographicContext(input: {
  KeyId?: string | undefined
  EncryptionContext?: Readonly<Record<string, string>> | undefined
  EncryptionAlgorithm?: string | undefined
}): RequestContext {
  const pairs = Object.entries(input.EncryptionContext ?? {})
  return {
    'kms:EncryptionAlgorithm': input.EncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT',
    ...Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
    ...(pairs.length > 0 && { 'kms:EncryptionContextKeys': pairs.map(([name]) => name) }),
    ...requestAlias(input),
  }
}

/** kms:RequestAlias, where the request names the key by an alias. */
export function requestAlias({ KeyId = '' }: { KeyId?: string | undefined }): RequestContext {
  const alias = /(?:^|:)(alias\/.+)$/.exec(KeyId)?.[1]
  return alias ? { 'kms:RequestAlias': alias } : {}
}
