/** Characters of a part that are repeated when it is not understood. */
export const SHOWN_MAX = 60

/** Reads what a page shows out of its address, part by part. What cannot be read is named in `problems`. */
export class AddressReader {
  readonly problems: string[] = []
  readonly #textOf: (name: string) => string | null

  constructor(textOf: (name: string) => string | null) {
    this.#textOf = textOf
  }

  /** A part of the address; the fallback where there is none, or none that `read` understands. */
  one<Value, Fallback>(name: string, read: (text: string) => Value | undefined, fallback: Fallback): Value | Fallback {
    const text = this.#textOf(name)
    if (text === null) return fallback
    const value = read(text)
    if (value === undefined) this.leaveOutValue(name, text)
    return value ?? fallback
  }

  /** The page that a list is at. Pages count from 1. */
  page(): number {
    return this.one('page', (text) => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined), 1)
  }

  /** Names a value that is not understood. */
  leaveOutValue(name: string, text: string): void {
    this.leaveOut(`\`${name}=${text.slice(0, SHOWN_MAX)}\``)
  }

  /** Names what else is not understood. */
  leaveOut(part: string): void {
    this.problems.push(`${part} in the address is not understood and was left out`)
  }
}
