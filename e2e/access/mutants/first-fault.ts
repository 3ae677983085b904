import { basename, dirname } from 'node:path'
import type { AccessAnswer } from '#lib/access/case.ts'
import { table } from '#lib/access/cases/table.ts'
import { decide } from '#lib/access/decide.ts'
import { parseCases } from '#lib/access/parse-case.ts'
import { disagreements } from '../account.ts'
import { agree } from '../differential.ts'
import { answer } from '../engine.ts'
import { faultsOf } from '../open.ts'
import { contradictions } from '../unread.ts'
import type { Expectations } from './expectations.ts'

const contexts = ['closed', 'open'] as const

/** What the engine is tried on besides the tables of cases. */
const trials = {
  *closed({ closed }) {
    for (const [at, { file, verdict }] of closed.entries()) {
      const said = answer(file, 'closed')
      if (!agree(said, verdict) || !isReasoned(said)) yield `differential: case ${at}`
    }
  },
  *open({ open }) {
    for (const [at, { file, outcomes }] of open.entries()) {
      for (const fault of faultsOf(answer(file, 'open'), new Map(outcomes), file)) yield `open: case ${at}: ${fault}`
    }
  },
  *unread({ unread }) {
    for (const { file, parts } of unread) for (const context of contexts) yield* contradictions(file, parts, context)
  },
  *accounts({ accounts }) {
    for (const files of accounts) for (const context of contexts) yield* disagreements(files, context)
  },
} satisfies Record<string, (expected: Expectations) => Iterable<string>>

type Trial = keyof typeof trials

/** By the folder in lib/access. What never gets there, or tells two answers of its apart only, is left out. */
const order: Record<string, readonly Trial[]> = {
  search: ['open', 'unread'],
  account: ['accounts'],
}
const all: readonly Trial[] = ['closed', 'open', 'unread', 'accounts']

/**
 * The first thing that the engine gets wrong against the judge, in the search, on layers that were not read, or in whole
 * accounts; undefined when nothing. `file`: the one that was changed.
 */
export function firstFault(expected: Expectations, file = ''): string | undefined {
  for (const trial of order[basename(dirname(file))] ?? all) {
    for (const fault of trials[trial](expected)) return fault
  }
  return undefined
}

/** The first row of the tables of cases that the engine gets wrong; undefined when none. */
export function firstTableFault(): string | undefined {
  for (const fault of tableFaults()) return fault
  return undefined
}

function* tableFaults(): Iterable<string> {
  for (const row of table) {
    for (const context of contexts) {
      const expected = row[context]
      const [question] = parseCases(JSON.stringify({ cases: [row.request] })).cases
      if (!expected || !question) continue
      const said = decide(question, { context })
      const isSame = (['before', 'after'] as const).every((side) => (expected[side] ?? said[side]) === said[side])
      const isBlocked = row.awsBlocksUntag ?? said.awsBlocksUntag
      const isEffect = said.effect.toSorted().join() === expected.effect.toSorted().join()
      const isRight =
        isSame && isEffect && isReasoned(said) && (context === 'open' || isBlocked === said.awsBlocksUntag)
      if (!isRight) yield `table: ${row.subject}: ${row.rule}`
    }
  }
}

function isReasoned({ effect, reason }: AccessAnswer): boolean {
  return !effect.includes('unknown') || (reason !== undefined && reason !== '' && !reason.includes('undefined'))
}
