/** Whether tags are taken off, or the stored ones of an earlier removal put back. Both run through the same machinery. */
export type Direction = 'remove' | 'putBack'

export type RemovalState = 'running' | 'paused' | 'settled'
export type RemovalMove = 'pause' | 'resume' | 'cancel' | 'retryFailed' | 'putBack'

/** What the operator may do in which state. Cancelling stops what was not sent; what was sent is still proved. */
export const removalMoves = {
  running: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  settled: ['retryFailed', 'putBack'],
} as const satisfies Record<RemovalState, readonly RemovalMove[]>

/** Why a removal stands still; each says what makes it go on. */
export const pauseReasons = {
  operator: 'paused by the operator',
  credentials: 'the AWS credentials ended; renew them, then resume',
  otherIdentity: 'another AWS identity is signed in; only the identity that started this removal can resume it',
} as const
export type PauseReason = keyof typeof pauseReasons

/**
 * An item is one resource × its tag keys. `claimed` is entered in the same transaction that stores the old values, and
 * only from it is AWS called; `proving` means that the effect is believed but not yet read back twice.
 */
export const itemMoves = {
  pending: ['claimed', 'settled'],
  claimed: ['pending', 'proving', 'settled'],
  proving: ['settled'],
  settled: ['pending'],
} as const satisfies Record<string, readonly string[]>
export type ItemState = keyof typeof itemMoves
