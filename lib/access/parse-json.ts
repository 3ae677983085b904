import { memberPath, type Problem, ProblemList } from './problem.ts'

/** The containers around a place of the text, outermost first: names seen and the name at hand, or the index at hand. */
type Container = { readonly names: Set<string>; name: string } | { index: number }

/**
 * Reads JSON text of any depth. A name that stands twice in one object is a problem, because JSON readers keep one of
 * the two in silence, and nobody says which one AWS keeps.
 */
export function parseJson(text: string, path: string): { value: unknown; problems: readonly Problem[] } {
  try {
    const value: unknown = JSON.parse(text)
    return { value, problems: duplicateNames(text, path) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { value: undefined, problems: [{ path, message: `is not JSON: ${reason.toWellFormed()}` }] }
  }
}

/** Walks JSON that is known to be well formed, with a stack of its own: recursion would end at some depth. */
function duplicateNames(text: string, path: string): readonly Problem[] {
  const problems = new ProblemList()
  const around: Container[] = []
  let nameIsNext = false
  for (let at = 0; at < text.length; at++) {
    const container = around.at(-1)
    switch (text[at]) {
      case '{':
        around.push({ names: new Set(), name: '' })
        nameIsNext = true
        break
      case '[':
        around.push({ index: 0 })
        nameIsNext = false
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
          container.name = JSON.parse(text.slice(at, end + 1))
          if (container.names.has(container.name)) problems.add(pathOf(path, around), 'stands twice; keep one of them')
          container.names.add(container.name)
          nameIsNext = false
        }
        at = end
      }
    }
  }
  return problems.all
}

function endOfString(text: string, start: number): number {
  let end = start + 1
  while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1
  return end
}

function pathOf(path: string, around: readonly Container[]): string {
  return around.reduce(
    (above, container) => ('names' in container ? memberPath(above, container.name) : `${above}[${container.index}]`),
    path,
  )
}
