import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Filter, type FilterToken, filterOperators, filterProperties } from '../filter.ts'
import type { Resource } from '../resource.ts'
import { resources } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { dialects, openTestStore } from '../store/testing.ts'
import { fuzz, SEED } from '../testing.ts'
import { filterCondition } from './condition.ts'
import { matches, storeSnapshot, testResource } from './testing.ts'

const tag = (key: string, value: string) => ({ key, value })
const pay = testResource(1, {
  name: 'pay/db',
  aliases: ['pay/db', 'old-pay'],
  tags: [tag('Owner', 'ada'), tag('env', 'prod')],
})
const lower = testResource(2, { name: 'mail', description: 'Mail 100% of it', tags: [tag('owner', 'ada')] })
const empty = testResource(3, { name: 'empty', tags: [tag('Owner', '')] })
const bare = testResource(4, { name: 'bare', state: 'Disabled' })
const unread = testResource(5, { name: 'unread', tags: null, manager: 'AWS' })
const secret = testResource(6, {
  type: 'secret',
  name: 'db_1',
  manager: 'rds',
  region: 'us-east-1',
  tags: [tag('a_b', '50%')],
})
const seeded = { pay, lower, empty, bare, unread, secret }

interface Case {
  rule: string
  filter: string
  tokens: FilterToken[]
  operation?: Filter['operation']
  finds: (keyof typeof seeded)[]
}

const cases: Case[] = [
  {
    rule: 'no token: everything',
    filter: '',
    tokens: [],
    finds: ['pay', 'lower', 'empty', 'bare', 'unread', 'secret'],
  },
  {
    rule: 'type',
    filter: 'type = secret',
    tokens: [{ property: 'type', operator: '=', value: 'secret' }],
    finds: ['secret'],
  },
  {
    rule: 'negated type',
    filter: 'type != secret',
    tokens: [{ property: 'type', operator: '!=', value: 'secret' }],
    finds: ['pay', 'lower', 'empty', 'bare', 'unread'],
  },
  {
    rule: 'part of a Region',
    filter: 'region : us-',
    tokens: [{ property: 'region', operator: ':', value: 'US-' }],
    finds: ['secret'],
  },
  {
    rule: 'state',
    filter: 'state = Disabled',
    tokens: [{ property: 'state', operator: '=', value: 'Disabled' }],
    finds: ['bare'],
  },
  {
    rule: 'manager',
    filter: 'manager = rds',
    tokens: [{ property: 'manager', operator: '=', value: 'rds' }],
    finds: ['secret'],
  },
  {
    rule: 'a tag key is compared exactly',
    filter: 'tagKey = Owner',
    tokens: [{ property: 'tagKey', operator: '=', value: 'Owner' }],
    finds: ['pay', 'empty'],
  },
  {
    rule: 'without the tag key: never a resource whose tags are unknown',
    filter: 'tagKey != Owner',
    tokens: [{ property: 'tagKey', operator: '!=', value: 'Owner' }],
    finds: ['lower', 'bare', 'secret'],
  },
  {
    rule: 'contains does not mind case',
    filter: 'tagKey : OWN',
    tokens: [{ property: 'tagKey', operator: ':', value: 'OWN' }],
    finds: ['pay', 'lower', 'empty'],
  },
  {
    rule: 'no tag key that contains it',
    filter: 'tagKey !: own',
    tokens: [{ property: 'tagKey', operator: '!:', value: 'own' }],
    finds: ['bare', 'secret'],
  },
  {
    rule: 'value of one tag key',
    filter: 'Owner = ada',
    tokens: [{ property: 'tag', tagKey: 'Owner', operator: '=', value: 'ada' }],
    finds: ['pay'],
  },
  {
    rule: 'an empty value is a value',
    filter: 'Owner = (empty)',
    tokens: [{ property: 'tag', tagKey: 'Owner', operator: '=', value: '' }],
    finds: ['empty'],
  },
  {
    rule: 'another value, or no such tag',
    filter: 'Owner != ada',
    tokens: [{ property: 'tag', tagKey: 'Owner', operator: '!=', value: 'ada' }],
    finds: ['lower', 'empty', 'bare', 'secret'],
  },
  {
    rule: 'part of a value',
    filter: 'Owner : AD',
    tokens: [{ property: 'tag', tagKey: 'Owner', operator: ':', value: 'AD' }],
    finds: ['pay'],
  },
  {
    rule: 'the wildcards of SQL stand for themselves: %',
    filter: 'a_b : %',
    tokens: [{ property: 'tag', tagKey: 'a_b', operator: ':', value: '%' }],
    finds: ['secret'],
  },
  {
    rule: 'the wildcards of SQL stand for themselves: _',
    filter: 'text : b_1',
    tokens: [{ property: 'text', operator: ':', value: 'b_1' }],
    finds: ['secret'],
  },
  {
    rule: 'the wildcards of SQL stand for themselves: \\',
    filter: 'text : \\',
    tokens: [{ property: 'text', operator: ':', value: '\\' }],
    finds: [],
  },
  {
    rule: 'text: a name',
    filter: 'text : MAIL',
    tokens: [{ property: 'text', operator: ':', value: 'MAIL' }],
    finds: ['lower'],
  },
  {
    rule: 'text: a description',
    filter: 'text : 100%',
    tokens: [{ property: 'text', operator: ':', value: '100%' }],
    finds: ['lower'],
  },
  {
    rule: 'text: an alias',
    filter: 'text : old-',
    tokens: [{ property: 'text', operator: ':', value: 'old-' }],
    finds: ['pay'],
  },
  {
    rule: 'text: an ARN',
    filter: 'text = ARN',
    tokens: [{ property: 'text', operator: '=', value: bare.arn }],
    finds: ['bare'],
  },
  {
    rule: 'text: a tag value',
    filter: 'text = prod',
    tokens: [{ property: 'text', operator: '=', value: 'prod' }],
    finds: ['pay'],
  },
  {
    rule: 'text: a tag key',
    filter: 'text = env',
    tokens: [{ property: 'text', operator: '=', value: 'env' }],
    finds: ['pay'],
  },
  {
    rule: 'text: what is known matches although the tags are not',
    filter: 'text : unread',
    tokens: [{ property: 'text', operator: ':', value: 'unread' }],
    finds: ['unread'],
  },
  {
    rule: 'negated text: unknown tags might hold it',
    filter: 'text !: pay',
    tokens: [{ property: 'text', operator: '!:', value: 'pay' }],
    finds: ['lower', 'empty', 'bare', 'secret'],
  },
  {
    rule: 'all tokens',
    filter: 'Owner and env',
    tokens: [
      { property: 'tagKey', operator: '=', value: 'Owner' },
      { property: 'tagKey', operator: '=', value: 'env' },
    ],
    finds: ['pay'],
  },
  {
    rule: 'any token, negated ones too',
    filter: 'Owner or not key',
    operation: 'or',
    tokens: [
      { property: 'tagKey', operator: '=', value: 'Owner' },
      { property: 'type', operator: '!=', value: 'key' },
    ],
    finds: ['pay', 'empty', 'secret'],
  },
  {
    rule: 'a tag key that means something to JavaScript',
    filter: 'tagKey = __proto__',
    tokens: [{ property: 'tagKey', operator: '=', value: '__proto__' }],
    finds: [],
  },
]

async function find(store: Store, filter: Filter): Promise<string[]> {
  const rows = await store.db.select({ arn: resources.arn }).from(resources).where(filterCondition(filter))
  return rows.map(({ arn }) => arn).sort()
}
const arns = (found: Resource[]) => found.map(({ arn }) => arn).sort()

describe.each(dialects)('filters on %s', (dialect) => {
  let store: Store
  beforeAll(async () => {
    store = await openTestStore(dialect)
    await storeSnapshot(store, Object.values(seeded))
  })
  afterAll(async () => {
    await store.close()
  })

  test.each(cases)('$filter: $rule', async ({ tokens, operation = 'and', finds }) => {
    expect(await find(store, { operation, tokens })).toEqual(arns(finds.map((name) => seeded[name])))
  })

  test.each(cases)('$filter: the plain reading of the rules agrees', ({ tokens, operation = 'and', finds }) => {
    const found = Object.values(seeded).filter((resource) => matches(resource, { operation, tokens }))
    expect(arns(found)).toEqual(arns(finds.map((name) => seeded[name])))
  })
})

describe('SQL and the plain reading of the rules agree on any data', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'B', '%', '_', '\\', "'", '"', '?', '$1', ' '), maxLength: 3 })
  const tagKey = fc.constantFrom('Owner', 'owner', 'a', '__proto__', "it's", 'ключ')
  const resource = fc.record({
    type: fc.constantFrom<Resource['type']>('key', 'secret'),
    region: fc.constantFrom('eu-central-1', 'us-east-1'),
    state: fc.constantFrom<Resource['state']>('Enabled', 'PendingDeletion', 'unknown'),
    manager: fc.constantFrom('customer', 'AWS', 'rds'),
    name: text,
    description: text,
    aliases: fc.array(text, { maxLength: 2 }),
    tags: fc.option(
      fc.uniqueArray(fc.record({ key: tagKey, value: text }), { maxLength: 4, selector: ({ key }) => key }),
      { freq: 4 },
    ),
  })
  const token = fc.record({
    property: fc.constantFrom(...filterProperties),
    tagKey,
    operator: fc.constantFrom(...filterOperators),
    value: fc.oneof(text, tagKey, fc.constantFrom('key', 'us-east-1', 'Enabled', 'rds')),
  })
  const filter = fc.record({
    operation: fc.constantFrom('and' as const, 'or' as const),
    tokens: fc.array(token, { maxLength: 3 }),
  })

  test(`10,000 filters over 30 resources each (seed ${SEED})`, async () => {
    const store = await openTestStore()
    const [drawn = []] = fc.sample(fc.array(resource, { minLength: 30, maxLength: 30 }), { numRuns: 1, seed: SEED })
    const found = drawn.map((changes, number) => testResource(number, changes))
    await storeSnapshot(store, found)
    // A hundred filters a question, or most of the time went into asking.
    const property = fc.asyncProperty(fc.array(filter, { minLength: 100, maxLength: 100 }), async (filters) => {
      const columns = filters.map((each, index) => [
        index,
        sql<boolean>`(${filterCondition(each) ?? sql`true`}) is true`,
      ])
      const answers = await store.db.select({ arn: resources.arn, ...Object.fromEntries(columns) }).from(resources)
      filters.forEach((each, index) => {
        const chosen = answers.filter((row) => row[index] === true).map(({ arn }) => arn)
        expect([each, chosen.sort()]).toEqual([each, arns(found.filter((one) => matches(one, each)))])
      })
    })
    await fc.assert(property, { seed: SEED, numRuns: fuzz.numRuns / 100, endOnFailure: true })
    await store.close()
  })
})
