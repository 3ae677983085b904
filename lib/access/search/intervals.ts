/**
 * Points that hit every boundary, every interval between two of them and both sides, in order; whole numbers where an
 * interval has one, for most context keys take no other. In the boundaries' unit.
 *
 * @param least The least value that the key can have.
 */
export function pointsAround(boundaries: readonly number[], least = Number.NEGATIVE_INFINITY): number[] {
  const sorted = [...new Set(boundaries)].sort((a, b) => a - b)
  const [first = 0] = sorted
  const points = sorted.flatMap((boundary, i) => [
    boundary,
    between(boundary, sorted[i + 1] ?? boundary + gap(boundary) * 2),
  ])
  const above = [first - gap(first), ...points].filter((point) => point > least)
  return Number.isFinite(least) ? [least, ...above] : above
}

/** One, or as much as a number of this size needs in order to change at all. */
const gap = (n: number) => Math.max(1, Math.abs(n) * 2 ** -50)

function between(low: number, high: number): number {
  const whole = Math.floor(low) + 1
  // The next whole number after 2^53 is the same number.
  return low < whole && whole < high ? whole : low + (high - low) / 2
}
