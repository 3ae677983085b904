import { expect, test } from 'vitest'
import type { TerraformResource } from '#lib/terraform.ts'
import { ownerSlices } from './owner-slices.ts'

const resource = (name: string, more: Partial<TerraformResource> = {}): TerraformResource => ({
  arn: `arn:aws:kms:eu-central-1:111122223333:key/${name}`,
  address: `aws_kms_key.${name}`,
  type: 'aws_kms_key',
  name,
  tagKeys: [],
  inheritedTagKeys: [],
  ...more,
})

test('nothing found is one slice, which makes the server forget what was found before', () => {
  expect(ownerSlices([], ['team'])).toEqual([[]])
})

test('of tag keys only those that go are told', () => {
  const found = resource('a', { tagKeys: ['team', 'mail@example.com'], inheritedTagKeys: ['cost', 'owner'] })
  expect(ownerSlices([found], ['team', 'owner'])).toEqual([
    [{ ...found, tagKeys: ['team'], inheritedTagKeys: ['owner'] }],
  ])
})

test('many resources are many slices, and none is lost', () => {
  const found = Array.from({ length: 1_201 }, (_, at) => resource(`k${at}`))
  const slices = ownerSlices(found, [])
  expect(slices.map((slice) => slice.length)).toEqual([500, 500, 201])
  expect(slices.flat()).toEqual(found)
})

test('long addresses make shorter slices', () => {
  const found = Array.from({ length: 500 }, (_, at) => resource(`k${at}`, { address: 'a'.repeat(1_000) }))
  const slices = ownerSlices(found, [])
  expect(slices.flat()).toHaveLength(500)
  expect(Math.max(...slices.map((slice) => JSON.stringify(slice).length))).toBeLessThan(310_000)
})
