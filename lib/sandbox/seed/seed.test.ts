import { describe, expect, test } from 'vitest'
import { listResources } from '../control/resources.ts'
import type { ResetSettings } from '../settings.ts'
import { createWorld } from '../world.ts'

const resourcesOf = (settings: ResetSettings) => listResources(createWorld(settings).world)
const demo = resourcesOf({})
const own = demo.filter(({ manager }) => manager !== 'AWS')
const keysAndValues = own.flatMap(({ tags }) => Object.entries(tags))
const isStrayOwner = (tagKey: string) => /^owner\s*$/i.test(tagKey) && tagKey !== 'Owner'

describe('the demo data', () => {
  test('is half keys, half secrets, in five Regions', () => {
    expect(own).toHaveLength(60)
    expect(own.filter(({ type }) => type === 'key')).toHaveLength(30)
    expect(new Set(own.map(({ region }) => region)).size).toBe(5)
  })
  test('has at least 20 resources with a stray Owner that can be removed', () => {
    const removable = own.filter(
      ({ tags, state, manager }) =>
        Object.keys(tags).some(isStrayOwner) && !state.startsWith('Pending') && manager === 'CUSTOMER',
    )
    expect(removable.length).toBeGreaterThanOrEqual(20)
    expect(new Set(keysAndValues.map(([key]) => key).filter(isStrayOwner))).toEqual(
      new Set(['owner', 'OWNER', 'OWNER ']),
    )
  })
  test.each<[mess: string, isThere: boolean]>([
    ['a resource with 50 tags of its own', own.some(({ tags }) => Object.keys(tags).length === 50)],
    ['a value of 256 characters', keysAndValues.some(([, value]) => value.length === 256)],
    ['a tag key of 128 characters', keysAndValues.some(([key]) => key.length === 128)],
    ['an empty value', keysAndValues.some(([, value]) => value === '')],
    ['Unicode', keysAndValues.some(([key]) => key === '部門')],
    [
      'both cost-center and CostCenter on one resource',
      own.some(({ tags }) => 'cost-center' in tags && 'CostCenter' in tags),
    ],
    ['a mail address as tag key', keysAndValues.some(([key]) => key.includes('@'))],
    ['password as tag key', keysAndValues.some(([key]) => key === 'password')],
    ['a tag on which AWS managed policies hang', keysAndValues.some(([key]) => key === 'red-hat')],
    ['CloudFormation tags', keysAndValues.some(([key]) => key.startsWith('aws:cloudformation:'))],
    ['secrets of services', new Set(own.map(({ manager }) => manager)).has('events')],
    ['an alias of 256 characters', own.some(({ name }) => name.length === 256)],
    [
      'a secret named so that its partial ARN looks complete',
      own.some(({ name, type }) => type === 'secret' && /-[a-zA-Z0-9]{6}$/.test(name)),
    ],
    ...['Enabled', 'Disabled', 'PendingDeletion', 'PendingImport', 'Active'].map((state): [string, boolean] => [
      `something ${state}`,
      own.some((resource) => resource.state === state),
    ]),
  ])('has %s', (_, isThere) => {
    expect(isThere).toBe(true)
  })
  test('is the same for the same seed and other for another', () => {
    expect(resourcesOf({ seed: 5 })).toEqual(resourcesOf({ seed: 5 }))
    expect(resourcesOf({ seed: 6 })).not.toEqual(resourcesOf({ seed: 5 }))
  })
  test.each([0, 1, 7, 59, 1_000, 4_000])('counts %i keys and secrets, replicas included', (resources) => {
    expect(resourcesOf({ resources }).filter(({ manager }) => manager !== 'AWS')).toHaveLength(resources)
  })
  test('keeps its shape at 20,000 resources in 10 Regions', () => {
    const many = resourcesOf({ resources: 20_000, regions: 10 }).filter(({ manager }) => manager !== 'AWS')
    expect(new Set(many.map(({ arn }) => arn)).size).toBe(20_000)
    const perRegion = Map.groupBy(many, ({ region }) => region)
    expect(perRegion.size).toBe(10)
    for (const inRegion of perRegion.values()) expect(Math.abs(inRegion.length - 2_000)).toBeLessThan(200)
    const share = (all: typeof many) =>
      all.filter(({ tags }) => Object.keys(tags).some(isStrayOwner)).length / all.length
    expect(Math.abs(share(many) - share(own))).toBeLessThan(0.05)
  })
})
