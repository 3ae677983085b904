'use client'
import Checkbox from '@cloudscape-design/components/checkbox'
import { ErrorNote } from '#components/ui/error-note.tsx'
import { canaryLabel, canarySentences, NO_CANARY } from './canary-words.ts'
import type { CanaryChoice } from './use-canary.ts'

/** The choice to try a removal on a few resources first; it says how many, how long it takes, and what comes of it. */
export function CanaryField({ canary, readOnly }: { canary: CanaryChoice; readOnly: boolean }) {
  const { offer, error, ask, isPossible, chosen, choose } = canary
  if (!offer) {
    return error && <ErrorNote title="It is not known what could go first" error={error} retry={() => void ask()} />
  }
  return (
    <Checkbox
      checked={chosen}
      disabled={!isPossible}
      readOnly={readOnly}
      description={isPossible ? canarySentences(offer).join(' ') : NO_CANARY}
      onChange={({ detail }) => choose(detail.checked)}
    >
      {isPossible ? canaryLabel(offer) : 'First only a few resources, then ask me'}
    </Checkbox>
  )
}
