import { type KeyObject, sign, verify } from 'node:crypto'
import { publicKeyOf } from './public-key.ts'

/** One way to write each: Node would take capital letters as well. */
const SIGNATURE = /^[0-9a-f]{128}$/

/** A line of JSON whose last member is the signature, hex, over the same line without it. Each kind of line names itself. */
export function signedLine(privateKey: KeyObject, content: { kind: string }): string {
  const signature = sign(null, Buffer.from(JSON.stringify(content)), privateKey).toString('hex')
  return JSON.stringify({ ...content, signature })
}

/** Whether the holder of this key has signed exactly this content. */
export function signatureHolds(publicKey: string, { signature, ...content }: { signature: string }): boolean {
  const key = publicKeyOf(publicKey)
  if (!key || !SIGNATURE.test(signature)) return false
  return verify(null, Buffer.from(JSON.stringify(content)), key, Buffer.from(signature, 'hex'))
}
