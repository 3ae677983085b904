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
  const [parsed, network] = [addresses(address), networks(block)]
  if (parsed === undefined || network === undefined) return undefined
  return parsed.kind() === network[0].kind() && parsed.match(network)
}

/** Reads `10.0.0.0/8`, `2001:db8::/32`, or one address as the block of itself; undefined for any other text. */
export function networkOf(block: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined {
  if (ipaddr.isValidCIDR(block)) return ipaddr.parseCIDR(block)
  if (!ipaddr.isValid(block)) return undefined
  const address = ipaddr.parse(block)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

const REMEMBERED_MAX = 1_000

/** A search compares the same few texts over and over, and reading one is what takes the time. */
function remembering<Value>(read: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>()
  return (text) => {
    if (known.has(text)) return known.get(text) as Value
    if (known.size >= REMEMBERED_MAX) known.clear()
    const value = read(text)
    known.set(text, value)
    return value
  }
}

const addresses = remembering((text) => (ipaddr.isValid(text) ? ipaddr.parse(text) : undefined))
const networks = remembering(networkOf)
