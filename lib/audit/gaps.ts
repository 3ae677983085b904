// More of them say nothing new, and a file that is all gaps must not fill the memory.
const GAPS_MAX = 1000

interface Gap {
  from: number
  to: number
}

/** The places of a chain that were passed over, of which any may still come: then its event was moved, and is not missing. */
export class Gaps {
  #gaps: Gap[] = []

  /** False when there are too many to remember one more. */
  open(gap: Gap): boolean {
    if (this.#gaps.length >= GAPS_MAX) return false
    this.#gaps.push(gap)
    return true
  }

  /** Whether this place was passed over; from now on it no longer is. */
  fill(seq: number): boolean {
    const found = this.#gaps.find(({ from, to }) => from <= seq && seq <= to)
    if (!found) return false
    const { from, to } = found
    const rest = [
      { from, to: seq - 1 },
      { from: seq + 1, to },
    ]
    this.#gaps = this.#gaps.flatMap((gap) => (gap === found ? rest.filter((one) => one.from <= one.to) : gap))
    return true
  }

  /** In order. */
  left(): readonly Gap[] {
    return this.#gaps
  }
}
