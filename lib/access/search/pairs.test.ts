import { test } from 'vitest'
import { type Ask, ends, expectDecided, loss, none, type Row, the } from './testing.ts'

/** What keys that are compared with each other, or with a known text, may have. */
const rows: readonly Row[] = [
  [
    'two values of one cell may differ',
    [ends(['StringLike', 'u', 'p?'], ['StringLike', 'v', 'p?'], ['StringNotEquals', 'u', the('v')])],
    loss,
  ],
  [
    'values of two cells are not equal',
    [ends(['StringLike', 'u', 'p*'], ['StringLike', 'v', 'q*'], ['StringEquals', 'u', the('v')])],
    none,
  ],
  [
    'one text is equal to itself',
    [ends(['StringEquals', 'u', 'p'], ['StringEquals', 'v', 'p'], ['StringNotEquals', 'u', the('v')])],
    none,
  ],
  [
    'three texts of one cell may differ pairwise',
    [
      ends(
        ...['u', 'v', 'w'].map((key): Ask => ['StringLike', key, '?']),
        ['StringNotEquals', 'u', the('v')],
        ['StringNotEquals', 'v', the('w')],
        ['StringNotEquals', 'w', the('u')],
      ),
    ],
    loss,
  ],
  [
    'the default of a variable is a value',
    [ends(['StringEquals', 'u', the("v, 'x'")], ['Null', 'v', 'true'])],
    { ...loss, witness: { u: 'x', v: null } },
  ],
  ['one text may be an ARN, and equal to itself', [ends(['ArnLike', 'u', the('v')])], loss],
  [
    'an alias of the key may be named elsewhere',
    [ends(['StringEquals', 'u', the('kms:requestalias')])],
    { ...loss, witness: { u: 'alias/app', 'kms:requestalias': 'alias/app' } },
  ],
  [
    'two ARNs are not equal',
    [
      ends(
        ['ArnLike', 'u', the('v')],
        ['StringEquals', 'u', 'arn:aws:s3:::a'],
        ['StringEquals', 'v', 'arn:aws:s3:::b'],
      ),
    ],
    none,
  ],
  [
    'an ARN and a text are not equal',
    [ends(['ArnLike', 'a', the('v')], ['ArnLike', 'a', 'arn:aws:s3:::a'], ['StringEquals', 'v', 'arn:aws:s3:::b'])],
    none,
  ],
  [
    'two texts are not equal in any case',
    [ends(['StringEquals', 'u', the('v')], ['StringEqualsIgnoreCase', 'u', 'A'], ['StringEqualsIgnoreCase', 'v', 'b'])],
    none,
  ],
  ['a missing variable matches nothing', [ends(['StringEquals', 'u', the('v')], ['Null', 'v', 'true'])], none],
  [
    'a known text leaves a variable one value',
    [ends(['StringLike', { known: ['blue-app'] }, `*-${the('v')}`], ['StringNotEquals', 'v', 'app', '', 'pp'])],
    none,
  ],
  [
    'parts of a known text',
    [ends(['StringLike', { known: ['blue-app'] }, `*${the('v')}?`], ['StringLike', 'v', 'a*'])],
    { ...loss, witness: { v: 'ap' } },
  ],
  [
    'a known text leaves a variable its value in any case',
    [ends(['StringEqualsIgnoreCase', { known: ['Blue-app'] }, `blue-${the('v')}`], ['StringNotEquals', 'v', 'app'])],
    loss,
  ],
  [
    'a known text leaves a variable a value for each pattern',
    [ends(['StringLike', { known: ['blue-app'] }, `blue-${the('v')}`, `${the('v')}-app`], ['StringLike', 'v', 'b*'])],
    { ...loss, witness: { v: 'blue' } },
  ],
  [
    'known texts leave a variable a value each',
    [ends(['ForAnyValue:StringEquals', { known: ['a-x', 'a-y'] }, `a-${the('v')}`], ['StringNotEquals', 'v', 'x'])],
    { ...loss, witness: { v: 'y' } },
  ],
  [
    'two variables stand for a known text each by itself',
    [
      ends(
        ['StringEquals', { known: ['5'] }, the('v'), the('w')],
        ['NumericLessThan', 'v', '5'],
        ['StringLike', 'w', 'c*'],
      ),
    ],
    none,
  ],
  [
    'a known text that holds a wildcard',
    [ends(['StringLike', { known: ['a*b'] }, the('v')])],
    { ...loss, witness: { v: 'a*b' } },
  ],
]

test.each(rows)('%s', (_rule, statements, expected) => expectDecided(statements, expected))
