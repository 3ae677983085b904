import { createHash, randomBytes } from 'node:crypto'

/** What goes before every value of one removal: without it, nobody can find a value by trying likely ones. */
export function createSalt(): string {
  return randomBytes(16).toString('hex')
}

/**
 * How the audit log names an old value: SHA-256, hex, over the removal's salt and the value. Who has the salt and a value
 * can show that it is the one; once the salt is purged with the values, the hash tells nothing.
 */
export function hashValue(salt: string, value: string): string {
  return createHash('sha256').update(`${salt}${value}`).digest('hex')
}
