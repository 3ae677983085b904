import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const lifeMs = 10 * 60 * 1000

export interface OpenLink {
  /** A new token; the one before it, if it is still unused, ends. */
  issue(): string
  /** True once, and only for the newest token within ten minutes. */
  redeem(token: string): boolean
}

/**
 * The one-time token that the terminal prints: whoever can read the terminal that started Untag is its operator.
 * Only its hash is kept, and only in memory.
 */
export function createOpenLink(now: () => number = Date.now): OpenLink {
  let current: { hash: Buffer; expiresAt: number } | undefined

  return {
    issue() {
      const token = randomBytes(32).toString('base64url')
      current = { hash: sha256(token), expiresAt: now() + lifeMs }
      return token
    },
    redeem(token) {
      if (!current || now() >= current.expiresAt || !timingSafeEqual(current.hash, sha256(token))) return false
      current = undefined
      return true
    },
  }
}

function sha256(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
