import { expect, test } from 'vitest'
import type { Document } from './facts.ts'
import { mayAssume } from './may-assume.ts'
import { ACCOUNT, aws, everything, factsOf, nothing, OTHER_ACCOUNT, ROOT, type Situation, USER } from './testing.ts'

const STS = 'STS: AssumeRole'
const TAGS = 'IAM: Pass session tags'
const FOREIGN = `arn:aws:iam::${OTHER_ACCOUNT}:role/app`
const trust = (principal: string, ...actions: string[]): Document => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: aws(principal), Action: actions }],
})
const tagged = { 'aws:RequestTag/team': 'pay', 'aws:TagKeys': ['team'] }
const external: Document = {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: aws(FOREIGN),
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': 'x1' } },
  },
}

const rows: readonly [string, string, Situation, string][] = [
  [
    'a trust policy that names the user is enough in one account',
    STS,
    { arn: USER, policy: trust(USER, 'sts:AssumeRole') },
    'allowed sts:AssumeRole',
  ],
  [
    'one that names the account leaves it to identity policies',
    STS,
    { arn: USER, policy: trust(ROOT, 'sts:AssumeRole'), identity: [everything] },
    'allowed sts:AssumeRole',
  ],
  [
    'which must allow',
    STS,
    { arn: USER, policy: trust(ROOT, 'sts:AssumeRole'), identity: [nothing] },
    'implicitDeny sts:AssumeRole',
  ],
  [
    'identity policies alone are not enough',
    STS,
    { arn: USER, policy: trust(FOREIGN, 'sts:AssumeRole'), identity: [everything] },
    'implicitDeny sts:AssumeRole',
  ],
  [
    'across accounts both must allow',
    STS,
    { arn: FOREIGN, policy: trust(FOREIGN, 'sts:AssumeRole') },
    'implicitDeny sts:AssumeRole',
  ],
  [
    'across accounts both do',
    STS,
    { arn: FOREIGN, policy: trust(`${OTHER_ACCOUNT}`, 'sts:AssumeRole'), identity: [everything] },
    'allowed sts:AssumeRole',
  ],
  [
    'conditions of the trust policy are honoured',
    'IAM: External ID',
    { arn: FOREIGN, policy: external, identity: [everything] },
    'implicitDeny sts:AssumeRole',
  ],
  [
    'and met',
    'IAM: External ID',
    { arn: FOREIGN, policy: external, identity: [everything], context: { 'sts:ExternalId': 'x1' } },
    'allowed sts:AssumeRole',
  ],
  [
    'passing tags needs sts:TagSession',
    TAGS,
    { arn: USER, policy: trust(USER, 'sts:AssumeRole'), context: tagged },
    'implicitDeny sts:TagSession',
  ],
  [
    'which the trust policy may allow',
    TAGS,
    { arn: USER, policy: trust(USER, 'sts:AssumeRole', 'sts:TagSession'), context: tagged },
    'allowed sts:AssumeRole',
  ],
  [
    'passing a source identity needs sts:SetSourceIdentity',
    'IAM: Monitor and control actions taken with assumed roles',
    { arn: USER, policy: trust(USER, 'sts:AssumeRole'), context: { 'sts:SourceIdentity': 'kim' } },
    'implicitDeny sts:SetSourceIdentity',
  ],
  [
    'the root user assumes no role',
    STS,
    { arn: ROOT, policy: trust(ACCOUNT, 'sts:AssumeRole') },
    'implicitDeny sts:AssumeRole',
  ],
]

test.each(rows)('%s (%s)', (_rule, _source, situation, outcome) => {
  const { action: _action, ...assumption } = factsOf({ ...situation, type: 'role' })
  const { decision, action } = mayAssume(assumption)
  expect(`${decision} ${action}`).toBe(outcome)
})
