import { expect, test } from 'vitest'
import { policyOf, TEST_ACCOUNT } from '../../principals/testing.ts'
import { plannedResources } from './planned-resource.ts'
import { unsureOutsiders } from './unsure-outsiders.ts'

const noFacts = { keySpec: null, keyUsage: null, keyOrigin: null, multiRegion: null, multiRegionKeyType: null }
const partner = 'arn:aws:iam::444455556666:root'
const byTag = { StringEquals: { 'aws:ResourceTag/Team': 'pay' } }
const statement = (Effect: string, Principal: unknown, Condition: object = {}) => {
  return { Effect, Principal, Action: 'kms:Decrypt', Resource: '*', Condition }
}
const root = statement('Allow', { AWS: `arn:aws:iam::${TEST_ACCOUNT}:root` }, byTag)
const own = { StringEquals: { 'kms:CallerAccount': TEST_ACCOUNT } }
const quarantine = statement('Deny', '*', { Null: { 'aws:ResourceTag/team': 'false' } })

test.each<[rule: string, statements: object[], outsiders: string[]]>([
  ['an Allow by the tag', [root, statement('Allow', { AWS: partner }, byTag)], [partner]],
  ['an Allow by another tag', [statement('Allow', { AWS: partner }, { Null: { 'aws:ResourceTag/app': 'true' } })], []],
  ['an Allow that a Deny by the tag takes away', [statement('Allow', { AWS: partner }), quarantine], [partner]],
  ['a Deny of those whom nothing allows', [root, quarantine], []],
  ['everybody', [statement('Allow', '*', byTag)], ['*']],
  ['everybody of the account itself', [statement('Allow', '*', own), quarantine], []],
  ['a service', [statement('Allow', { Service: 's3.amazonaws.com' }, byTag)], ['s3.amazonaws.com']],
  ['nobody from outside', [root], []],
])('%s', (_, statements, outsiders) => {
  const [planned] = plannedResources([
    {
      arn: `arn:aws:kms:eu-central-1:${TEST_ACCOUNT}:key/1`,
      type: 'key',
      region: 'eu-central-1',
      primaryRegion: null,
      facts: { tags: [{ key: 'team', value: 'pay' }], ...noFacts },
      aliases: [],
      policy: { text: JSON.stringify(policyOf(...statements)), problem: null },
      changed: [{ key: 'team', value: 'pay' }],
    },
  ])
  if (!planned) throw new Error('one resource makes one')
  expect(planned.known.policy).not.toBe('unread')
  expect(unsureOutsiders(planned)).toEqual(outsiders)
})
