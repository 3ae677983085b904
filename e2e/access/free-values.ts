import type { ValueType } from './alphabet-context.ts'

/**
 * Values at which a key may change what a policy thinks of it: every constant that a policy asks for, what lies beside
 * it, and one that nobody asks for. More than needed is only slower.
 */
export function candidates(type: ValueType, constants: readonly string[]): string[] {
  const found = constants.flatMap((constant) => beside[type](constant))
  return [...new Set([...found, ...fresh[type]])]
}

const fresh: Record<ValueType, string[]> = {
  string: ['', 'q-fresh'],
  binary: [''],
  arn: ['arn:aws:sqs:eu-west-3:999988887777:q-fresh'],
  bool: ['true', 'false'],
  numeric: ['-1', '1000000'],
  date: ['2000-01-01T00:00:00Z', '2090-01-01T00:00:00Z'],
  ip: ['198.51.100.9', '0.0.0.0', '2001:db8:ffff::9', '::'],
}

const beside: Record<ValueType, (constant: string) => string[]> = {
  string: texts,
  binary: (constant) => [constant],
  arn: arns,
  bool: () => [],
  numeric: (constant) => [-1, -0.5, 0, 0.5, 1].map((step) => String(Number(constant) + step)),
  date: (constant) => {
    const ms = /^\d+$/.test(constant) ? Number(constant) * 1000 : Date.parse(constant)
    return [-1000, 0, 1000].map((step) => new Date(ms + step).toISOString().replace('.000', ''))
  },
  ip: addresses,
}

/**
 * A pattern filled with nothing, with something, in the other case, and with only the last letter in the other case. In
 * a policy without variables `${*}` is a wildcard between characters, else it is a star.
 */
function texts(constant: string): string[] {
  const literal = constant.replaceAll(/\$\{([*?$])\}/g, '$1')
  const filled = [literal, constant].flatMap((text) =>
    ['', 'q'].map((fill) => text.replaceAll('*', fill).replaceAll('?', 'q')),
  )
  const swapped = literal === literal.toLowerCase() ? literal.toUpperCase() : literal.toLowerCase()
  return [literal, ...filled, swapped, literal.slice(0, -1) + swapped.slice(-1)]
}

/** Texts that are ARNs; the wildcard of a pattern with too few parts is filled with several. */
function arns(constant: string): string[] {
  return [...texts(constant), constant.replaceAll('*', 'q:q:q')].filter((text) => text.split(':').length >= 6)
}

/** Both ends of a block and their neighbours outside; of IPv6 only the start and one far inside. */
function addresses(constant: string): string[] {
  const [start = '', bits] = constant.split('/')
  if (start.includes(':')) return [start, start.replace(/::.*$/, '::9')]
  const size = 2 ** (32 - Number(bits ?? 32))
  const first = start.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const whole = [first - 1, first, first + size - 1, first + size].filter(
    (address) => address >= 0 && address < 2 ** 32,
  )
  return whole.map((address) => [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.'))
}
