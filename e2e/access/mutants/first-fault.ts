import { table } from '#lib/access/cases/table.ts'
import { decide } from '#lib/access/decide.ts'
import { parseCases } from '#lib/access/parse-case.ts'
import { agree } from '../differential.ts'
import { answer } from '../engine.ts'
import { faultsOf } from '../open.ts'
import type { Expectations } from './expectations.ts'

/** The first thing that the engine gets wrong: in the tables of cases, against the judge, or in the search; undefined when nothing. */
export function firstFault({ closed, open }: Expectations): string | undefined {
  for (const row of table) {
    for (const context of ['closed', 'open'] as const) {
      const expected = row[context]
      const [question] = parseCases(JSON.stringify({ cases: [row.request] })).cases
      if (!expected || !question) continue
      const said = decide(question, { context })
      const isSame = (expected.before ?? said.before) === said.before && (expected.after ?? said.after) === said.after
      if (!isSame || said.effect.toSorted().join() !== expected.effect.toSorted().join())
        return `table: ${row.subject}: ${row.rule}`
      if (row.awsBlocksUntag !== undefined && row.awsBlocksUntag !== said.awsBlocksUntag && context === 'closed')
        return `table: ${row.rule}`
    }
  }
  for (const [at, { file, verdict }] of closed.entries())
    if (!agree(answer(file, 'closed'), verdict)) return `differential: case ${at}`
  for (const [at, { file, outcomes }] of open.entries()) {
    const [fault] = faultsOf(answer(file, 'open'), new Map(outcomes), file)
    if (fault !== undefined) return `open: case ${at}: ${fault}`
  }
  return undefined
}
