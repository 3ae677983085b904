import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mutated, mutation } from './access/testing.ts'
import { isResourceArn } from './arn.ts'
import { readTerraform, terraformResource } from './terraform.ts'
import { fuzz, hostileText, SEED, tampered } from './testing.ts'

const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555'
const SECRET = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:pay/db-AbCdEf'
const values = {
  arn: KEY,
  tags: { temp: 'x' },
  tags_all: { temp: 'x', CostCenter: '42' },
  policy: '{"the":"policy"}',
  description: 'not kept',
}
const KEPT = { arn: KEY, type: 'aws_kms_key', name: 'main', tagKeys: ['temp'], inheritedTagKeys: ['CostCenter'] }

const inState = (more: object = {}, instance: object = {}) => ({
  version: 4,
  terraform_version: '1.9.0',
  outputs: { password: { value: 'hunter2', type: 'string' } },
  resources: [
    { mode: 'managed', type: 'aws_kms_key', name: 'main', instances: [{ attributes: values, ...instance }], ...more },
    { mode: 'managed', type: 'random_password', name: 'db', instances: [{ attributes: { result: 'hunter2' } }] },
  ],
})
const shown = (address: string, more: object = {}) => ({
  address,
  mode: 'managed',
  type: 'aws_kms_key',
  name: 'main',
  ...more,
})
const inShownState = (root_module: object) => ({ format_version: '1.0', values: { root_module } })
const inPlan = (change: object, more: object = {}) => ({
  format_version: '1.2',
  planned_values: { root_module: {} },
  resource_changes: [
    { ...shown('aws_kms_key.main'), change: { actions: ['no-op'], before: values, after: values, ...change }, ...more },
  ],
  prior_state: {},
})
const read = (file: unknown) => readTerraform(JSON.stringify(file))
const addresses = (file: unknown) => read(file).resources.map(({ address }) => address)

describe('what is kept of a file', () => {
  test.each([
    ['a state', inState()],
    ['a shown state', inShownState({ resources: [shown('aws_kms_key.main', { values })] })],
    ['a plan', inPlan({})],
  ])('%s: ARN, address and tag keys, and nothing else', (_, file) => {
    expect(read(file)).toEqual({ resources: [{ ...KEPT, address: 'aws_kms_key.main' }], problems: [] })
  })

  test.each(['aws_kms_key', 'aws_kms_replica_key', 'aws_kms_external_key', 'aws_kms_replica_external_key'])(
    '%s',
    (type) => {
      expect(read(inState({ type })).resources).toMatchObject([{ arn: KEY, type }])
    },
  )

  test('aws_secretsmanager_secret, but not its versions', () => {
    const secret = { attributes: { arn: SECRET, tags: null, tags_all: { team: 'a' } } }
    const { resources } = read(inState({ type: 'aws_secretsmanager_secret', instances: [secret] }))
    expect(resources).toMatchObject([{ arn: SECRET, tagKeys: [], inheritedTagKeys: ['team'] }])
    expect(read(inState({ type: 'aws_secretsmanager_secret_version' })).resources).toEqual([])
  })

  test.each([
    ['neither tags nor tags_all', {}, [], []],
    ['tags of a provider without tags_all', { tags: { a: '1' } }, ['a'], []],
    ['a default tag that the resource overrides', { tags: { a: '1' }, tags_all: { a: '1' } }, ['a'], []],
    ['a tag that has another value in tags_all', { tags: { a: '1' }, tags_all: { a: '2' } }, ['a'], ['a']],
    ['a tag key that every object has', { tags: {}, tags_all: { constructor: '' } }, [], ['constructor']],
  ])('%s', (_, attributes, tagKeys, inheritedTagKeys) => {
    const file = inState({}, { attributes: { arn: KEY, ...attributes } })
    expect(read(file).resources).toMatchObject([{ tagKeys, inheritedTagKeys }])
  })
})

describe('addresses', () => {
  test.each([
    [{}, {}, 'aws_kms_key.main'],
    [{}, { index_key: 0 }, 'aws_kms_key.main[0]'],
    [{}, { index_key: 'a"b.c' }, 'aws_kms_key.main["a\\"b.c"]'],
    [{ module: 'module.a["x.y"].module.b[1]' }, { index_key: 2 }, 'module.a["x.y"].module.b[1].aws_kms_key.main[2]'],
  ])('a state with %o %o', (more, instance, address) => {
    expect(addresses(inState(more, instance))).toEqual([address])
  })

  test('modules in modules of a shown state', () => {
    const child_modules = [
      { resources: [shown('module.a.aws_kms_key.main', { values })] },
      { child_modules: [{ resources: [shown('module.b.module.c.aws_kms_key.main[0]', { values })] }] },
    ]
    expect(addresses(inShownState({ child_modules }))).toEqual([
      'module.a.aws_kms_key.main',
      'module.b.module.c.aws_kms_key.main[0]',
    ])
  })
})

describe('what is left out', () => {
  const noKey = ['no KMS key and no secret is managed in this file']
  test.each([
    ['a data source', inState({ mode: 'data' }), noKey],
    ['an object that waits for its destruction', inState({}, { deposed: 'abcd1234' }), noKey],
    ['a resource of another kind', inState({ type: 'aws_s3_bucket' }), noKey],
    ['a state without resources', { format_version: '1.0' }, noKey],
    ['a resource that the plan destroys', inPlan({ actions: ['delete'], after: null }), noKey],
    ['a resource that the plan replaces', inPlan({ actions: ['delete', 'create'], after: {} }), noKey],
    [
      'a resource that the plan creates',
      inPlan({ actions: ['create'], before: null, after: { tags: { a: '1' } } }),
      [],
    ],
    ['a resource without attributes', inState({}, { attributes: {} }), []],
  ])('%s', (_, file, problems) => {
    expect(read(file)).toEqual({ resources: [], problems })
  })

  test.each([
    ['the ARN of something else', { ...values, arn: 'arn:aws:s3:::bucket' }],
    ['tags that are no map', { ...values, tags: ['a'] }],
    ['a tag key that is too long', { ...values, tags: { ['x'.repeat(129)]: '' } }],
    ['attributes of an old provider', null],
  ])('%s is said, and the rest is read', (_, attributes) => {
    const file = inState({
      instances: [
        { index_key: 0, attributes },
        { index_key: 1, attributes: values },
      ],
    })
    expect(read(file).problems).toEqual(['the tags of `aws_kms_key.main[0]` cannot be read'])
    expect(addresses(file)).toEqual(['aws_kms_key.main[1]'])
  })
})

test('of a plan, what will be after it counts, and before it where that is not known yet', () => {
  const after = { arn: KEY, tags: { temp: 'x', added: 'y' } }
  expect(read(inPlan({ actions: ['update'], after })).resources).toMatchObject([
    { tagKeys: ['temp', 'added'], inheritedTagKeys: ['CostCenter'] },
  ])
  expect(read(inPlan({ actions: ['update'], after: { ...values, tags: {}, tags_all: {} } })).resources).toMatchObject([
    { tagKeys: [], inheritedTagKeys: [] },
  ])
})

describe('what people drop instead', () => {
  test.each([
    ['nothing', '', /empty/],
    ['source', 'resource "aws_kms_key" "main" {\n  tags = {}\n}\n', /Terraform source/],
    ['source with a comment', '# keys\n\nlocals {\n}\n', /Terraform source/],
    ['a saved plan', 'PK\u0003\u0004…', /saved plan/],
    ['UTF-16', '\ufffd\ufffd{\0"\0v\0', /UTF-8/],
    ['a log', '{"@level":"info"}\n{"@level":"info"}\n', /log of a run/],
    ['half a file', JSON.stringify(inState()).slice(0, 100), /not complete/],
    ['a number', '42', /neither a state nor a plan/],
    ['another JSON', '{"Resources":{}}', /neither a state nor a plan/],
    ['an old state', '{"version":3,"terraform_version":"0.11.14","modules":[]}', /another format version than 4/],
    ['a format of the future', '{"format_version":"2.0","values":{}}', /does not know/],
    [
      'a state of OpenTofu that is encrypted',
      '{"meta":{},"encrypted_data":"…","encryption_version":"v0"}',
      /encrypted/,
    ],
    ['a state that SOPS encrypted', '{"version":"ENC[…]","sops":{"mac":"…"}}', /encrypted/],
  ])('%s', (_, text, problem) => {
    expect(readTerraform(text)).toEqual({ resources: [], problems: [expect.stringMatching(problem)] })
  })

  test('a byte order mark does not matter', () => {
    expect(readTerraform(`\ufeff${JSON.stringify(inState())}`).resources).toHaveLength(1)
  })

  test('anything at all', () => {
    const part = fc.jsonValue()
    fc.assert(
      fc.property(
        fc.record(
          {
            version: fc.constantFrom(3, 4),
            format_version: part,
            resources: part,
            values: part,
            resource_changes: part,
          },
          { requiredKeys: [] },
        ),
        part,
        (file, other) => {
          for (const any of [file, other]) expect(read(any).problems.length).toBeLessThanOrEqual(1)
        },
      ),
    )
  })

  test(`10,000 mutated files: what comes of them is whole, or there is a sentence (seed ${SEED})`, () => {
    const files = [inState(), inShownState({ child_modules: [{ resources: [shown('a', { values })] }] }), inPlan({})]
    const texts = fc.constantFrom(...files.map((file) => JSON.stringify(file)))
    const some = fc.oneof(
      { weight: 6, arbitrary: fc.tuple(texts, mutation).map(([text, change]) => mutated(text, change)) },
      { weight: 2, arbitrary: tampered(texts) },
      { weight: 1, arbitrary: hostileText },
    )
    const seen = { read: 0, refused: 0 }
    fc.assert(
      fc.property(some, (text) => {
        const reading = readTerraform(text)
        seen[reading.resources.length > 0 ? 'read' : 'refused']++
        for (const resource of reading.resources) {
          expect(isResourceArn(resource.arn) && terraformResource.safeParse(resource).success).toBe(true)
        }
        for (const problem of reading.problems) expect(problem).toMatch(/^[a-z].{10,300}[^.]$/)
        expect(JSON.stringify(reading)).not.toContain('hunter2')
      }),
      fuzz,
    )
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(500)
  })

  test.each([
    ['modules 100,000 deep', `${'{"child_modules":['.repeat(100_000)}${']}'.repeat(100_000)}`],
    ['arrays 100,000 deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('%s', (_, deep) => {
    const problem = expect.stringMatching(/^(this|no) /)
    expect(readTerraform(deep).problems).toEqual([problem])
    expect(readTerraform(`{"format_version":"1.0","values":{"root_module":${deep}}}`).problems).toEqual([problem])
  })

  test('a million empty lines in front of a text', () => {
    expect(readTerraform(`${'\n'.repeat(1_000_000)}x`).problems).toEqual([
      expect.stringMatching(/^this file is no JSON/),
    ])
  })

  test('a tag key that is no name of an object’s own', () => {
    const tags = JSON.parse('{"__proto__":"x","constructor":"y"}')
    const file = inState({}, { attributes: { arn: KEY, tags, tags_all: tags } })
    expect(read(file).resources).toMatchObject([{ tagKeys: ['__proto__', 'constructor'], inheritedTagKeys: [] }])
  })
})
