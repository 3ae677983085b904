import type { AccessAnswer } from '#lib/access/case.ts'
import { decide } from '#lib/access/decide.ts'
import { parseCases } from '#lib/access/parse-case.ts'
import type { CaseFile } from './case-file.ts'

/** What the product answers to a case file, by the way that `npm run impact` takes: from text. */
export function answer(file: CaseFile, context: 'closed' | 'open'): AccessAnswer {
  const { cases, problems } = parseCases(JSON.stringify({ cases: [file] }))
  const [only] = cases
  if (problems.length > 0 || !only) throw new Error(`not a case: ${JSON.stringify(problems)}`)
  return decide(only, { context })
}

/** A case as one can feed it to `npm run --silent impact -- -`. */
export function asFile(file: CaseFile): string {
  return JSON.stringify({ cases: [file] }, null, 1)
}
