interface PolicyLines {
  lines: string[]
  /** Of the statement, counted from 0; `to` is behind its last line. */
  from: number
  to: number
}

/** A policy as pretty JSON, line by line, and where one of its statements stands. What is no JSON has no such place. */
export function policyLines(text: string, index: number): PolicyLines {
  const policy = parsed(text)
  if (policy === undefined) return { lines: text.split('\n'), from: 0, to: 0 }
  const members = Object.entries(policy)
  const before = members.slice(
    0,
    members.findIndex(([name]) => name === 'Statement'),
  )
  const head = 1 + sum(before.map(([, value]) => heightOf(value)))
  const { Statement: statements } = policy
  const [from, statement] = Array.isArray(statements)
    ? [head + 1 + sum(statements.slice(0, index).map(heightOf)), statements[index]]
    : [head, statements]
  return { lines: linesOf(policy), from, to: from + heightOf(statement) }
}

const linesOf = (value: unknown) => JSON.stringify(value, null, 2).split('\n')
const heightOf = (value: unknown) => linesOf(value).length
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'Statement' in value ? { ...value } : undefined
  } catch {
    return undefined
  }
}
