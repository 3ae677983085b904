import fc from 'fast-check'

/** Printed by every property; `SEED=… vitest run` repeats it. */
export const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31)

/** What a property over a parser of foreign input is tried with. */
export const fuzz = { seed: SEED, numRuns: 10_000 }

const HALF_PAIRS = ['\ud800', '\udbff', '\udc00', '\udfff']

/** Texts that readers, stores, spreadsheets, shells and pages stumble over. */
const awkward = [
  '',
  ' ',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  // Formulas of spreadsheets, and lines of a header or a log.
  '=HYPERLINK("http://example.com")',
  '+1',
  '-1+1',
  '@SUM(A1)',
  '\t=1',
  'a\r\nSet-Cookie: a=b',
  '\u001b[2J',
  // Escapes of addresses, whole and broken.
  '%',
  '%00',
  '%zz',
  '%E0%A4%A',
  'a=b&c=d#e',
  '../../etc/passwd',
  "' or 1=1 --",
  '<script>alert(1)</script>',
  '$(id)',
  `\${env.HOME}`,
  // Direction, width, and nothing to see.
  '\u202egnp.exe',
  '\u2066\u2069',
  '\u200b',
  '\ufeff',
  '\u0000',
  ...HALF_PAIRS,
  'İ',
  'ẞ',
  '\ufdfa',
  // Sizes.
  'x'.repeat(128),
  'x'.repeat(129),
  'a-'.repeat(500),
  '\n'.repeat(500),
  '1e999',
  '-0',
  '9'.repeat(400),
]

/** Any text at all, awkward ones above all; these may be long. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...awkward) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...HALF_PAIRS, 'a', '\u{1f511}'), maxLength: 6 }) },
)

/** A text with some of it cut out and something hostile put in, at any place. */
export function tampered(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(texts, fc.nat(), fc.nat({ max: 8 }), hostileText).map(([text, at, cut, put]) => {
    const place = at % (text.length + 1)
    return text.slice(0, place) + put + text.slice(place + cut)
  })
}
