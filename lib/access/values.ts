import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

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
    if (!isDay(text)) return undefined
    const milliseconds = Date.parse(/T[^Z+-]*$/.test(text) ? `${text}Z` : text)
    return Number.isNaN(milliseconds) ? undefined : milliseconds
  }
  const seconds = numberValue(text)
  return seconds === undefined ? undefined : seconds * 1000
}

/** Whether the month has such a day; `Date.parse` takes the 30th of February for a day of March. */
function isDay(text: string): boolean {
  const day = text.slice(0, 'yyyy-mm-dd'.length)
  return day.length < 'yyyy-mm-dd'.length || new Date(Date.parse(day) || 0).toISOString().startsWith(day)
}

/**
 * Whether an IP address lies in a block (or is that address); undefined when one of both is none, and for IPv4 in digits
 * of IPv6 (`::ffff:10.0.0.1`) against IPv4, of which AWS says nothing.
 */
export function isIn(address: string, block: string): boolean | undefined {
  const [parsed, network] = [addresses(address), networks(block)]
  if (parsed === undefined || network === undefined) return undefined
  if (parsed.kind() === network[0].kind()) return parsed.match(network)
  return isMapped(parsed) || isMapped(network[0]) ? undefined : false
}

/** Reads `10.0.0.0/8`, `2001:db8::/32`, or one address as the block of itself; undefined for any other text. */
export function networkOf(block: string): [Address, number] | undefined {
  const address = addresses(block.split('/', 1)[0] ?? '')
  if (address === undefined) return undefined
  if (!block.includes('/')) return [address, address.kind() === 'ipv4' ? 32 : 128]
  return ipaddr.isValidCIDR(block) ? ipaddr.parseCIDR(block) : undefined
}

/** IPv4 has four decimal parts: `10.1` and `010.0.0.1` are other addresses to other readers. */
function addressOf(text: string): Address | undefined {
  return text.includes(':') ? readIpv6(text) : readIpv4(text)
}

function readIpv4(text: string): Address | undefined {
  return ipaddr.IPv4.isValidFourPartDecimal(text) ? ipaddr.IPv4.parse(text) : undefined
}

function readIpv6(text: string): Address | undefined {
  return ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : undefined
}

function isMapped(address: Address): boolean {
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()
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

const addresses = remembering(addressOf)
const networks = remembering(networkOf)
