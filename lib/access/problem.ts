/** What is wrong with an input, and where: `cases[3].principal.identityPolicies[0].Statement[2].Condition`. */
export interface Problem {
  readonly path: string
  readonly message: string
}

/** A file with more is not mended problem by problem. */
const PROBLEMS_MAX = 100
/** Characters of a name or a value that a message repeats. */
const QUOTED_MAX = 80

/** Gathers the problems of an input, so that all come at once. */
export class ProblemList {
  readonly all: Problem[] = []

  /** There are as many as anybody reads; a reader need not look for more. */
  get isFull(): boolean {
    return this.all.length > PROBLEMS_MAX
  }

  /** Notes a problem; the message starts in lower case and says what to do. */
  add(path: string, message: string): void {
    if (this.all.length < PROBLEMS_MAX) this.all.push({ path, message })
    else if (!this.isFull) this.all.push({ path: '', message: 'and more; mend these first' })
  }
}

/** A text of the input as a message shows it: in backticks, shortened, and safe for any terminal and any JSON reader. */
export function quoted(text: string): string {
  const short = text.length > QUOTED_MAX ? `${text.slice(0, QUOTED_MAX)}…` : text
  return `\`${short.toWellFormed().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD')}\``
}

/** The path of a member of an object: `a.b`, or `a["b c"]` where the name is no plain word. */
export function memberPath(path: string, name: string): string {
  if (!/^\w{1,80}$/.test(name)) return `${path}["${quoted(name).slice(1, -1)}"]`
  return path === '' ? name : `${path}.${name}`
}
