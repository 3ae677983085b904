import { expect, test } from 'vitest'
import type { PauseReason } from '#lib/removal/state.ts'
import { pauseSentences } from './pause-words.ts'

const restart = 'the AWS credentials have expired; they come from the environment: start Untag again with new ones'

test.each<[string, PauseReason | null, string | null, readonly string[]]>([
  ['by somebody', 'operator', null, ['paused by the operator']],
  ['from the journal', 'operator', 'recovered', ['paused by the operator', 'recovered']],
  ['no answer of AWS is known', 'credentials', null, ['the AWS credentials ended; renew them, then resume']],
  ['only a restart helps', 'credentials', restart, [restart, 'once that is mended, resume']],
])('%s', (_, pauseReason, pauseMessage, sentences) => {
  expect(pauseSentences({ pauseReason, pauseMessage })).toEqual(sentences)
})
