export interface Measure {
  metric: string
  value: number
  unit: string
  /** What the figure should reach, in words. */
  goal?: string
}

const digits = (value: number) => (Number.isInteger(value) ? value : Number(value.toPrecision(3)))

/** Prints the measures of a bench: as a table, or with `--json` as one object a line. */
export function printMeasures(bench: string, measures: Measure[]): void {
  if (process.argv.includes('--json')) {
    for (const { metric, value, unit } of measures) {
      console.log(JSON.stringify({ bench, metric, value: digits(value), unit }))
    }
    return
  }
  const width = Math.max(...measures.map(({ metric }) => metric.length))
  for (const { metric, value, unit, goal } of measures) {
    const figure = `${digits(value)} ${unit}`.padEnd(14)
    console.log(`${metric.padEnd(width)}  ${goal ? `${figure}goal: ${goal}` : figure.trimEnd()}`)
  }
}

/** The middle one, so that a pause of the machine does not decide. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** The value below which this share of all lie. */
export function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN
}
