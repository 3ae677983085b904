import { expect, test } from 'vitest'
import type { CasePolicy } from '../access/case.ts'
import { parsePolicy } from '../access/parse-policy.ts'
import { type Outsider, outsidersIn } from './outsiders.ts'
import { policyOf, TEST_ACCOUNT } from './testing.ts'

const naming = (element: object) =>
  parsePolicy(policyOf({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', ...element }), '', 'key').policy
const key = 'arn:aws:kms:eu-central-1:111122223333:key/1'
const partner = 'arn:aws:iam::444455556666:role/analytics'

test.each<[rule: string, element: object, outsiders: Omit<Outsider, 'resources'>[]]>([
  ['the account itself', { Principal: { AWS: `arn:aws:iam::${TEST_ACCOUNT}:root` } }, []],
  ['its id', { Principal: { AWS: TEST_ACCOUNT } }, []],
  ['a role of another account', { Principal: { AWS: partner } }, [{ kind: 'account', name: partner }]],
  ['the id of another account', { Principal: { AWS: '444455556666' } }, [{ kind: 'account', name: '444455556666' }]],
  ['a service', { Principal: { Service: 's3.amazonaws.com' } }, [{ kind: 'service', name: 's3.amazonaws.com' }]],
  [
    'an identity provider',
    { Principal: { Federated: 'accounts.google.com' } },
    [{ kind: 'federated', name: 'accounts.google.com' }],
  ],
  [
    'somebody federated by a user of the account',
    { Principal: { AWS: `arn:aws:sts::${TEST_ACCOUNT}:federated-user/bob` } },
    [{ kind: 'federated', name: `arn:aws:sts::${TEST_ACCOUNT}:federated-user/bob` }],
  ],
  ['everybody', { Principal: '*' }, [{ kind: 'everybody', name: '*' }]],
  ['all but some', { NotPrincipal: { AWS: partner } }, [{ kind: 'everybody', name: '*' }]],
  ['somebody who was deleted', { Principal: { AWS: 'AROAEXAMPLEID' } }, []],
])('%s', (_, element, outsiders) => {
  const policy = naming(element)
  expect(policy).toBeDefined()
  expect(outsidersIn(new Map([[key, policy]]), TEST_ACCOUNT)).toEqual(
    outsiders.map((outsider) => ({ ...outsider, resources: [key] })),
  )
})

test('one row for each, with all resources that name it; unread and absent policies name nobody', () => {
  const shared = naming({ Principal: { AWS: partner } })
  const policies = new Map<string, CasePolicy | undefined>([
    ['a', shared],
    ['b', 'unread'],
    ['c', undefined],
    ['d', shared],
  ])
  expect(outsidersIn(policies, TEST_ACCOUNT)).toEqual([{ kind: 'account', name: partner, resources: ['a', 'd'] }])
})
