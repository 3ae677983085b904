import { expect, test } from 'vitest'
import { mayCarrySessionTags } from './session-tags.ts'

const trusting = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
const toAccount = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' } }

test.each<[rule: string, trustPolicy: string | null, may: boolean]>([
  ['AssumeRole alone passes none', trusting({ ...toAccount, Action: 'sts:AssumeRole' }), false],
  ['TagSession is named', trusting({ ...toAccount, Action: ['sts:AssumeRole', 'sts:TagSession'] }), true],
  ['case does not matter', trusting({ ...toAccount, Action: 'STS:tagsession' }), true],
  ['by a wildcard', trusting({ ...toAccount, Action: 'sts:*' }), true],
  ['by a part of the name', trusting({ ...toAccount, Action: 'sts:T?gS*' }), true],
  ['NotAction without it', trusting({ ...toAccount, NotAction: 'sts:SetSourceIdentity' }), true],
  ['NotAction with it', trusting({ ...toAccount, NotAction: 'sts:Tag*' }), false],
  ['a Deny allows nothing', trusting({ ...toAccount, Effect: 'Deny', Action: 'sts:TagSession' }), false],
  [
    'a condition may be met',
    trusting({ ...toAccount, Action: 'sts:TagSession', Condition: { StringEquals: { 'aws:RequestTag/team': 'a' } } }),
    true,
  ],
  [
    'IAM Identity Center passes attributes',
    trusting({
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/AWSSSO_DO_NOT_DELETE' },
      Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
      Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
    }),
    true,
  ],
  ['what does not parse may let anybody', '{"Statement":', true],
  ['what was not read may let anybody', null, true],
])('%s', (_, trustPolicy, may) => {
  expect(mayCarrySessionTags(trustPolicy)).toBe(may)
})
