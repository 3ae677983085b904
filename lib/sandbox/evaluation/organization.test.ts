import { expect, test } from 'vitest'
import { evaluate } from './evaluate.ts'
import {
  ACCOUNT,
  allow,
  aws,
  deny,
  everything,
  factsOf,
  inWordsOf,
  nothing,
  OTHER_ACCOUNT,
  policy,
  ROLE,
  ROOT,
  type Row,
} from './testing.ts'

const SERVICE_LINKED = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS`

const FOREIGN = `arn:aws:iam::${OTHER_ACCOUNT}:role/app`

const toRole = policy(allow({ Principal: aws(ROLE) }))

const toAll = policy(allow({ Principal: '*' }))

const organization: Row[] = [
  ['an SCP grants nothing', 'Organizations: SCPs', { scps: [[everything]] }, 'implicitDeny identityPolicy'],
  [
    'every level must allow',
    'Organizations: SCP evaluation',
    { identity: [everything], scps: [[everything], [nothing]] },
    'implicitDeny scp',
  ],
  [
    'one policy of a level is enough',
    'Organizations: SCP evaluation',
    { identity: [everything], scps: [[nothing, everything], [everything]] },
    'allowed',
  ],
  [
    'a level without policies allows nothing',
    'Organizations: SCP evaluation',
    { identity: [everything], scps: [[everything], []] },
    'implicitDeny scp',
  ],
  [
    'an SCP’s Deny',
    'Organizations: SCP evaluation',
    { identity: [everything], scps: [[policy(allow(), deny())]] },
    'explicitDeny scp',
  ],
  [
    'a condition on an SCP’s Allow is honoured',
    'Organizations: SCP syntax',
    {
      identity: [everything],
      scps: [[policy(allow({ Condition: { StringEquals: { 'aws:ResourceTag/team': 'pay' } } }))]],
    },
    'implicitDeny scp',
  ],
  [
    'SCPs bind what a key policy grants',
    'Organizations: SCPs',
    { policy: toRole, scps: [[nothing]] },
    'implicitDeny scp',
  ],
  [
    'SCPs bind the root user of the account',
    'Organizations: SCPs',
    { arn: ROOT, scps: [[policy(allow(), deny())]] },
    'explicitDeny scp',
  ],
  [
    'SCPs do not bind service-linked roles',
    'Organizations: SCPs',
    { arn: SERVICE_LINKED, identity: [everything], scps: [[nothing]] },
    'allowed',
  ],
  [
    'an RCP’s Deny',
    'Organizations: RCPs',
    { identity: [everything], rcps: [[policy(deny({ Principal: '*' }))]] },
    'explicitDeny rcp',
  ],
  [
    'RCPs without a Deny leave everything allowed',
    'Organizations: RCPs',
    { identity: [everything], rcps: [[], []] },
    'allowed',
  ],
  [
    'RCPs do not bind service-linked roles',
    'Organizations: RCPs',
    { arn: SERVICE_LINKED, identity: [everything], rcps: [[policy(deny({ Principal: '*' }))]] },
    'allowed',
  ],
  [
    'RCPs do not apply to AWS managed keys',
    'KMS: RCPs',
    { identity: [everything], resource: { isAwsManaged: true }, rcps: [[policy(deny({ Principal: '*' }))]] },
    'allowed',
  ],
  [
    'RCPs bind foreign principals',
    'Organizations: RCPs',
    { arn: FOREIGN, identity: [everything], policy: toAll, rcps: [[policy(deny({ Principal: '*' }))]] },
    'explicitDeny rcp',
  ],
  [
    'a tag can lift an RCP’s Deny',
    'Organizations: RCPs',
    {
      identity: [everything],
      tags: { team: 'pay' },
      rcps: [[policy(deny({ Principal: '*', Condition: { Null: { 'aws:ResourceTag/team': 'true' } } }))]],
    },
    'allowed',
  ],
]

test.each(organization)('%s (%s)', (_rule, _source, situation, outcome) => {
  expect(inWordsOf(outcome, evaluate(factsOf(situation)))).toBe(outcome)
})
