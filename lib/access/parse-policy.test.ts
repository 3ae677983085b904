import { describe, expect, test } from 'vitest'
import { parsePolicy, parsePolicyText } from './parse-policy.ts'
import type { PolicyKind } from './policy.ts'

const allow = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }
const everybody = { ...allow, Principal: '*' }

/** The problems of a policy with this one statement, as `path: message`. */
function problemsOf(statement: unknown, kind: PolicyKind = 'identity'): string[] {
  const { policy, problems } = parsePolicy({ Statement: statement }, 'p', kind)
  expect(policy === undefined).toBe(problems.length > 0)
  return problems.map(({ path, message }) => `${path}: ${message}`)
}

describe('well-formed policies', () => {
  test('forms are made uniform, texts are left as they are', () => {
    const document = {
      Version: '2012-10-17',
      Id: 'x',
      Statement: {
        Sid: 'One',
        Effect: 'Deny',
        NotPrincipal: { AWS: ['111122223333'], Service: 's3.amazonaws.com' },
        NotAction: ['kms:*'],
        NotResource: '*',
        Condition: { 'ForAnyValue:StringLikeIfExists': { 'aws:ResourceTag/Team': ['a*', 'B'], 'kms:ViaService': 'x' } },
      },
    }
    expect(parsePolicy(document, '', 'key')).toEqual({
      problems: [],
      policy: {
        version: '2012-10-17',
        statements: [
          {
            sid: 'One',
            effect: 'Deny',
            principal: { negated: true, aws: ['111122223333'], service: ['s3.amazonaws.com'], federated: [] },
            action: { negated: true, patterns: ['kms:*'] },
            resource: { negated: true, patterns: ['*'] },
            conditions: [
              {
                operator: 'ForAnyValue:StringLikeIfExists',
                contextKey: 'aws:resourcetag/team',
                values: ['a*', 'B'],
              },
              { operator: 'ForAnyValue:StringLikeIfExists', contextKey: 'kms:viaservice', values: ['x'] },
            ],
          },
        ],
      },
    })
  })

  test('without Version it is of the older one', () => {
    expect(parsePolicy({ Statement: [] }, '', 'identity').policy?.version).toBe('2008-10-17')
  })

  test('everybody is `{ "AWS": "*" }`', () => {
    const { policy } = parsePolicy({ Statement: everybody }, '', 'secret')
    expect(policy?.statements[0]?.principal).toEqual({ negated: false, aws: ['*'], service: [], federated: [] })
  })

  test('numbers and Booleans need no quotation marks', () => {
    const statement = { ...allow, Condition: { Bool: { a: false }, NumericLessThan: { b: [1, 2.5] } } }
    const { policy } = parsePolicy({ Statement: statement }, '', 'identity')
    expect(policy?.statements[0]?.conditions.map(({ values }) => values)).toEqual([['false'], ['1', '2.5']])
  })

  test('a key policy statement without Action or Resource is kept, and matches nothing', () => {
    const { policy } = parsePolicy({ Statement: { Effect: 'Allow', Principal: '*' } }, '', 'key')
    expect(policy?.statements[0]).toMatchObject({ action: { patterns: [] }, resource: { patterns: [] } })
  })

  test('an operator of a name that IAM lacks is kept', () => {
    const { policy } = parsePolicy({ Statement: { ...allow, Condition: { StringMatches: { a: 'b' } } } }, '', 'scp')
    expect(policy?.statements[0]?.conditions).toEqual([{ operator: 'StringMatches', contextKey: 'a', values: ['b'] }])
  })

  test('names of prototypes are names like others', () => {
    const text = '{"__proto__":{"constructor":"x"},"toString":{"__proto__":["y"]}}'
    const { policy } = parsePolicy({ Statement: { ...allow, Condition: JSON.parse(text) } }, '', 'identity')
    expect(policy).toBeUndefined()
    const kept = parsePolicy({ Statement: { ...allow, Condition: { toString: { constructor: 'x' } } } }, '', 'identity')
    expect(kept.policy?.statements[0]?.conditions).toEqual([
      { operator: 'toString', contextKey: 'constructor', values: ['x'] },
    ])
  })
})

const faults: { fault: string; statement: unknown; kind?: PolicyKind; problems: string[] }[] = [
  { fault: 'no object', statement: 'Allow', problems: ['p.Statement: is `Allow`; write an object'] },
  { fault: 'null', statement: [null], problems: ['p.Statement[0]: is null; write an object'] },
  {
    fault: 'everything is missing',
    statement: [allow, {}],
    problems: [
      'p.Statement[1]: `Effect` is missing; add it',
      'p.Statement[1]: `Action` is missing; add `Action` or `NotAction`',
      'p.Statement[1]: `Resource` is missing; add `Resource` or `NotResource`',
    ],
  },
  {
    fault: 'elements that exclude each other',
    statement: { ...everybody, NotAction: 'x', NotResource: 'y', NotPrincipal: '*' },
    kind: 'secret',
    problems: [
      'p.Statement: has both `Principal` and `NotPrincipal`; keep one of them',
      'p.Statement: has both `Action` and `NotAction`; keep one of them',
      'p.Statement: has both `Resource` and `NotResource`; keep one of them',
    ],
  },
  {
    fault: 'an element of another spelling',
    statement: { ...allow, effect: 'Deny' },
    problems: ['p.Statement.effect: unknown element; it is spelled `Effect`'],
  },
  {
    fault: 'a member of the prototype',
    statement: JSON.parse('{"Effect":"Allow","Action":"a","Resource":"*","__proto__":{"Effect":"Deny"}}'),
    problems: [expect.stringMatching(/^p\.Statement\.__proto__: unknown element; known are `Sid`, /)],
  },
  {
    fault: 'another effect',
    statement: { ...allow, Effect: 'allow' },
    problems: ['p.Statement.Effect: is `allow`; write `Allow` or `Deny`'],
  },
  {
    fault: 'a principal in an identity policy',
    statement: everybody,
    problems: ['p.Statement.Principal: names a principal in a policy that is attached to one; take it out'],
  },
  {
    fault: 'no principal in a resource policy',
    statement: allow,
    kind: 'key',
    problems: ['p.Statement: `Principal` is missing; add `Principal` or `NotPrincipal`'],
  },
  {
    fault: 'an unknown type of principal',
    statement: { ...allow, Principal: { aws: '*', CanonicalUser: 'x' } },
    kind: 'secret',
    problems: [
      'p.Statement.Principal.aws: unknown element; it is spelled `AWS`',
      'p.Statement.Principal.CanonicalUser: unknown element; known are `AWS`, `Service`, `Federated`',
    ],
  },
  {
    fault: 'a pattern that is no text, and an empty one',
    statement: { ...allow, Action: ['kms:*', 7, ''] },
    problems: [
      'p.Statement.Action[1]: is the number `7`; write a text in quotes',
      'p.Statement.Action[2]: is empty; write a text',
    ],
  },
  {
    fault: 'operators and values of a wrong form',
    statement: { ...allow, Condition: { 'For:Any:String': { a: 'b' }, Bool: 'true', Null: { a: [null, { b: 1 }] } } },
    problems: [
      'p.Statement.Condition["For:Any:String"]: `For:Any:String` is no operator; correct it',
      'p.Statement.Condition.Bool: is `true`; write an object',
      'p.Statement.Condition.Null.a[0]: is null; write a text in quotes',
      'p.Statement.Condition.Null.a[1]: is an object; write a text in quotes',
    ],
  },
  {
    fault: 'a number whose digits are lost',
    statement: { ...allow, Condition: { StringEquals: { a: 2 ** 53 } } },
    problems: ['p.Statement.Condition.StringEquals.a: is a number of too many digits; put it in quotes'],
  },
]
test.each(faults)('$fault', ({ statement, kind, problems }) => {
  expect(problemsOf(statement, kind)).toEqual(problems)
})

test('an unknown Version, and no Statement', () => {
  expect(parsePolicy({ Version: '2012-10-18' }, 'p', 'identity').problems).toEqual([
    { path: 'p.Version', message: 'is `2012-10-18`; write `2012-10-17` or `2008-10-17`' },
    { path: 'p', message: '`Statement` is missing; add it' },
  ])
})

describe('policies as text', () => {
  test('a name that stands twice, also when it is escaped', () => {
    const text = '{"Statement":[{"Effect":"Allow","Action":"a","Resource":"*","\\u0045ffect":"Deny"}]}'
    expect(parsePolicyText(text, 'p', 'identity')).toEqual({
      problems: [{ path: 'p.Statement[0].Effect', message: 'stands twice; keep one of them' }],
    })
  })

  test('no JSON', () => {
    expect(parsePolicyText('{"Statement":[}', 'p', 'identity').problems).toEqual([
      { path: 'p', message: expect.stringMatching(/^is not JSON: Unexpected token/) },
    ])
  })
})
