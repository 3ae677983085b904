import { expect, test } from 'vitest'
import type { AccountPrincipal } from '../../access/account.ts'
import type { ResourceFacts } from '../../impact-facts.ts'
import { PolicyShelf } from '../../principals/policy-shelf.ts'
import type { Direction } from './messages.ts'
import { callsOf } from './operator-calls.ts'
import { bothStatesOf } from './planned-resource.ts'

const account = '111122223333'
const allowed = { Effect: 'Allow', Action: 'secretsmanager:*', Resource: '*' }
const team = { key: 'team', value: 'pay' }

function operator(...statements: object[]): AccountPrincipal {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [allowed, ...statements] })
  const identityPolicies = [new PolicyShelf().read(text, 'identity').policy]
  return { arn: `arn:aws:iam::${account}:role/op`, tags: new Map(), identityPolicies }
}

/** What the operator's calls meet who removes the tag `team`, or puts it back. */
function calls(direction: Direction, ...statements: object[]) {
  const facts: ResourceFacts = {
    tags: direction === 'remove' ? [team] : [],
    keySpec: null,
    keyUsage: null,
    keyOrigin: null,
    multiRegion: null,
    multiRegionKeyType: null,
  }
  const arn = `arn:aws:secretsmanager:eu-central-1:${account}:secret:a-AbCdEf`
  const place = { arn, type: 'secret', region: 'eu-central-1', primaryRegion: null } as const
  const known = { ...place, facts, policy: undefined, aliases: null }
  const states = bothStatesOf({ known, policyText: null, changed: [team] }, null, direction, undefined)
  const { change, reverse, awsRefuses } = callsOf(operator(...statements), states, [team], direction, true)
  return { change, reverse, awsRefuses }
}

const deny = (Action: string, Condition: object) => ({ Effect: 'Deny', Action, Resource: '*', Condition })
const tagged = { Null: { 'aws:ResourceTag/team': 'false' } }
const untagged = { Null: { 'aws:ResourceTag/team': 'true' } }
const [untag, tag] = ['secretsmanager:UntagResource', 'secretsmanager:TagResource']
const byTagKey = { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' } }
const byValue = { StringEquals: { 'aws:RequestTag/team': 'pay' } }

test.for([
  ['all is permitted', 'remove', [], { change: 'allow', reverse: 'allow', awsRefuses: false }],
  ['untagging is denied while the tag is there', 'remove', [deny(untag, tagged)], { change: 'deny', reverse: 'allow' }],
  ['tagging is denied once it is gone', 'remove', [deny(tag, untagged)], { change: 'allow', reverse: 'deny' }],
  ['tagging is denied as long as it is there', 'remove', [deny(tag, tagged)], { change: 'allow', reverse: 'allow' }],
  ['its tag key may not be removed', 'remove', [deny(untag, byTagKey)], { change: 'deny', reverse: 'allow' }],
  ['its value may not be set', 'remove', [deny(tag, byValue)], { change: 'allow', reverse: 'deny' }],
  ['the untagging itself is lost', 'remove', [deny(untag, untagged)], { change: 'allow', awsRefuses: true }],
  ['a part is lost', 'remove', [deny('secretsmanager:GetSecretValue', untagged)], { awsRefuses: 'unknown' }],
  [
    'putting back: tagging is denied without the tag',
    'putBack',
    [deny(tag, untagged)],
    { change: 'deny', reverse: 'allow' },
  ],
  ['putting back: untagging is denied with it', 'putBack', [deny(untag, tagged)], { change: 'allow', reverse: 'deny' }],
  ['putting back: the tagging itself is lost', 'putBack', [deny(tag, tagged)], { change: 'allow', awsRefuses: true }],
  ['putting back: the value may not be set', 'putBack', [deny(tag, byValue)], { change: 'deny', reverse: 'allow' }],
] as const)('%s', ([, direction, statements, expected]) => {
  expect(calls(direction, ...statements)).toMatchObject(expected)
})
