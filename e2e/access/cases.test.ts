import { describe, expect, test } from 'vitest'
import { table } from '#lib/access/cases/table.ts'
import type { CaseFile } from './case-file.ts'
import { judge } from './judge.ts'

/** The table was written from the documents alone; the sandbox's evaluator must answer it as the engine does. */
describe.each([...new Set(table.map(({ subject }) => subject))])('%s', (subject) => {
  const closed = table.flatMap((row) => (row.subject === subject && row.closed ? [{ ...row, closed: row.closed }] : []))
  test.for(closed)('$rule', ({ request, closed }) => {
    const { witness: _, ...expected } = closed
    expect(judge(request as CaseFile)).toMatchObject(expected)
  })
})
