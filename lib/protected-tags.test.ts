import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { protectedTagTable } from '../e2e/support/protected-tags.ts'
import {
  type ProtectedPattern,
  protectedTagSentence,
  protectedTagsOf,
  protectionSentence,
  protectionsOf,
} from './protected-tags.ts'
import type { ResourceType } from './resource.ts'
import type { Tag } from './tag.ts'
import { fuzz, hostileText, SEED } from './testing.ts'

const tag = (key: string, value = 'any value'): Tag => ({ key, value })
const of = (found: Tag, type: ResourceType, patterns: ProtectedPattern[] = [], others: Tag[] = []) =>
  protectionsOf(found, { type, tags: [found, ...others] }, patterns)
const effects = (found: Tag, type: ResourceType) => [...new Set(of(found, type).map(({ effect }) => effect))]

describe('tags that AWS managed policies ask for', () => {
  test.each([
    tag('AmazonDataZoneEnvironment'),
    tag('datazone:projectId', 'proj-all'),
    tag('EnableKeyForAmazonDataZone', 'true'),
    tag('EnableBedrock', 'true'),
    tag('DocDBElasticFullAccess'),
    tag('EventBridgeApiDestinations', 'true'),
    tag('EvsAccess'),
    tag('LicenseManagerLinuxSubscriptions', 'enabled'),
    tag('LogsManaged', 'true'),
    tag('SystemsManagerManaged', 'true'),
    tag('SystemsManagerJustInTimeNodeAccessManaged', 'true'),
    tag('aws-supply-chain-access', 'true'),
    tag('red-hat', 'true'),
    tag('sagemaker', 'true'),
    tag('Source', 'SageMakerCanvas'),
    tag('CreatedFor', 'AWSTransform'),
  ])('a key loses something with $key', (found) => {
    expect(effects(found, 'key')).toEqual(['breaks'])
  })

  test.each([
    tag('RedshiftDataFullAccess'),
    tag('RedshiftQueryOwner'),
    tag('sqlworkbench-resource-owner'),
    tag('SageMaker', 'true'),
    tag('sagemaker:partner'),
    tag('AmazonDataZoneDomain', 'dzd_1'),
    tag('for-use-with-all-datazone-projects', 'true'),
    tag('AWSRDSCustom', 'custom-oracle'),
    tag('AWSEc2SqlHa'),
    tag('AWSApplicationMigrationServiceManaged'),
    tag('AmazonEVSManaged'),
    tag('EvsAccess'),
    tag('DocDBElasticFullAccess'),
    tag('IsAppStudioSecret', 'true'),
    tag('LicenseManagerLinuxSubscriptions', 'enabled'),
    tag('eks-local:controlplane-name'),
    tag('red-hat-managed', 'true'),
  ])('a secret loses something with $key', (found) => {
    expect(effects(found, 'secret')).toEqual(['breaks'])
  })

  test.each([tag('GuardDutyExcluded'), tag('InspectorEc2Exclusion', 'true')])(
    'a key is opened without $key',
    (found) => {
      expect(effects(found, 'key')).toEqual(['opens'])
    },
  )

  test('one tag can do both', () => {
    expect(effects(tag('AmazonDataZoneProject'), 'secret')).toEqual(['breaks', 'opens'])
  })

  test.each([
    [tag('Owner', 'database-connector'), tag('Project', 'atx-db-modernization')],
    [tag('Project', 'atx-db-modernization'), tag('Owner', 'database-connector')],
    [tag('CreatedBy'), tag('amazondatazoneproject')],
    [tag('AmazonBedrockManaged', 'true'), tag('AmazonDataZoneProject')],
  ])('$0.key counts only beside $1.key', (found, beside) => {
    expect(of(found, 'secret')).toEqual([])
    expect(of(found, 'secret', [], [beside])).toMatchObject([{ effect: 'breaks' }])
  })
})

test.each([
  ['the service is the wrong one', tag('GuardDutyExcluded'), 'secret'],
  ['the value is another one', tag('Source', 'terraform'), 'key'],
  ['the value differs in case', tag('Source', 'sagemakercanvas'), 'key'],
  ['the key is a longer one', tag('red-hat-x', 'true'), 'key'],
  ['the key is an everyday one', tag('Owner', 'alice'), 'secret'],
] as const)('nothing is said when %s', (_, found, type) => {
  expect(of(found, type)).toEqual([])
})

test('upper and lower case of the tag key are one', () => {
  expect(of(tag('gUARDdUTYeXCLUDED'), 'key')).toHaveLength(1)
})

test.each([
  ['kubernetes.io/*', 'kubernetes.io/cluster/x', true],
  ['kubernetes.io/*', 'kubernetesXio/cluster', false],
  ['MAID_?tatus', 'maid_status', true],
  ['maid', 'maid_status', false],
  ['*', 'anything\nat all 🔑', true],
  ['(a+)+$', '(A+)+$', true],
])('the operator’s pattern %s and the tag key %s: %s', (pattern, key, protects) => {
  const listed = { pattern, note: 'why' }
  expect(of(tag(key), 'key', [listed])).toEqual(protects ? [{ effect: 'listed', ...listed }] : [])
})

test('of a resource, only what is removed counts, each with its tag key', () => {
  const tags = [tag('EvsAccess'), tag('red-hat', 'true'), tag('team')]
  const found = protectedTagsOf(tags.slice(1), { type: 'key', tags }, [{ pattern: 'team', note: '' }])
  expect(found.map(({ tagKey, protection }) => [tagKey, protection.effect])).toEqual([
    ['red-hat', 'breaks'],
    ['team', 'listed'],
  ])
})

test('where several tags stand, each is named', () => {
  const protection = { effect: 'listed', pattern: 'te*', note: '' } as const
  expect(protectedTagSentence({ tagKey: 'team', protection })).toBe(
    '`team`: tag keys like `te*` are on your list of protected tags',
  )
})

test('each protection is a sentence', () => {
  const sentences = [
    ...of(tag('SageMaker', 'true'), 'secret', [
      { pattern: 'sage*', note: '' },
      { pattern: '*', note: 'ask the platform team' },
    ]),
    ...of(tag('InspectorEc2Exclusion', 'true'), 'key'),
  ].map(protectionSentence)
  expect(sentences).toEqual([
    'Amazon SageMaker AI relies on this tag and can break without it, because of `AmazonSageMakerCanvasDataPrepFullAccess` and 2 more AWS managed policies',
    'tag keys like `sage*` are on your list of protected tags',
    'tag keys like `*` are on your list of protected tags: ask the platform team',
    'this tag limits what Amazon Inspector may do; without it, access opens by `AmazonInspector2AgentlessServiceRolePolicy`',
  ])
})

describe('the table is made of statements', () => {
  const tableOf = (...Statement: object[]) => {
    const folder = mkdtempSync(join(tmpdir(), 'untag-policies-'))
    const policy = { name: 'AmazonEKSTest', updatedate: '2026-01-02T03:04:05Z', document: { Statement } }
    writeFileSync(join(folder, 'AmazonEKSTest.json'), JSON.stringify(policy))
    const [text = ''] = protectedTagTable(folder).values()
    rmSync(folder, { recursive: true })
    return [...text.matchAll(/type: '(\w+)',\s+effect: '(\w+)'(?:[^}]*values: \[(.*)\])?/g)].map(
      ([, type, effect, values]) => [type, effect, values?.replaceAll("'", '') ?? 'any'].join(' '),
    )
  }
  const when = (Condition: object, Effect = 'Allow', Action: string | string[] = 'kms:Decrypt') => ({
    Effect,
    Action,
    Condition,
  })
  const T = 'aws:ResourceTag/T'

  // IAM User Guide, "IAM JSON policy elements: Condition operators".
  test.each([
    ['an Allow that asks for a value', when({ StringEquals: { [T]: 'x' } }), ['key breaks x']],
    ['an Allow that asks for a pattern', when({ StringLike: { [T]: ['x*', 'y'] } }), ['key breaks x*, y']],
    [
      'an Allow that asks for the principal’s value',
      when({ StringEquals: { [T]: `\${aws:PrincipalTag/T}` } }),
      ['key breaks any'],
    ],
    ['an Allow that asks for the tag', when({ Null: { [T]: 'false' } }), ['key breaks any']],
    ['an Allow that asks for its absence', when({ Null: { [T]: 'true' } }), ['key opens any']],
    ['a Deny of a value', when({ StringEquals: { [T]: 'x' } }, 'Deny'), ['key opens x']],
    ['a Deny of all other values', when({ StringNotEquals: { [T]: 'x' } }, 'Deny'), ['key breaks x']],
    ['a Deny without the tag', when({ Null: { [T]: 'true' } }, 'Deny'), ['key breaks any']],
    ['an Allow of all other values', when({ StringNotEquals: { [T]: 'x' } }), ['key opens x']],
    ['an Allow where absence is fine', when({ StringEqualsIfExists: { [T]: 'x' } }), ['key opens any']],
    [
      'a Deny of other values of a tag that is there',
      when({ Null: { [T]: 'false' }, StringNotEquals: { [T]: 'x' } }, 'Deny'),
      ['key opens any'],
    ],
    [
      'secrets have a key of their own',
      when({ Null: { 'secretsmanager:ResourceTag/T': 'false' } }, 'Allow', ['secretsmanager:*']),
      ['secret breaks any'],
    ],
    ['everything', when({ StringEquals: { [T]: 'x' } }, 'Deny', '*'), ['key opens x', 'secret opens x']],
    ['another service', when({ StringEquals: { [T]: 'x' } }, 'Allow', 'ec2:*'), []],
    ['the tag of the principal', when({ StringEquals: { 'aws:PrincipalTag/T': 'x' } }), []],
    ['a tag that nobody can remove', when({ StringEquals: { 'aws:ResourceTag/aws:x': 'x' } }), []],
  ])('%s', (_, statement, rows) => {
    expect(tableOf(statement)).toEqual(rows)
  })

  test('a condition without quotation marks, and everything but some actions', () => {
    const but = (NotAction: string) => ({ Effect: 'Allow', NotAction, Condition: { Null: { [T]: false } } })
    expect(tableOf(but('ec2:*'))).toEqual(['key breaks any', 'secret breaks any'])
    expect(tableOf(but('kms:*'))).toEqual(['secret breaks any'])
  })
})

describe('patterns', () => {
  const isListed = (pattern: string, key: string) => of(tag(key), 'key', [{ pattern, note: '' }]).length > 0

  // Read off the rule, and so slow that only short texts can be given to it.
  function plainly([first, ...rest]: string[], text: string[]): boolean {
    if (first === undefined) return text.length === 0
    if (first === '*') return plainly(rest, text) || (text.length > 0 && plainly([first, ...rest], text.slice(1)))
    return text.length > 0 && (first === '?' || first === text[0]) && plainly(rest, text.slice(1))
  }

  test(`mean what they say, whatever stands in them (seed ${SEED})`, () => {
    const short = (unit: string) => fc.string({ unit: fc.constantFrom(...unit), maxLength: 7 })
    const rightlyListed = { yes: 0, no: 0 }
    fc.assert(
      fc.property(short('ab*?'), short('ab*?'), hostileText, (pattern, text, foreign) => {
        const expected = plainly([...pattern], [...text])
        rightlyListed[expected ? 'yes' : 'no']++
        expect(isListed(pattern, text)).toBe(expected)
        expect(isListed('*', foreign)).toBe(true)
        expect(isListed(foreign, foreign)).toBe(true)
      }),
      fuzz,
    )
    expect(Math.min(rightlyListed.yes, rightlyListed.no)).toBeGreaterThan(500)
  })

  test('many stars take no longer than few', () => {
    expect(isListed(`${'*a'.repeat(63)}b`, 'a'.repeat(128))).toBe(false)
  })
})
