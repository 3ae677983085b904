import fc from 'fast-check'
import type { Service } from './alphabet.ts'
import { answer, asFile } from './engine.ts'
import { caseArbitrary } from './generate-case.ts'
import { judge } from './judge.ts'
import { seed } from './seed.ts'

/**
 * The engine in closed context against the sandbox's evaluator, which shares nothing with it, on this many cases.
 * @throws the first difference, made as small as it gets, as a file for `npm run impact`
 */
export function compareClosed(service: Service, cases: number): void {
  const same = fc.property(caseArbitrary({ service, context: 'closed' }), (file) => {
    const [engine, judged] = [answer(file, 'closed'), judge(file)]
    if (agree(engine, judged)) return
    throw new Error(`the engine says ${told(engine)}, the judge ${told(judged)}:\n${asFile(file)}`)
  })
  fc.assert(same, { numRuns: cases, seed, endOnFailure: false, verbose: false })
}

type Said = { before: string; after: string; effect: readonly string[]; reason?: string; undocumented?: string }

/** Decisions are compared; the effect only where both sides are known, for it follows from them. */
export function agree(engine: Said, judged: Said): boolean {
  const isSame = engine.before === judged.before && engine.after === judged.after
  return isSame && (judged.effect.includes('unknown') || engine.effect.join() === judged.effect.join())
}

function told({ before, after, effect, reason, undocumented }: Said): string {
  return `${before} → ${after} (${effect.join(', ') || 'no effect'})${(reason ?? undocumented) ? ` because ${reason ?? undocumented}` : ''}`
}
