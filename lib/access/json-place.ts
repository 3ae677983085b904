import { memberPath, type ProblemList, quoted } from './problem.ts'

/**
 * A JSON value and where it stands. Every reading yields what was asked for, or notes a problem with the path and
 * yields `undefined`; so a reader goes on to the next thing, and all problems come at once.
 */
export class JsonPlace {
  readonly value: unknown
  readonly path: string
  readonly #problems: ProblemList

  constructor(value: unknown, path: string, problems: ProblemList) {
    this.value = value
    this.path = path
    this.#problems = problems
  }

  /** Notes a problem with this value. */
  problem(message: string): undefined {
    this.#problems.add(this.path, message)
  }

  /** An object with these members and no others; the names are those of the format. */
  object<Name extends string>(names: readonly Name[]): ReadonlyMap<Name, JsonPlace> | undefined {
    const entries = this.entries()
    if (!entries) return undefined
    const members = new Map<Name, JsonPlace>()
    for (const [name, place] of entries) {
      const known = names.find((each) => each === name)
      if (known) members.set(known, place)
      else place.problem(`unknown element; ${meant(name, names)}`)
    }
    return members
  }

  /** The members of an object whose names are free: tag keys, context keys. */
  entries(): [string, JsonPlace][] | undefined {
    const { value } = this
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.problem(`is ${kindOf(value)}; write an object`)
    }
    return Object.entries(value).map(([name, member]) => [
      name,
      new JsonPlace(member, memberPath(this.path, name), this.#problems),
    ])
  }

  /** The items of an array. */
  items(): JsonPlace[] | undefined {
    if (!Array.isArray(this.value)) return this.problem(`is ${kindOf(this.value)}; write an array`)
    return this.value.map((item, index) => new JsonPlace(item, `${this.path}[${index}]`, this.#problems))
  }

  /** The items of an array, or the one value that stands without brackets. */
  oneOrMany(): JsonPlace[] {
    return Array.isArray(this.value) ? (this.items() ?? []) : [this]
  }

  /** A text. */
  text(): string | undefined {
    return typeof this.value === 'string'
      ? this.value
      : this.problem(`is ${kindOf(this.value)}; write a text in quotes`)
  }

  /** A text that is not empty. */
  name(): string | undefined {
    const text = this.text()
    return text === '' ? this.problem('is empty; write a text') : text
  }

  /**
   * A text, or a number or Boolean without its quotation marks.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html The policy language and JSON
   */
  scalar(): string | undefined {
    const { value } = this
    if (typeof value === 'boolean') return String(value)
    if (typeof value !== 'number') return this.text()
    // Beyond this the JSON reader has lost digits, as in an account number that was written without quotes.
    return Math.abs(value) <= Number.MAX_SAFE_INTEGER
      ? String(value)
      : this.problem('is a number that does not fit; put it in quotes')
  }

  /** One of a few texts. */
  oneOf<Text extends string>(texts: readonly Text[]): Text | undefined {
    const found = texts.find((text) => text === this.value)
    if (found === undefined) this.problem(`is ${kindOf(this.value)}; write ${texts.map(quoted).join(' or ')}`)
    return found
  }

  /** Reads every item that can be read of an array, or of one value without brackets. */
  list<Item>(read: (place: JsonPlace) => Item | undefined): Item[] {
    return this.oneOrMany().flatMap((place) => read(place) ?? [])
  }
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'an empty text' : quoted(value)
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `the ${typeof value} ${quoted(String(value))}`
}

function meant(name: string, names: readonly string[]): string {
  const spelled = names.find((each) => each.toLowerCase() === name.toLowerCase())
  return spelled ? `it is spelled ${quoted(spelled)}` : `known are ${names.map(quoted).join(', ')}`
}
