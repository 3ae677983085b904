import { Members } from './members.ts'
import { memberPath, type ProblemList, quoted } from './problem.ts'

/**
 * A JSON value and where it stands. Every reading yields what was asked for, or notes a problem with its path and
 * yields `undefined`, so that a reader goes on to the next thing and all problems come at once.
 */
export class JsonPlace {
  readonly value: unknown
  readonly #path: string
  readonly #problems: ProblemList

  constructor(value: unknown, path: string, problems: ProblemList) {
    this.value = value
    this.#path = path
    this.#problems = problems
  }

  /** Notes a problem with this value. */
  problem(message: string): undefined {
    this.#problems.add(this.#path, message)
  }

  /** An object with some of these members and no others. */
  object<Name extends string>(names: readonly Name[]): Members<Name> | undefined {
    const entries = this.entries()
    if (!entries) return undefined
    const members = new Map<Name, JsonPlace>()
    for (const [name, member] of entries) {
      if (this.#problems.isFull) break
      const known = names.find((each) => each === name)
      if (known) members.set(known, member)
      else member.problem(`unknown element; ${meant(name, names)}`)
    }
    return new Members(this, members)
  }

  /** The members of an object whose names are free: tag keys, context keys. */
  entries(): [string, JsonPlace][] | undefined {
    const { value } = this
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.problem(`is ${kindOf(value)}; write an object`)
    }
    return Object.entries(value).map(([name, member]) => [
      name,
      new JsonPlace(member, memberPath(this.#path, name), this.#problems),
    ])
  }

  /** What can be read of the items of an array. */
  array<Item>(read: (item: JsonPlace) => Item | undefined): Item[] | undefined {
    if (!Array.isArray(this.value)) return this.problem(`is ${kindOf(this.value)}; write an array`)
    const items: Item[] = []
    for (const [at, value] of this.value.entries()) {
      if (this.#problems.isFull) break
      const item = read(new JsonPlace(value, `${this.#path}[${at}]`, this.#problems))
      if (item !== undefined) items.push(item)
    }
    return items
  }

  /** As {@link array}; a single item may stand without brackets. */
  oneOrMany<Item>(read: (item: JsonPlace) => Item | undefined): Item[] {
    if (Array.isArray(this.value)) return this.array(read) ?? []
    const item = read(this)
    return item === undefined ? [] : [item]
  }

  /** A text, which may be empty. */
  text(): string | undefined {
    return typeof this.value === 'string'
      ? this.value
      : this.problem(`is ${kindOf(this.value)}; write a text in quotes`)
  }

  /** A text that is not empty. */
  name(): string | undefined {
    return this.value === '' ? this.problem('is empty; write a text') : this.text()
  }

  /**
   * A text, or a number or Boolean without its quotation marks.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html The policy language and JSON
   */
  scalar(): string | undefined {
    const { value } = this
    if (typeof value === 'boolean') return String(value)
    if (typeof value !== 'number') return this.text()
    // Beyond this the JSON reader has lost digits.
    const isExact = Math.abs(value) <= Number.MAX_SAFE_INTEGER
    return isExact ? String(value) : this.problem('is a number of too many digits; put it in quotes')
  }

  /** True or false. */
  boolean(): boolean | undefined {
    const { value } = this
    return typeof value === 'boolean' ? value : this.problem(`is ${kindOf(value)}; write true or false`)
  }

  /** One of a few texts. */
  oneOf<Text extends string>(texts: readonly Text[]): Text | undefined {
    const found = texts.find((text) => text === this.value)
    return found ?? this.problem(`is ${kindOf(this.value)}; write ${texts.map(quoted).join(' or ')}`)
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
