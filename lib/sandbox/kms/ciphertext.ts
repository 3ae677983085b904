import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { AwsError } from '../errors.ts'
import type { Key } from '../state.ts'

export type EncryptionContext = Readonly<Record<string, string>>

const algorithm = 'aes-256-gcm'
const ivBytes = 12
const tagBytes = 16

/** Encrypts under the key; the ciphertext names the key, as KMS's own does. */
export function seal(key: Key, plaintext: Buffer, context: EncryptionContext = {}): Buffer {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv(algorithm, materialOf(key), iv).setAAD(canonical(context))
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return Buffer.concat([Buffer.from(`${key.arn}\0`), iv, cipher.getAuthTag(), sealed])
}

/** ARN of the key that the ciphertext was made under. @throws AwsError InvalidCiphertextException */
export function keyArnOf(ciphertext: Buffer): string {
  const end = ciphertext.indexOf(0)
  if (end < 0) throw invalid()
  return ciphertext.subarray(0, end).toString()
}

/** The plaintext. @throws AwsError InvalidCiphertextException when key, context or text are not the ones of then */
export function open(key: Key, ciphertext: Buffer, context: EncryptionContext = {}): Buffer {
  const body = ciphertext.subarray(ciphertext.indexOf(0) + 1)
  try {
    const decipher = createDecipheriv(algorithm, materialOf(key), body.subarray(0, ivBytes))
      .setAAD(canonical(context))
      .setAuthTag(body.subarray(ivBytes, ivBytes + tagBytes))
    return Buffer.concat([decipher.update(body.subarray(ivBytes + tagBytes)), decipher.final()])
  } catch {
    throw invalid()
  }
}

// Members of a multi-Region key share their id and their material. It guards nothing: the sandbox holds no secrets.
function materialOf({ id }: Key): Buffer {
  return createHash('sha256').update(id).digest()
}

function canonical(context: EncryptionContext): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(context).sort(([one], [other]) => (one < other ? -1 : 1))))
}

function invalid(): AwsError {
  return new AwsError('InvalidCiphertextException', '')
}
