import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ExpectedError } from '../errors.ts'
import { publicKeyText } from './public-key.ts'

export interface SigningKey {
  privateKey: KeyObject
  /** 64 hexadecimal digits. */
  publicKey: string
}

/**
 * The Ed25519 key of a console, from `signing-key.pem` in its audit folder, which only its owner may read; made at the
 * first start, with `public-key.pem` beside it for whoever verifies.
 *
 * @throws ExpectedError `invalidInput` when the file holds no such key, or is gone although checkpoints were signed
 */
export function openSigningKey(folder: string, hasSigned: boolean): SigningKey {
  const file = join(folder, 'signing-key.pem')
  if (!existsSync(file) && hasSigned)
    throw new ExpectedError('invalidInput', `\`${file}\` is gone, with which checkpoints were signed; ${remedy}`)
  if (!existsSync(file)) return createSigningKey(folder, file)
  try {
    const privateKey = createPrivateKey(readFileSync(file))
    if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error(`it is of type ${privateKey.asymmetricKeyType}`)
    return { privateKey, publicKey: publicKeyText(createPublicKey(privateKey)) }
  } catch (cause) {
    throw new ExpectedError('invalidInput', `\`${file}\` holds no key that can sign (${String(cause)}); ${remedy}`, {
      cause,
    })
  }
}

const remedy = 'put it back, or keep the folder somewhere else and set UNTAG_AUDIT to a new one'

function createSigningKey(folder: string, file: string): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx', flush: true })
  writeFileSync(join(folder, 'public-key.pem'), publicKey.export({ type: 'spki', format: 'pem' }), { flush: true })
  return { privateKey, publicKey: publicKeyText(publicKey) }
}
