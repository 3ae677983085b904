import type { AcknowledgementKind } from '#lib/item-impact.ts'
import type { Direction } from '#lib/removal/state.ts'

const ofEitherDirection = {
  ownLoss: 'you lose or may lose access yourself',
  gain: 'access is gained',
  othersLose: 'others lose or may lose access',
  protected: 'protected tags are removed',
  unknown: 'it is unknown what becomes of access',
  notRead: 'parts of the picture were not read',
} as const

/** What is acknowledged, after “that”. */
export const acknowledgedClauses: Record<Direction, Record<AcknowledgementKind, string>> = {
  remove: { ...ofEitherDirection, irreversible: 'you cannot put these tags back' },
  putBack: { ...ofEitherDirection, irreversible: 'you cannot remove these tags again' },
}
