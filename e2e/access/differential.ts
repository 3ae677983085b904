import fc from 'fast-check'
import type { Service } from './alphabet.ts'
import { type CaseFile, policiesOf } from './case-file.ts'
import { answer, asFile } from './engine.ts'
import { caseArbitrary } from './generate-case.ts'
import { judge } from './judge.ts'
import { seed } from './seed.ts'

/**
 * The engine in closed context against the sandbox's evaluator, which shares nothing with it, on this many cases.
 * Answers in how many the engine says unknown for a listed reason where the judge decides.
 * @throws the first difference, made as small as it gets, as a file for `npm run impact`
 */
export function compareClosed(service: Service, cases: number): number {
  let doubts = 0
  const same = fc.property(caseArbitrary({ service, context: 'closed' }), (file) => {
    const [engine, judged] = [answer(file, 'closed'), judge(file)]
    if (agree(engine, judged)) return
    if (!doubtsMore(engine, judged) || !knownDoubts.some(({ is }) => is(file))) {
      throw new Error(`the engine says ${told(engine)}, the judge ${told(judged)}:\n${asFile(file)}`)
    }
    doubts += 1
  })
  fc.assert(same, { numRuns: cases, seed })
  return doubts
}

type Said = { before: string; after: string; effect: readonly string[]; reason?: string; undocumented?: string }

/** Decisions are compared; the effect only where both sides are known, for it follows from them. */
export function agree(engine: Said, judged: Said): boolean {
  const isSame = engine.before === judged.before && engine.after === judged.after
  return isSame && (judged.effect.includes('unknown') || engine.effect.join() === judged.effect.join())
}

/** The engine says unknown wherever it does not say what the judge says. */
function doubtsMore(engine: Said, judged: Said): boolean {
  return (['before', 'after'] as const).every((side) => engine[side] === 'unknown' || engine[side] === judged[side])
}

/** Where the engine may be surer than it is. */
const knownDoubts: { is: (file: CaseFile) => boolean; reason: string }[] = [
  {
    is: (file) => statementsOf(file).some((text) => (text.match(/"For(?:Any|All)Value/g) ?? []).length > 1),
    reason: 'it doubts each of two set operators over one empty text apart, though they cannot hold together',
  },
]

function statementsOf(file: CaseFile): string[] {
  return policiesOf(file).flatMap(({ policy }) => policy.Statement.map((statement) => JSON.stringify(statement)))
}

function told({ before, after, effect, reason, undocumented }: Said): string {
  const why = reason ?? undocumented
  return `${before} → ${after} (${effect.join(', ') || 'no effect'})${why ? ` because ${why}` : ''}`
}
