import fc from 'fast-check'
import type { CaseFile } from '../case-file.ts'
import { judgeEverywhere, type Quadrant } from '../exhaustive.ts'
import { caseArbitrary } from '../generate-case.ts'
import { judge, type Verdict } from '../judge.ts'

/** What the judge says of cases that every mutant is tried on; the judge is slow, so it is asked once for all of them. */
export interface Expectations {
  closed: { file: CaseFile; verdict: Verdict }[]
  open: { file: CaseFile; outcomes: [Quadrant, CaseFile][] }[]
}

const CLOSED = 3_000
const OPEN = 800

export function expectations(seed: number): Expectations {
  const sample = (context: 'closed' | 'open', numRuns: number) =>
    (['kms', 'secretsmanager'] as const).flatMap((service) =>
      fc.sample(caseArbitrary({ service, context }), { numRuns: numRuns / 2, seed }),
    )
  return {
    closed: sample('closed', CLOSED).map((file) => ({ file, verdict: judge(file) })),
    open: sample('open', OPEN).flatMap((file) => {
      const outcomes = judgeEverywhere(file)
      return outcomes ? [{ file, outcomes: [...outcomes] }] : []
    }),
  }
}
