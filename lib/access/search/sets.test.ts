import { test } from 'vitest'
import { type Ask, allow, atom, ends, expectDecided, loss, none, type Row } from './testing.ts'

/** A set operator that stands beside `Null: false` for the same key. */
const besideNull = (ask: Ask) => {
  const { text, ...rest } = atom(ask)
  return { ...rest, text: `${text} beside Null`, operator: { ...rest.operator, isBesideNull: true as const } }
}

/** Which sets of values a key of several may have. */
const rows: readonly Row[] = [
  [
    'all are `a`, all are `b`, and there are some: no set is so',
    [
      allow(
        [
          besideNull(['ForAllValues:StringEquals', 's', 'a']),
          besideNull(['ForAllValues:StringEquals', 's', 'b']),
          atom(['Null', 's', 'false']),
        ],
        null,
      ),
    ],
    none,
  ],
  [
    'one is `a` and one is `b` takes a set of two',
    [ends(['ForAnyValue:StringEquals', 's', 'a'], ['ForAnyValue:StringEquals', 's', 'b'])],
    { ...loss, witness: { s: ['a', 'b'] } },
  ],
  [
    'a key with one value has no two',
    [ends(['ForAnyValue:StringEquals', 'v', 'a'], ['ForAnyValue:StringEquals', 'v', 'b'])],
    none,
  ],
]

test.each(rows)('%s', (_rule, statements, expected) => expectDecided(statements, expected))
