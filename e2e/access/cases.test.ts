import { describe, expect, test } from 'vitest'
import { table } from '#lib/access/cases/table.ts'
import type { CaseFile } from './case-file.ts'
import { judge } from './judge.ts'

const closedRows = table.flatMap((row) => (row.closed && !row.isUnread ? [{ ...row, closed: row.closed }] : []))

/** The table was written from the documents alone; the sandbox's evaluator must answer it as the engine does. */
for (const [subject, rows] of Map.groupBy(closedRows, (row) => row.subject)) {
  describe(subject, () => {
    for (const { rule, request, closed } of rows) {
      const { witness: _, ...expected } = closed
      test(rule, () => expect(judge(request as CaseFile)).toMatchObject(expected))
    }
  })
}
