import { test } from 'vitest'
import { allow, allowed, atom, deny, ends, expectDecided, loss, opaque, type Row, the } from './testing.ts'

const mayLose = { before: 'allow', after: 'depends', effect: ['may-lose'] } as const

/** What cannot be listed, and what AWS does not say. */
const rows: readonly Row[] = [
  [
    'what cannot be listed is settled where its key is missing',
    [ends(), allowed(['StringLike', 'u', `${the('v')}*`])],
    { ...mayLose, witness: { u: null } },
  ],
  [
    'values that were tried confirm what no list settles',
    [ends(['StringLike', 'u', `${the('v')}-*`], ['StringEquals', 'v', 'a'])],
    { before: 'depends', after: 'deny', effect: ['loss'] },
  ],
  [
    'a text that was tried confirms a pattern of too many states',
    [ends(['StringLike', 'v', `*a${'?'.repeat(12)}`])],
    { ...loss, witness: { v: `examplea${'x'.repeat(12)}` } },
  ],
  [
    'so do texts that match patterns',
    [ends(['StringLike', 'u', `${the('v')}-*`], ['StringLike', 'v', 'a*'])],
    { before: 'depends', after: 'deny', effect: ['loss'] },
  ],
  [
    'values that were tried are told with the absence of what was not found',
    [
      ends(['StringLike', 'u', `${the('v')}-*`], ['StringEquals', 'v', 'a']),
      allowed(['StringEquals', 'w', `${the('x')}${the('y')}`]),
      allowed(['Null', 'z', 'true']),
    ],
    { effect: ['may-lose'] },
  ],
  [
    'what AWS does not say makes a flip unknown',
    [allow([opaque('x')], null)],
    { before: 'unknown', after: 'deny', effect: ['unknown'], reason: 'nobody says x' },
  ],
  [
    'what AWS does not say of ARNs is not what it does not say of empty texts',
    [
      ends(
        ['ForAnyValue:StringEquals', 's', 'arn:aws:s3:::b'],
        ['ForAllValues:ArnLike', 's', 'arn:aws:s3:::b', 'arn:aws:s3'],
      ),
      allowed(['ForAllValues:ArnLike', 's', 'arn:aws:s3:::b', 'arn:aws']),
    ],
    { effect: ['unknown'] },
  ],
  [
    'what AWS does not say of a value makes it unknown as well',
    [ends(['NumericLessThan', 'v', 'x'])],
    { effect: ['unknown'], reason: '`x` in a condition is not a number' },
  ],
  [
    'what may be gained, but for what AWS does not say of what comes after',
    [allow(null, []), deny([opaque('x'), atom(['Null', 'v', 'false'])])],
    { before: 'deny', after: 'unknown', effect: ['may-gain'], reason: 'nobody says x' },
  ],
  [
    'what is lost if it was there, of which AWS does not say all',
    [allow([], null), deny([opaque('x'), atom(['Null', 'v', 'false'])])],
    { before: 'unknown', after: 'deny', effect: ['loss'], reason: 'nobody says x' },
  ],
  [
    'a flip that AWS does not tell, where both sides hang on the request',
    [allow([opaque('x'), atom(['StringEquals', 'v', 'a'])], null), allowed(['StringEquals', 'w', 'b'])],
    { before: 'depends', after: 'depends', effect: ['unknown'], reason: 'nobody says x' },
  ],
  ['a flip that does not need it stands', [allow([opaque('x')], null), ends(['Null', 'v', 'true'])], loss],
  [
    'equal doubts are equal before and after',
    [allow([opaque('x')], [opaque('x'), atom(['Null', 'v', 'true'])]), allowed(['Null', 'v', 'true'])],
    { effect: ['unknown'] },
  ],
  [
    'no flip whatever AWS means',
    [allow([opaque('x')], null), allowed()],
    { before: 'allow', after: 'allow', effect: [] },
  ],
  ['a doubt that the tag may change', [allow([opaque('x', true)])], { effect: ['unknown'] }],
]

test.each(rows)('%s', (_rule, statements, expected) => expectDecided(statements, expected))
