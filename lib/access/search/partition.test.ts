import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEED } from '../../testing.ts'
import type { Atom } from '../situation.ts'
import { groupsOf } from './groups.ts'
import { defaultLimits } from './limits.ts'
import { linksAmong, type Values } from './links.ts'
import { classesOf } from './representatives.ts'
import { atom, facts, the } from './testing.ts'
import { type Context, INEXACT, truthIn, UNDOCUMENTED } from './truths.ts'

const RUNS = Number(process.env.RUNS ?? 300)

/** Texts and patterns over few characters, so that they meet; and values that no policy names. */
const character = fc.constantFrom('a', 'b', 'A', ':', 'z')
const text = fc.array(character, { maxLength: 5 }).map((characters) => characters.join(''))
const pattern = fc
  .array(fc.oneof(character, fc.constantFrom('*', '?', '*')), { maxLength: 5 })
  .map((all) => all.join(''))
const arn = fc
  .tuple(pattern, pattern, pattern)
  .map(([first, second, rest]) => `arn:${first.replaceAll(':', '')}:${second.replaceAll(':', '')}:::${rest}`)
const number = fc.oneof(
  fc.integer({ min: -3, max: 9 }).map(String),
  fc.constantFrom('1.5', '2.25', '5.0', ...['1', '2', '-1', '-2'].map((digit) => `${digit}${'0'.repeat(20)}`)),
  // Beyond all numbers that can be told apart.
  fc.constantFrom('9'.repeat(400), `-${'9'.repeat(400)}`),
)
const second = fc.integer({ min: 1_700_000_000, max: 1_700_000_009 })
const date = fc.oneof(
  second.map((seconds) => new Date(seconds * 1000).toISOString()),
  second.map(String),
)
const address = fc.oneof(
  fc.tuple(fc.constantFrom(0, 9, 10, 11), fc.constantFrom(0, 127, 128, 255)).map(([a, b]) => `${a}.${b}.0.0`),
  fc.constantFrom('255.255.255.255', '10.127.255.255', '::', '::1', '2001:db8::', '2001:db8:8000::1', 'ffff::'),
)
const block = fc
  .tuple(address, fc.integer({ min: 0, max: 32 }))
  .map(([ip, bits]) => (ip.includes(':') ? `${ip}/${bits * 4}` : `${ip}/${bits}`))

const isNull = fc.constantFrom('true', 'false').map((value) => ['Null', value] as const)
const oneOf = (operators: readonly string[], value: fc.Arbitrary<string>) =>
  fc.tuple(fc.constantFrom(...operators), value).map(([operator, each]) => [operator, each] as const)
const equalities = ['StringEquals', 'StringNotEquals', 'StringEqualsIfExists']
const words = oneOf([...equalities, 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'], text)
const globs = oneOf(['StringLike', 'StringNotLike', 'StringLikeIfExists'], pattern)
const arns = oneOf(['ArnLike', 'ArnNotEquals'], fc.oneof(arn, pattern))
const orders = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals']
const numbers = oneOf(
  orders.map((order) => `Numeric${order}`),
  number,
)
const dates = oneOf(
  orders.map((order) => `Date${order}`),
  date,
)
const blocks = oneOf(['IpAddress', 'NotIpAddress'], fc.oneof(block, address))
const bools = oneOf(['Bool', 'BoolIfExists'], fc.constantFrom('true', 'false', 'TRUE'))
const binaries = oneOf(['BinaryEquals'], fc.constantFrom('YQ==', 'YQ', 'YWI='))
const sets = oneOf(
  [
    'ForAnyValue:StringEquals',
    'ForAnyValue:StringNotLike',
    'ForAllValues:StringLike',
    'ForAllValues:StringEqualsIgnoreCase',
  ],
  pattern,
)

type Asked = fc.Arbitrary<readonly [string, string]>
/** What is asked of a key, and the values that are held against its classes. */
const kinds: Record<string, { key: string; asked: readonly Asked[]; value: fc.Arbitrary<string> }> = {
  'literals and globs': { key: 'v', asked: [words, globs, isNull], value: text },
  'ARNs of a text': { key: 'v', asked: [arns, words], value: fc.oneof(text, arn) },
  'ARNs of an ARN': { key: 'a', asked: [arns, globs], value: arn },
  'texts of a form': { key: 'f', asked: [words, globs], value: text.map((each) => `a${each}:b`) },
  'truth values of a text': { key: 'v', asked: [bools, words], value: fc.oneof(text, fc.constantFrom('true', 'True')) },
  'truth values': { key: 'b', asked: [bools, words], value: fc.constantFrom('true', 'false') },
  numbers: { key: 'n', asked: [numbers, isNull, oneOf(equalities, number)], value: number },
  'numbers of a text': { key: 'v', asked: [numbers, oneOf(equalities, number)], value: fc.oneof(number, text) },
  dates: { key: 'd', asked: [dates, isNull], value: date },
  addresses: { key: 'i', asked: [blocks, isNull, oneOf(equalities, address)], value: address },
  'addresses of a text': { key: 'v', asked: [blocks, words], value: fc.oneof(address, text) },
  'bytes of a text': { key: 'v', asked: [binaries, words], value: text },
  'everything of a text': {
    key: 'v',
    asked: [words, globs, numbers, blocks, dates, arns],
    value: fc.oneof(text, number),
  },
  'sets of texts': { key: 's', asked: [sets, isNull], value: text },
  'set operators on one text': { key: 'v', asked: [sets, globs], value: text },
}

test.each(Object.entries(kinds))(
  `%s: no value has truths that no class has (seed ${SEED})`,
  (_, { key, asked, value }) => {
    const condition = fc.oneof(...asked).map(([operator, ...values]) => atom([operator, key, ...values]))
    const values = facts.keyFacts(key).isMultivalued
      ? fc.uniqueArray(value, { minLength: 1, maxLength: 3 })
      : value.map((one) => [one])
    const property = fc.property(
      fc.uniqueArray(condition, { minLength: 1, maxLength: 4, selector: ({ text }) => text }),
      fc.array(fc.oneof({ arbitrary: values, weight: 9 }, { arbitrary: fc.constant(undefined), weight: 1 }), {
        minLength: 20,
        maxLength: 40,
      }),
      (atoms, contexts) =>
        expectCovered(
          atoms,
          contexts.map((each) => new Map([[key, each]])),
        ),
    )
    fc.assert(property, { seed: SEED, numRuns: RUNS })
  },
)

test(`keys that are equal or not: no values have truths that no class has (seed ${SEED})`, () => {
  const on = (key: string, asked: Asked) => asked.map(([operator, value]) => atom([operator, key, value]))
  const single = fc.oneof(
    on('v', fc.oneof(words, globs)),
    on('w', fc.oneof(words, globs)),
    on('a', arns),
    on('u', numbers),
  )
  const operators = ['StringEquals', 'StringNotEquals', 'StringLike', 'ArnLike', 'ForAnyValue:StringEquals']
  const against = [the('v'), the('w'), the('a'), the('f'), `${the('v')}*`, `a${the('w')}`]
  const double = fc
    .tuple(
      fc.constantFrom(...operators),
      fc.constantFrom('u', 'v', 'w', 'a', 'f', 's'),
      fc.constantFrom(...against),
      text,
    )
    .map(([operator, key, pattern, value]) => atom([operator, key, pattern, value]))
  const known = fc
    .tuple(
      fc.constantFrom('StringLike', 'StringEquals', 'StringNotLike'),
      text,
      pattern,
      fc.oneof(pattern, fc.constant(the('w'))),
    )
    .map(([operator, value, before, after]) => atom([operator, { known: [value] }, `${before}${the('v')}${after}`]))
  const formed = fc.constantFrom('a:b', 'ab:b')
  const texts = fc.oneof(text, formed, fc.constantFrom('arn:a:b:::', 'arn:a:b:::a', '5', '7'))
  const one = (value: fc.Arbitrary<string>) => value.map((each) => [each])
  const optional = (values: fc.Arbitrary<string[]>) => fc.option(values, { nil: undefined })
  const context = fc.record({
    u: optional(one(texts)),
    v: optional(one(texts)),
    w: optional(one(texts)),
    a: optional(
      one(fc.oneof(arn, fc.constantFrom('arn:a:b:::', 'arn:a:b:::a')).map((each) => each.replace(/[*?]/g, 'z'))),
    ),
    f: optional(one(formed)),
    s: optional(fc.uniqueArray(text, { minLength: 1, maxLength: 3 })),
  })
  const property = fc.property(
    fc.array(single, { maxLength: 3 }),
    fc.array(fc.oneof(double, known), { minLength: 1, maxLength: 2 }),
    fc.array(context, { minLength: 20, maxLength: 40 }),
    (singles, doubles, contexts) => {
      const atoms = [...new Map([...singles, ...doubles].map((each) => [each.text, each])).values()]
      expectCovered(
        atoms,
        contexts.map((each) => new Map(Object.entries(each))),
      )
    },
  )
  fc.assert(property, { seed: SEED, numRuns: RUNS })
})

test(`keys that tell of one fact: no feasible context has truths that no class has (seed ${SEED})`, () => {
  const names = fc.constantFrom('a', 'A', 'b', 'z')
  const ofNames = oneOf(
    ['ForAnyValue:StringEquals', 'ForAllValues:StringLike', 'ForAllValues:StringEqualsIgnoreCase'],
    fc.constantFrom('a', 'A', 'b', 'z*', '*'),
  )
  const ofValues = fc.oneof(isNull, oneOf(equalities, fc.constantFrom('x', 'y')))
  const condition = fc.oneof(
    ofNames.map(([operator, value]) => atom([operator, 'aws:tagkeys', value])),
    fc
      .tuple(ofValues, fc.constantFrom('a', 'b'))
      .map(([[operator, value], name]) => atom([operator, `aws:requesttag/${name}`, value])),
    dates.map(([operator, value]) => atom([operator, 'aws:currenttime', value])),
    oneOf(['NumericLessThan', 'DateGreaterThan'], second.map(String)).map(([operator, value]) =>
      atom([operator, 'aws:epochtime', value]),
    ),
    oneOf(['NumericLessThan'], number).map(([operator, value]) => atom([operator, 'aws:multifactorauthage', value])),
    bools.map(([operator, value]) => atom([operator, 'aws:multifactorauthpresent', value])),
  )
  const request = fc.record({
    tags: fc.uniqueArray(fc.tuple(names, fc.constantFrom('x', 'y', 'q')), {
      selector: ([name]) => name.toLowerCase(),
      maxLength: 3,
    }),
    second,
    age: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
  })
  const contextOf = ({
    tags,
    second: now,
    age,
  }: {
    tags: [string, string][]
    second: number
    age: number | undefined
  }): Context =>
    new Map<string, Values>([
      ['aws:tagkeys', tags.length === 0 ? undefined : tags.map(([name]) => name)],
      ['aws:requesttag/a', undefined],
      ['aws:requesttag/b', undefined],
      ...tags.map(([name, value]) => [`aws:requesttag/${name.toLowerCase()}`, [value]] as const),
      ['aws:currenttime', [new Date(now * 1000).toISOString()]],
      ['aws:epochtime', [String(now)]],
      ['aws:multifactorauthage', age === undefined ? undefined : [String(age)]],
      ['aws:multifactorauthpresent', age === undefined ? ['false'] : ['true']],
    ])
  const property = fc.property(
    fc.uniqueArray(condition, { minLength: 2, maxLength: 6, selector: ({ text }) => text }),
    fc.array(request, { minLength: 20, maxLength: 40 }),
    (atoms, requests) => {
      expectCovered(atoms, requests.map(contextOf))
      expectFeasible(atoms)
    },
  )
  fc.assert(property, { seed: SEED, numRuns: RUNS })
})

/** In each group one class has the truths of each context; what a class leaves open may be anything. */
function expectCovered(atoms: readonly Atom[], contexts: readonly Context[]): void {
  const all = groupsOf(atoms, facts, 'complete').flatMap((group) => classesOf(group, facts, defaultLimits, 'complete'))
  for (const { group, classes } of all) {
    const codes = new Set(classes.map((each) => each.codes.join('')))
    const open = classes.filter((each) => each.codes.includes(INEXACT))
    for (const context of contexts) {
      const truths = group.atoms.map((each) => truthIn(each, context))
      const wanted = truths.map((truth) => (typeof truth === 'boolean' ? Number(truth) : UNDOCUMENTED))
      const isCovered =
        codes.has(wanted.join('')) ||
        open.some((each) => wanted.every((code, i) => each.codes[i] === INEXACT || each.codes[i] === code))
      expect(isCovered, JSON.stringify([group.atoms.map(({ text }) => text), [...context], truths])).toBe(true)
    }
  }
}

/** Every class can be. */
function expectFeasible(atoms: readonly Atom[]): void {
  for (const group of groupsOf(atoms, facts, 'complete')) {
    for (const { context } of classesOf(group, facts, defaultLimits, 'complete').flatMap(({ classes }) => classes)) {
      for (const { keys, facets, isFeasible } of linksAmong([...context.keys()])) {
        expect(isFeasible(facets[0](context.get(keys[0])), facets[1](context.get(keys[1])))).toBe(true)
      }
    }
  }
}
