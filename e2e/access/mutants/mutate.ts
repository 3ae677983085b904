import { parseAst } from 'vitest/node'

export interface Mutant {
  /** From the project's root. */
  file: string
  /** One piece of the source, by offsets, and what stands there instead. */
  start: number
  end: number
  text: string
  /** `settle: a && b → a || b`: names a mutant by its declaration and its code, also when lines move. */
  what: string
}

interface Node {
  type: string
  start: number
  end: number
  [name: string]: unknown
}

/** Every mutant of a source: and/or swapped, negations removed, comparisons turned, rows and elements dropped, answers inverted. */
export function mutantsOf(file: string, source: string): Mutant[] {
  const found: Mutant[] = []
  const times = new Map<string, number>()
  const textOf = ({ start, end }: Node) => source.slice(start, end)
  const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ')
  const put = (declared: string, node: Node, { start, end, text }: Change) => {
    const after = source.slice(node.start, start) + text + source.slice(end, node.end)
    const change = `\`${oneLine(textOf(node))}\` → \`${oneLine(after)}\``
    const what = `${declared}: ${text === '' ? `without \`${oneLine(source.slice(start, end))}\`` : change}`
    const time = (times.get(what) ?? 0) + 1
    times.set(what, time)
    found.push({ file, start, end, text, what: time === 1 ? what : `${what} (${time})` })
  }
  const see = (declared: string) => (node: Node, parent: Node | undefined) => {
    if (node.type.startsWith('TS')) return
    for (const rule of rules[node.type] ?? []) {
      for (const change of rule(node, textOf, parent)) put(declared, node, change)
    }
  }
  const { body } = parseAst(source, { lang: 'ts' }) as unknown as { body: Node[] }
  for (const statement of body) visit(statement, see(nameOf(statement)))
  return found
}

/** What a statement of a module declares. */
function nameOf(statement: Node): string {
  const declaration = (statement.declaration ?? statement) as Node
  const [first = declaration] = (declaration.declarations as Node[] | undefined) ?? []
  return String((first.id as Node | undefined)?.name ?? 'module')
}

type Change = Pick<Mutant, 'start' | 'end' | 'text'>
type Rule = (node: Node, textOf: (node: Node) => string, parent: Node | undefined) => Change[]

const turned: Record<string, string[]> = {
  '&&': ['||'],
  '||': ['&&'],
  '===': ['!=='],
  '!==': ['==='],
  '<': ['>=', '<='],
  '<=': ['>', '<'],
  '>': ['<=', '>='],
  '>=': ['<', '>'],
  '&': ['|'],
  '|': ['&'],
}

const operatorOf: Rule = (node, textOf) => {
  const [left, right] = [node.left as Node, node.right as Node]
  const between = { type: '', start: left.end, end: right.start }
  const operator = String(node.operator)
  return (turned[operator] ?? []).map((other) => ({ ...between, text: textOf(between).replace(operator, other) }))
}

const withoutOne = (list: Node[]): Change[] =>
  list.length < 2
    ? []
    : list.map((element, at) => {
        const next = list[at + 1]
        const start = next ? element.start : (list[at - 1]?.end ?? element.start)
        return { start, end: next ? next.start : element.end, text: '' }
      })

const quantifiers = new Map([
  ['some', 'every'],
  ['every', 'some'],
])

const rules: Record<string, Rule[]> = {
  LogicalExpression: [operatorOf],
  BinaryExpression: [operatorOf],
  UnaryExpression: [
    (node, textOf) =>
      node.operator === '!' || node.operator === '~'
        ? [{ start: node.start, end: node.end, text: textOf(node.argument as Node) }]
        : [],
  ],
  Literal: [
    (node) =>
      typeof node.value === 'boolean' ? [{ start: node.start, end: node.end, text: String(!node.value) }] : [],
  ],
  ConditionalExpression: [
    (node, textOf) => {
      const [yes, no] = [node.consequent as Node, node.alternate as Node]
      return [{ start: yes.start, end: no.end, text: `${textOf(no)} : ${textOf(yes)}` }]
    },
  ],
  ArrayExpression: [(node) => withoutOne((node.elements as (Node | null)[]).filter((element) => element !== null))],
  // Rows of a table: objects whose values are objects, functions, lists or literals, not those put together for a call.
  ObjectExpression: [
    (node, _textOf, parent) => (parent?.type === 'VariableDeclarator' ? withoutOne(node.properties as Node[]) : []),
  ],
  MemberExpression: [
    (node) => {
      const property = node.property as Node
      const other = node.computed === true ? undefined : quantifiers.get(String(property.name))
      return other ? [{ start: property.start, end: property.end, text: other }] : []
    },
  ],
  // `if (…) return …` never taken.
  IfStatement: [({ test }) => [{ start: (test as Node).start, end: (test as Node).end, text: 'false' }]],
}

function visit(node: Node, see: (node: Node, parent: Node | undefined) => void, parent?: Node): void {
  see(node, parent)
  if (node.type.startsWith('TS') && !('expression' in node)) return
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child !== null && typeof child === 'object' && 'type' in child) visit(child as Node, see, node)
    }
  }
}
