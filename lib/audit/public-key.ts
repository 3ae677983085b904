import { createPublicKey, type KeyObject } from 'node:crypto'

// RFC 8032, "Edwards-Curve Digital Signature Algorithm": a public key of Ed25519 is 32 bytes.
const PUBLIC_KEY = /^[0-9a-f]{64}$/

/** A public key of Ed25519 as the log names it: its 32 bytes as hexadecimal digits, so that it is its own fingerprint. */
export function publicKeyText(key: KeyObject): string {
  const { x } = key.export({ format: 'jwk' })
  return Buffer.from(String(x), 'base64url').toString('hex')
}

/** The key that {@link publicKeyText} names; undefined where the text names none. */
export function publicKeyOf(text: string): KeyObject | undefined {
  if (!PUBLIC_KEY.test(text)) return undefined
  const x = Buffer.from(text, 'hex').toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}

/** The text of the key in a PEM file, private or public; undefined where it holds no key of Ed25519. */
export function publicKeyOfPem(pem: string): string | undefined {
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'ed25519' ? publicKeyText(key) : undefined
  } catch {
    return undefined
  }
}
