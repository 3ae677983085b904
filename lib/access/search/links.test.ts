import { test } from 'vitest'
import { ends, expectDecided, loss, none, type Row } from './testing.ts'

const mfa = 'aws:multifactorauthpresent'
const mfaAge = 'aws:multifactorauthage'
const date = 'aws:currenttime'
const seconds = 'aws:epochtime'

/** What related keys tell of each other. */
const rows: readonly Row[] = [
  ['the time is always told', [ends(['Null', date, 'true'])], none],
  [
    'a moment between two in seconds',
    [ends(['NumericGreaterThan', seconds, '1767225601'], ['NumericLessThan', seconds, '1767225603'])],
    { ...loss, witness: { [seconds]: '1767225602' } },
  ],
  [
    'a moment between two in seconds that could be years',
    [ends(['NumericGreaterThan', seconds, '2026'], ['NumericLessThan', seconds, '2028'])],
    { ...loss, witness: { [seconds]: '2027' } },
  ],
  [
    'a moment between two in different notations',
    [ends(['DateGreaterThan', date, '2026-01-01T00:00:00Z'], ['NumericLessThan', seconds, '1767225602'])],
    loss,
  ],
  [
    'one moment in two notations',
    [ends(['DateLessThan', date, '2026-01-01T00:00:00Z'], ['NumericGreaterThan', seconds, '1767225600'])],
    none,
  ],
  [
    'no age without MFA',
    [ends(['NumericLessThan', mfaAge, '60'], ['BoolIfExists', mfa, 'false'], ['Null', mfa, 'false'])],
    none,
  ],
  [
    'no tag without its key',
    [ends(['StringEquals', 'aws:requesttag/a', 'x'], ['ForAllValues:StringNotEqualsIgnoreCase', 'aws:tagkeys', 'A'])],
    none,
  ],
  [
    'no tag without its key, whatever is asked of its value',
    [ends(['NumericLessThan', 'aws:requesttag/a', '5'], ['ForAllValues:StringLike', 'aws:tagkeys', 'b*'])],
    none,
  ],
  [
    'no key without its tag',
    [ends(['Null', 'aws:requesttag/a', 'true'], ['ForAnyValue:StringEquals', 'aws:tagkeys', 'A'])],
    none,
  ],
  [
    'an encryption context of exactly one pair',
    [
      ends(
        ['StringEquals', 'kms:encryptioncontext:a', 'x'],
        ['ForAllValues:StringEqualsIgnoreCase', 'kms:encryptioncontextkeys', 'a'],
        ['Null', 'kms:encryptioncontext:b', 'false'],
      ),
    ],
    none,
  ],
  [
    'tags and their keys go together',
    [ends(['StringEquals', 'aws:requesttag/a', 'x'], ['ForAllValues:StringEquals', 'aws:tagkeys', 'A', 'B'])],
    { ...loss, witness: { 'aws:tagkeys': 'A', 'aws:requesttag/a': 'x' } },
  ],
]

test.each(rows)('%s', (_rule, statements, expected) => expectDecided(statements, expected))
