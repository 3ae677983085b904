import fc from 'fast-check'
import type { AccessAnswer } from '#lib/access/case.ts'
import type { Service } from './alphabet.ts'
import type { CaseFile } from './case-file.ts'
import { answer, asFile } from './engine.ts'
import { judgeEverywhere, type Outcomes } from './exhaustive.ts'
import { caseArbitrary } from './generate-case.ts'
import { judge } from './judge.ts'
import { seed } from './seed.ts'

/** How often it was so, of all cases. */
export interface OpenCounts {
  cases: number
  /** More contexts than the search goes through. */
  tooMany: number
  flips: number
  /** `may-…`, `loss` or `gain` of which the exhaustive search knows no flip, though AWS's documents answer throughout. */
  falseAlarms: number
  /** Those among them that say undecided. */
  undecided: number
  /** `unknown` although AWS's documents answer in every context. */
  needlessUnknowns: number
  /** `depends` where the search found one decision only. */
  needlessDepends: number
}

/**
 * The engine in open context against the judge in every context that can matter.
 * @throws the first answer that promises too much, made small, as a file for `npm run impact`
 */
export function compareOpen(service: Service, cases: number): OpenCounts {
  const counts: OpenCounts = {
    cases: 0,
    tooMany: 0,
    flips: 0,
    falseAlarms: 0,
    undecided: 0,
    needlessUnknowns: 0,
    needlessDepends: 0,
  }
  const sound = fc.property(caseArbitrary({ service, context: 'open' }), (file) => {
    const outcomes = judgeEverywhere(file)
    counts.cases += 1
    if (!outcomes) {
      counts.tooMany += 1
      return
    }
    const said = answer(file, 'open')
    const broken = faultsOf(said, outcomes, file)
    if (broken.length > 0) {
      const seen = [...outcomes].map(
        ([quadrant, { context, principal }]) =>
          `${quadrant}: ${JSON.stringify({ context, arn: principal.arn, tags: principal.tags })}`,
      )
      throw new Error(`${broken.join('; ')}\n${JSON.stringify(said)}\n${seen.join('\n')}\n${asFile(file)}`)
    }
    count(counts, said, outcomes)
  })
  fc.assert(sound, { numRuns: cases, seed })
  return counts
}

/** The promises that an answer breaks, in words. */
export function faultsOf(said: AccessAnswer, seen: Outcomes, file: CaseFile): string[] {
  return promises.filter(({ holds }) => !holds(said, seen, file)).map(({ promise }) => promise)
}

const lost = ({ effect }: AccessAnswer) => effect.includes('loss') || effect.includes('may-lose')
const gained = ({ effect }: AccessAnswer) => effect.includes('gain') || effect.includes('may-gain')
const isUnknown = ({ effect }: AccessAnswer) => effect.includes('unknown')

const promises: { promise: string; holds: (said: AccessAnswer, seen: Outcomes, file: CaseFile) => boolean }[] = [
  {
    promise: 'no access is lost behind an answer that tells of no loss',
    holds: (said, seen) => isUnknown(said) || lost(said) || !seen.has('allow deny'),
  },
  {
    promise: 'no access is gained behind an answer that tells of no gain',
    holds: (said, seen) => isUnknown(said) || gained(said) || !seen.has('deny allow'),
  },
  {
    promise: 'no decision that one reading would flip behind “no effect”',
    holds: (said, seen) => said.effect.length > 0 || !halfKnown.some((quadrant) => seen.has(quadrant)),
  },
  {
    promise: 'no access is kept behind `loss`',
    holds: (said, seen) => !said.effect.includes('loss') || !seen.has('allow allow'),
  },
  {
    promise: 'no access is refused on both sides behind `gain`',
    holds: (said, seen) => !said.effect.includes('gain') || !seen.has('deny deny'),
  },
  {
    promise: '`before` and `after` hold in every context',
    holds: (said, seen) => sides.every((side) => isHeld(said, seen, side)),
  },
  {
    promise: 'whoever gains or loses is told by which statements of the case',
    holds: ({ effect, because }, _seen, file) =>
      (effect.length === 0 || effect.includes('unknown') || because.length > 0) &&
      because.every((pointer) => isIn(file, pointer)),
  },
  { promise: 'the witness flips', holds: (said, _seen, file) => isWitnessTrue(said, file) },
]
const halfKnown = ['allow unknown', 'unknown deny', 'deny unknown', 'unknown allow'] as const
const sides = [
  ['before', 0],
  ['after', 1],
] as const

function isHeld(said: AccessAnswer, seen: Outcomes, [side, at]: (typeof sides)[number]): boolean {
  if (said[side] !== 'allow' && said[side] !== 'deny') return true
  return [...seen.keys()].every((quadrant) => quadrant.split(' ')[at] === said[side])
}

/** `identityPolicies[0].Statement[1]` and the like are places of the principal, or of the case. */
function isIn({ principal, ...rest }: CaseFile, pointer: string): boolean {
  const path = String(pointer)
    .split(/[.[\]]+/)
    .filter((name) => name !== '')
  const found = path.reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], {
    ...rest,
    ...principal,
  })
  return typeof found === 'object' && ('Effect' in (found ?? {}) || 'grantId' in (found ?? {}))
}

/** Every sure answer needs none; one that tells of a flip in some context only must name such a context. */
function isWitnessTrue(said: AccessAnswer, file: CaseFile): boolean {
  if (!said.witness) return said.undecided === true || !said.effect.some((effect) => effect.startsWith('may-'))
  const { effect } = judge(withWitness(file, said.witness))
  return effect.some((flip) => (flip === 'loss' ? lost(said) : gained(said)))
}

/** The case with the witness's context; what the witness does not name is missing, unless every request has it. */
export function withWitness(file: CaseFile, witness: NonNullable<AccessAnswer['witness']>): CaseFile {
  const context: NonNullable<CaseFile['context']> = { ...inEveryRequest, ...lowerCased(file.context ?? {}) }
  const principal = { ...file.principal, tags: { ...file.principal.tags } }
  for (const [key, value] of Object.entries(witness)) {
    const tag = /^aws:principaltag\/(.*)$/i.exec(key)?.[1]
    if (value === null) continue
    if (tag !== undefined) principal.tags[tag] = [value].flat().join()
    else if (/^aws:userid$/i.test(key)) principal.arn = sessionOf(principal.arn, [value].flat().join())
    else context[key.toLowerCase()] = typeof value === 'string' ? value : [...value]
  }
  return { ...file, principal, context }
}

const inEveryRequest = {
  'aws:currenttime': '2026-01-01T00:00:00Z',
  'aws:epochtime': '1767225600',
  'aws:viaawsservice': 'false',
}

function lowerCased<T>(context: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]))
}

/** `AROA…:ada` is a session named ada. */
function sessionOf(roleArn: string, userId: string): string {
  return `${roleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${userId.split(':').at(-1)}`
}

function count(counts: OpenCounts, said: AccessAnswer, seen: Outcomes): void {
  const knows = (...quadrants: Parameters<Outcomes['has']>[0][]) => quadrants.some((quadrant) => seen.has(quadrant))
  const isDocumented = ![...seen.keys()].some((quadrant) => quadrant.includes('unknown'))
  if (knows('allow deny', 'deny allow')) counts.flips += 1
  if (isUnknown(said)) {
    if (isDocumented) counts.needlessUnknowns += 1
    return
  }
  const isFalse = (lost(said) && !knows('allow deny')) || (gained(said) && !knows('deny allow'))
  if (isDocumented && isFalse) {
    counts.falseAlarms += 1
    if (said.undecided) counts.undecided += 1
  }
  const decisions = (at: number) => new Set([...seen.keys()].map((quadrant) => quadrant.split(' ')[at])).size
  if (isDocumented && sides.some(([side, at]) => said[side] === 'depends' && decisions(at) < 2))
    counts.needlessDepends += 1
}
