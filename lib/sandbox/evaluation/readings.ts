import type { Judgement } from './facts.ts'

/**
 * Asks how to read what AWS's documents leave open: the reason, the place where the question came up, and the
 * answer by which the sandbox goes.
 */
export type Ask = (reason: string, place: unknown, ourReading: boolean) => boolean

/** Beyond this many questions on one path the readings are not tried any more: 2^8 judgements are enough. */
const QUESTIONS_MAX = 8

/**
 * Judges by the sandbox's own reading, and again by every other answer to the questions that were asked on the way.
 * The judgement is undocumented only where another answer would let through what this one refuses, or the reverse.
 */
export function underEveryReading(judge: (ask: Ask) => Judgement): Judgement {
  const reasons = new Set<string>()
  const ours = judge((reason, _place, ourReading) => {
    reasons.add(reason)
    return ourReading
  })
  if (reasons.size === 0) return ours

  const agrees = (answers: ReadonlyMap<string, boolean>): boolean => {
    let open: string | undefined
    const judgement = judge((reason, place, ourReading) => {
      reasons.add(reason)
      const question = `${reason}: ${JSON.stringify(place)}`
      const answer = answers.get(question)
      if (answer === undefined) open ??= question
      return answer ?? ourReading
    })
    if (open === undefined) return (judgement.decision === 'allowed') === (ours.decision === 'allowed')
    if (answers.size === QUESTIONS_MAX) return false
    return agrees(new Map(answers).set(open, true)) && agrees(new Map(answers).set(open, false))
  }
  return agrees(new Map()) ? ours : { ...ours, undocumented: [...reasons].join('; ') }
}
