import type { JsonPlace } from './json-place.ts'
import { quoted } from './problem.ts'

/** The members of an object by their names. */
export class Members<Name extends string> {
  readonly #owner: JsonPlace
  readonly #members: ReadonlyMap<Name, JsonPlace>

  constructor(owner: JsonPlace, members: ReadonlyMap<Name, JsonPlace>) {
    this.#owner = owner
    this.#members = members
  }

  get(name: Name): JsonPlace | undefined {
    return this.#members.get(name)
  }

  /** A member for which `null` says that there is none. */
  nullable(name: Name): JsonPlace | undefined {
    const member = this.#members.get(name)
    return member?.value === null ? undefined : member
  }

  /** A member whose absence is a problem. */
  required(name: Name): JsonPlace | undefined {
    return this.#members.get(name) ?? this.#owner.problem(`${quoted(name)} is missing; add it`)
  }

  /** The one that is there of two members that exclude each other. */
  either(one: Name, other: Name): JsonPlace | undefined {
    const [first, second] = [this.get(one), this.get(other)]
    if (first && second) this.#owner.problem(`has both ${quoted(one)} and ${quoted(other)}; keep one of them`)
    return first ?? second
  }

  /** As {@link either}; that both are absent is a problem too. */
  requiredEither(one: Name, other: Name): JsonPlace | undefined {
    const found = this.either(one, other)
    return found ?? this.#owner.problem(`${quoted(one)} is missing; add ${quoted(one)} or ${quoted(other)}`)
  }
}
