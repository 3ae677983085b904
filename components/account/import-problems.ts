import type { Problem as PolicyProblem } from '#lib/access/problem.ts'

/** The part of a path that names the file: the name itself where it is a plain word. */
function begins(path: string, name: string): string | undefined {
  return [`["${name}"]`, name].find((start) => path.startsWith(start) && /^([.[]|$)/.test(path.slice(start.length)))
}

/** The problems of one file, as one text with the place of each; null when there are none. */
export function problemsOfFile(problems: readonly PolicyProblem[], name: string): string | null {
  const told = problems.flatMap(({ path, message }) => {
    const start = begins(path, name)
    if (start === undefined) return []
    const place = path.slice(start.length).replace(/^\./, '')
    return place === '' ? `${name} ${message}` : `${place} ${message}`
  })
  return told.length > 0 ? told.join('; ') : null
}

/** The problems of a level as a whole, or of no file. */
export function problemsBesides(problems: readonly PolicyProblem[], names: readonly string[]): PolicyProblem[] {
  return problems.filter(({ path }) => !names.some((name) => begins(path, name) !== undefined))
}
