import fc from 'fast-check'

/** One of each element, for mutations to start from. */
export const validPolicy = {
  Version: '2012-10-17',
  Id: 'all elements',
  Statement: [
    { Sid: 'A', Effect: 'Allow', Action: ['kms:*', 'secretsmanager:Get*'], Resource: '*' },
    {
      Effect: 'Deny',
      NotAction: 'kms:CreateGrant',
      NotResource: [`arn:aws:kms:*:*:key/\${aws:PrincipalTag/x}`],
      Condition: {
        StringEquals: { 'aws:ResourceTag/team': ['a', 'b'], 'aws:PrincipalTag/x': `\${aws:ResourceTag/y, 'z'}` },
        'ForAllValues:StringLikeIfExists': { 'aws:TagKeys': ['*', '?'] },
        Bool: { 'aws:SecureTransport': false },
        NumericLessThan: { 'aws:MultiFactorAuthAge': 3600 },
      },
    },
  ],
}

/** Texts that readers of policies stumble over. */
export const awkwardTexts = [
  // Patterns and variables.
  '',
  '*',
  '?',
  '${',
  `\${}`,
  `\${*}`,
  "${aws:x, '",
  `\${aws:ResourceTag/team}`,
  `\${AWS:RESOURCETAG/TEAM}`,
  `\${aws:TagKeys}`,
  '*'.repeat(2000),
  '?'.repeat(2000),
  '*a'.repeat(1000),
  '${'.repeat(2000),
  `\${${' '.repeat(20_000)}`,
  // Names, and texts that are no text.
  '__proto__',
  'constructor',
  'toString',
  '\ud800',
  '\u0000',
  'İ',
  'ß',
  '2008-10-17',
  'NotAction',
  'Null',
  'Resource',
  // Operators, values of other types, context keys.
  'ForAnyValue:Null',
  'ForAllValues:StringNotEqualsIfExists',
  'DateLessThan',
  'NumericEquals',
  'IpAddress',
  'ArnLike',
  '10.0.0.0/33',
  '::/0',
  '10.0.0.0/-1',
  '1e999',
  'NaN',
  '2026-02-30',
  '9'.repeat(400),
  'arn:aws',
  'arn:::::',
  'true',
  'aws:ResourceTag/',
  'aws:ResourceTag/team',
  'kms:ResourceAliases',
  'aws:PrincipalArn',
  'aws:CurrentTime',
  'aws:SourceIp',
]
const awkwardValues = ['null', '{}', '[]', '[[]]', '[null]', '[{}]', '1e400', '-0', 'true', '{"__proto__":1}']

const anyJson = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...awkwardTexts.map((text) => JSON.stringify(text))) },
  { weight: 1, arbitrary: fc.constantFrom(...awkwardValues) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 4 }) },
)

interface Mutation {
  at: number
  /** JSON text. */
  by: string
  kind: 'value' | 'name' | 'cut' | 'character'
}

/** Any change to a JSON text: of a value, of a name, of a character, or of its end. */
export const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(),
  by: anyJson,
  kind: fc.constantFrom('value', 'name', 'cut', 'character'),
})

/** Changes that mostly leave well-formed policies: texts for texts. */
export const textMutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(),
  by: fc.constantFrom(...awkwardTexts.map((text) => JSON.stringify(text))),
  kind: fc.constantFrom('value', 'name'),
})

const VALUE = /"(?:[^"\\]|\\.)*"(?!\s*:)|\b(?:true|false|null)\b|-?\b\d+\b|\{[^{}]*\}|\[[^[\]]*\]/g
const NAME = /"(?:[^"\\]|\\.)*"(?=\s*:)/g

/** A JSON text after one mutation; it need not be JSON any more. */
export function mutated(text: string, { at, by, kind }: Mutation): string {
  const position = at % (text.length + 1)
  if (kind === 'cut') return text.slice(0, position)
  if (kind === 'character') return text.slice(0, position) + by + text.slice(position + 1)
  const found = [...text.matchAll(kind === 'value' ? VALUE : NAME)]
  const one = found[at % Math.max(found.length, 1)]
  if (!one) return text
  const replacement = kind === 'value' || by.startsWith('"') ? by : JSON.stringify(by)
  return text.slice(0, one.index) + replacement + text.slice(one.index + one[0].length)
}
