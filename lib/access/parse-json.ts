import { memberPath, type Problem, ProblemList } from './problem.ts'

/** A file of cases has about fifteen levels; far deeper ones are an attack on whoever reads them. */
const LEVELS_MAX = 64

/** An object or array around a place of the text: the names seen and the name at hand, or the index at hand. */
type Container = { readonly names: Set<string>; name: string } | { index: number }

/**
 * Reads JSON text. A name that stands twice in one object is a problem, because JSON readers keep one of the two in
 * silence, and nobody says which one AWS keeps. Never throws; time and memory grow linearly with the text.
 */
export function parseJson(text: string, path: string): { value: unknown; problems: readonly Problem[] } {
  const { duplicates, tooDeep } = scan(text, path)
  if (tooDeep) return { value: undefined, problems: [tooDeep] }
  try {
    return { value: JSON.parse(text), problems: duplicates }
  } catch (error) {
    const reason = error instanceof Error ? error.message.toWellFormed() : ''
    return { value: undefined, problems: [{ path, message: `is not JSON: ${reason}` }] }
  }
}

/** Looks for what JSON.parse passes over. Of a text that is no JSON the result means nothing, but is found safely. */
function scan(text: string, path: string): { duplicates: readonly Problem[]; tooDeep?: Problem } {
  const duplicates = new ProblemList()
  const around: Container[] = []
  let nameIsNext = false
  for (let at = 0; at < text.length && !duplicates.isFull; at++) {
    const container = around.at(-1)
    switch (text[at]) {
      case '{':
      case '[':
        nameIsNext = text[at] === '{'
        around.push(nameIsNext ? { names: new Set(), name: '' } : { index: 0 })
        if (around.length > LEVELS_MAX) {
          const tooDeep = { path: pathOf(path, around), message: `is more than ${LEVELS_MAX} levels deep; flatten it` }
          return { duplicates: [], tooDeep }
        }
        break
      case '}':
      case ']':
        around.pop()
        nameIsNext = false
        break
      case ',':
        nameIsNext = container !== undefined && 'names' in container
        if (container && 'index' in container) container.index++
        break
      case '"': {
        const end = endOfString(text, at)
        if (nameIsNext && container && 'names' in container) {
          container.name = unescaped(text.slice(at, end + 1))
          if (container.names.has(container.name))
            duplicates.add(pathOf(path, around), 'stands twice; keep one of them')
          container.names.add(container.name)
          nameIsNext = false
        }
        at = end
      }
    }
  }
  return { duplicates: duplicates.all }
}

function endOfString(text: string, start: number): number {
  let end = start + 1
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1
  return end
}

function unescaped(string: string): string {
  try {
    return JSON.parse(string)
  } catch {
    return string
  }
}

function pathOf(path: string, around: readonly Container[]): string {
  return around.reduce(
    (above, container) => ('names' in container ? memberPath(above, container.name) : `${above}[${container.index}]`),
    path,
  )
}
