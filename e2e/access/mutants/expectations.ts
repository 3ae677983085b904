import fc from 'fast-check'
import { accountArbitrary } from '../account.ts'
import type { CaseFile, Layer } from '../case-file.ts'
import { judgeEverywhere, type Quadrant } from '../exhaustive.ts'
import { caseArbitrary } from '../generate-case.ts'
import { judge, type Verdict } from '../judge.ts'
import { changed, unreadParts } from '../unread.ts'

/** What every mutant is tried on. The judge is slow, so it is asked once for all of them. */
export interface Expectations {
  closed: { file: CaseFile; verdict: Verdict }[]
  open: { file: CaseFile; outcomes: [Quadrant, CaseFile][] }[]
  unread: { file: CaseFile; parts: (Layer | 'grants')[] }[]
  accounts: CaseFile[][]
}

const CLOSED = 3_000
const OPEN = 800
const UNREAD = 300
const ACCOUNTS = 48

export function expectations(seed: number): Expectations {
  const sample = <T>(numRuns: number, arbitrary: (service: 'kms' | 'secretsmanager') => fc.Arbitrary<T>) =>
    (['kms', 'secretsmanager'] as const).flatMap((service) =>
      fc.sample(arbitrary(service), { numRuns: numRuns / 2, seed }),
    )
  const cases = (context: 'closed' | 'open', count: number) =>
    sample(count, (service) => caseArbitrary({ service, context }))
  return {
    closed: cases('closed', CLOSED).map((file) => ({ file, verdict: judge(file) })),
    open: cases('open', OPEN).flatMap((file) => {
      const outcomes = judgeEverywhere(file)
      return outcomes ? [{ file, outcomes: [...outcomes] }] : []
    }),
    unread: sample(UNREAD, (service) =>
      fc.record({ file: caseArbitrary({ service, context: 'open' }), parts: unreadParts(service) }),
    ),
    accounts: sample(ACCOUNTS, (service) =>
      fc
        .tuple(accountArbitrary(service), unreadParts(service))
        .map(([files, parts]) => related(files).map((file, at) => (at === 1 ? changed(file, parts, 'unread') : file))),
    ),
  }
}

/** The last resource is the one before it but for its tags, so that the two are parted by what is asked of these. */
function related(files: readonly CaseFile[]): CaseFile[] {
  return files.map((file, at) => {
    const like = files[at === 3 ? 2 : at]
    return like === undefined ? file : { ...file, resource: { ...like.resource, tags: file.resource.tags } }
  })
}
