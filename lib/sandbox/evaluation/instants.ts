// The formats of https://www.w3.org/TR/NOTE-datetime; only those with a time have a zone, the others are UTC.
const iso8601 = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?)?)?$/

/**
 * The instant, in milliseconds since 1970, that a date condition's value names: ISO 8601, or the seconds since 1970.
 * Four digits are a year. Undefined when it is neither.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export function instantOf(text: string): number | undefined {
  const milliseconds = iso8601.test(text)
    ? Date.parse(text)
    : /^\d+(\.\d+)?$/.test(text)
      ? Number(text) * 1000
      : Number.NaN
  return Number.isNaN(milliseconds) ? undefined : milliseconds
}
