import type { Removal } from '#lib/removal/read-removal.ts'
import { pauseReasons } from '#lib/removal/state.ts'

/**
 * Why a removal stands still, and what makes it go on. Of credentials AWS's answer says more than we know: which failed,
 * where they came from, and how these are renewed.
 */
export function pauseSentences({
  pauseReason,
  pauseMessage,
}: Pick<Removal, 'pauseReason' | 'pauseMessage'>): readonly string[] {
  const reason = pauseReason ?? 'operator'
  if (pauseMessage === null) return [pauseReasons[reason]]
  return reason === 'credentials' ? [pauseMessage, 'once that is mended, resume'] : [pauseReasons[reason], pauseMessage]
}
