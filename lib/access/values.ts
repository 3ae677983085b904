import ipaddr from 'ipaddr.js'

/** Reads an integer or a decimal; undefined for any other text. */
export function numberValue(text: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
}

// W3C's profile of ISO 8601: a year, a month, a day, or a moment with its offset from UTC.
const ISO = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/

/**
 * Reads a date as milliseconds since 1970, from ISO 8601 or from seconds since 1970; undefined for any other text.
 * Without offset it is UTC. Four digits are a year.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export function dateValue(text: string): number | undefined {
  if (ISO.test(text)) {
    const milliseconds = Date.parse(/T[^Z+-]*$/.test(text) ? `${text}Z` : text)
    return Number.isNaN(milliseconds) ? undefined : milliseconds
  }
  const seconds = numberValue(text)
  return seconds === undefined ? undefined : seconds * 1000
}

/** Whether an IP address lies in a block (or is that address); undefined when one of both is none. */
export function isIn(address: string, block: string): boolean | undefined {
  if (!ipaddr.isValid(address)) return undefined
  const network = networkOf(block)
  if (network === undefined) return undefined
  const parsed = ipaddr.parse(address)
  return parsed.kind() === network[0].kind() && parsed.match(network)
}

/** Reads `10.0.0.0/8`, `2001:db8::/32`, or one address as the block of itself; undefined for any other text. */
export function networkOf(block: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined {
  if (ipaddr.isValidCIDR(block)) return ipaddr.parseCIDR(block)
  if (!ipaddr.isValid(block)) return undefined
  const address = ipaddr.parse(block)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}
