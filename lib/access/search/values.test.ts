import { test } from 'vitest'
import { allowed, denied, deny, ends, expectDecided, loss, none, type Row } from './testing.ts'

const mfa = 'aws:multifactorauthpresent'

/** Which values one key may have. */
const rows: readonly Row[] = [
  [
    '`a*` without `a?*` and without `a` is nothing',
    [ends(['StringLike', 'v', 'a*'], ['StringNotLike', 'v', 'a?*'], ['StringNotEquals', 'v', 'a'])],
    none,
  ],
  [
    '`a*` without `a?*` is `a`',
    [ends(['StringLike', 'v', 'a*'], ['StringNotLike', 'v', 'a?*'])],
    { ...loss, witness: { v: 'a' } },
  ],
  [
    'a text in another case does not match as the text does',
    [ends(['StringEqualsIgnoreCase', 'v', 'ab'], ['StringNotLike', 'v', '?b'])],
    { ...loss, witness: { v: 'aB' } },
  ],
  [
    'a value that stands for all others is none that is named',
    [ends(['StringNotEquals', 'v', 'other'], ['Null', 'v', 'false'])],
    { ...loss, witness: { v: 'other-2' } },
  ],
  [
    'nor is it one that is named in another case',
    [ends(['StringNotEqualsIgnoreCase', 'v', 'OTHER'], ['Null', 'v', 'false'])],
    { ...loss, witness: { v: 'other-2' } },
  ],
  [
    'the halves of a block are the block',
    [ends(['IpAddress', 'i', '10.0.0.0/8'], ['NotIpAddress', 'i', '10.0.0.0/9', '10.128.0.0/9'])],
    none,
  ],
  [
    'the last address of a block is inside',
    [ends(['IpAddress', 'i', '10.0.0.0/8'], ['NotIpAddress', 'i', '10.0.0.0/9', '10.128.0.0/10', '10.192.0.0/11'])],
    { ...loss, witness: { i: '10.224.0.0' } },
  ],
  [
    'the address after a block is outside',
    [ends(['NotIpAddress', 'i', '0.0.0.0/1'], ['IpAddress', 'i', '0.0.0.0/0'])],
    loss,
  ],
  [
    'addresses outside of all blocks read as examples, as long as one is left',
    [ends(['NotIpAddress', 'i', '203.0.113.0/24'], ['Null', 'i', 'false'])],
    { ...loss, witness: { i: '198.51.100.7' } },
  ],
  [
    'so do those of IPv6',
    [ends(['NotIpAddress', 'i', '0.0.0.0/0'], ['Null', 'i', 'false'])],
    { ...loss, witness: { i: '2001:db8::7' } },
  ],
  [
    'the lowest addresses are before all blocks',
    [ends(['NotIpAddress', 'i', '128.0.0.0/1', '::/0'], ['Null', 'i', 'false'])],
    { ...loss, witness: { i: '0.0.0.0' } },
  ],
  [
    'so are those of IPv6',
    [ends(['NotIpAddress', 'i', '0.0.0.0/0', '2000::/3', '4000::/2', '8000::/1'], ['Null', 'i', 'false'])],
    { ...loss, witness: { i: '::' } },
  ],
  [
    'a text that is excluded leaves other addresses',
    [ends(['IpAddress', 'i', '10.0.0.0/8'], ['StringNotEquals', 'i', '10.0.0.0'])],
    { ...loss, witness: { i: '10.0.0.1' } },
  ],
  [
    'a text that is excluded, in any case, leaves other addresses',
    [ends(['IpAddress', 'v', '::/4'], ['StringNotEqualsIgnoreCase', 'v', '::'])],
    loss,
  ],
  [
    'no number is between a number and itself',
    [ends(['NumericLessThan', 'n', '5'], ['NumericGreaterThanEquals', 'n', '5'])],
    none,
  ],
  [
    'a number is between two that follow each other',
    [ends(['NumericGreaterThan', 'n', '5'], ['NumericLessThan', 'n', '6'])],
    { ...loss, witness: { n: '5.5' } },
  ],
  [
    'a text that is excluded leaves other numbers',
    [ends(['NumericLessThan', 'n', '5'], ['StringNotEquals', 'n', '4', '4.0', '1'])],
    loss,
  ],
  [
    'so does one that is excluded in any case',
    [ends(['NumericLessThan', 'n', '5'], ['StringNotEqualsIgnoreCase', 'n', '4', '4.0', '1'])],
    loss,
  ],
  [
    'a text that is excluded leaves other moments',
    [ends(['DateLessThan', 'd', '2026-01-01T00:00:00Z'], ['StringNotEquals', 'd', '2025-12-31T23:59:59Z'])],
    loss,
  ],
  [
    'a number that is excluded as a text is left in another spelling',
    [ends(['NumericEquals', 'n', '5'], ['StringNotEquals', 'n', '5'])],
    { ...loss, witness: { n: '5.0' } },
  ],
  [
    'a fraction that is excluded as a text is left in another spelling',
    [ends(['NumericEquals', 'n', '5.5'], ['StringNotEquals', 'n', '5.5'])],
    { ...loss, witness: { n: '5.50' } },
  ],
  [
    'a number is below a very small one',
    [ends(['NumericGreaterThan', 'n', '0'], ['NumericLessThan', 'n', '0.0000001'])],
    loss,
  ],
  ['a number is above a very great one', [ends(['NumericGreaterThan', 'n', `1${'0'.repeat(25)}`])], loss],
  [
    'a boundary is a number of its own',
    [ends(['NumericLessThanEquals', 'n', '5'], ['NumericGreaterThanEquals', 'n', '5'])],
    { ...loss, witness: { n: '5' } },
  ],
  [
    'a number is above the last that has a neighbour',
    [ends(['NumericGreaterThan', 'n', String(2 ** 53)])],
    { ...loss, witness: { n: String(2 ** 53 + 8) } },
  ],
  ['a moment is before one that no year of four digits has', [ends(['DateLessThan', 'd', '-100000000000'])], loss],
  [
    'a moment reads as a date',
    [ends(['DateGreaterThan', 'd', '2031-01-01T00:00:00Z'])],
    { ...loss, witness: { d: '2031-01-01T00:00:01Z' } },
  ],
  ['a moment is after one that no year has', [ends(['DateGreaterThan', 'd', String(10 ** 20)])], loss],
  ['a number is less than one beyond all numbers', [ends(['NumericLessThan', 'v', '9'.repeat(400)])], loss],
  ['a moment is before one beyond all moments', [ends(['DateLessThan', 'v', '9'.repeat(400)])], loss],
  [
    'a pattern without wildcards is one text, and this is one number',
    [ends(['StringLike', 'v', '5'], ['NumericGreaterThan', 'v', '6'])],
    none,
  ],
  [
    'a pattern of an ARN without wildcards is one text, and this is no number',
    [ends(['ArnLike', 'v', 'arn:aws:s3:::a'], ['NumericGreaterThan', 'v', '6'])],
    { effect: ['unknown'] },
  ],
  ['a truth value has no third', [ends(['StringNotEquals', 'b', 'true', 'false'], ['Null', 'b', 'false'])], none],
  [
    'MFA true and false are denied, missing is not',
    [allowed(), denied(['Bool', mfa, 'true']), denied(['Bool', mfa, 'false']), deny(null, [])],
    { before: 'depends', after: 'deny', effect: ['loss'], witness: { [mfa]: null } },
  ],
  [
    'three Allows over MFA make up for one by tag',
    [ends(), allowed(['Bool', mfa, 'true']), allowed(['Bool', mfa, 'false']), allowed(['Null', mfa, 'true'])],
    { before: 'allow', after: 'allow', effect: [] },
  ],
  [
    'an alias of the key or none',
    [ends(['StringNotEquals', 'kms:requestalias', 'alias/app', 'alias/web'], ['Null', 'kms:requestalias', 'false'])],
    none,
  ],
]

test.each(rows)('%s', (_rule, statements, expected) => expectDecided(statements, expected))
