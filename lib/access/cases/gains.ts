import {
  ALICE,
  APP,
  APP_SESSION,
  allButActions,
  allow,
  type Conditions,
  deny,
  from,
  grant,
  key,
  OTHER_APP,
  onAllBut,
  otherRole,
  policy,
  role,
  SECRET,
  secret,
  session,
  TEAM,
  tagged,
  teamIs,
  teamIsMissing,
  teamIsNot,
  teamIsPresent,
  to,
  user,
} from './build.ts'
import { source } from './sources.ts'

const read = 'secretsmanager:GetSecretValue'
const full = policy(allow('*'))
const admin = role(allow('*'))
const denied = (condition: Conditions) => ({
  principal: role(allow('*'), deny('kms:*', condition)),
  resource: key({ team: 'blue' }),
})
const opened = (condition: Conditions) => ({
  principal: role(allow('kms:*', condition)),
  resource: key({ team: 'blue' }),
})

/** Untagging can grant access: every layer in which a tag kept somebody out. */
export const gains = from(source.operators, {
  'an Allow for all but one value opens': { ...opened(teamIsNot('blue')), closed: 'gain' },
  'an Allow for untagged keys opens': { ...opened(teamIsMissing), closed: 'gain' },
  'an Allow for the value or none opens': { ...opened({ StringEqualsIfExists: { [TEAM]: 'red' } }), closed: 'gain' },
  'an Allow for all values of a set opens': {
    ...opened({ 'ForAllValues:StringLike': { [TEAM]: 'r*' } }),
    closed: 'gain',
  },
  'an Allow unlike a pattern opens': { ...opened({ StringNotLike: { [TEAM]: ['b*', 'r*'] } }), closed: 'gain' },
  'a Deny for one value is lifted': { ...denied(teamIs('blue')), closed: 'gain' },
  'a Deny for tagged keys is lifted': { ...denied(teamIsPresent), closed: 'gain' },
  'a Deny by pattern is lifted': { ...denied({ StringLike: { [TEAM]: '*' } }), closed: 'gain' },
  'a Deny ignoring case is lifted': { ...denied({ StringEqualsIgnoreCase: { [TEAM]: 'BLUE' } }), closed: 'gain' },
  'a Deny by any value is lifted': { ...denied({ 'ForAnyValue:StringEquals': { [TEAM]: ['blue'] } }), closed: 'gain' },
  'a Deny by number is lifted': {
    principal: role(allow('*'), deny('kms:*', { NumericGreaterThan: { 'aws:ResourceTag/level': '3' } })),
    resource: key({ level: '5' }),
    removeTags: ['level'],
    closed: 'gain',
  },
  'a Deny that strikes a missing tag too is not lifted': {
    ...denied({ StringEqualsIfExists: { [TEAM]: 'blue' } }),
    closed: 'denied',
  },
  'one of two Denies stays': {
    principal: role(allow('*'), deny('kms:*', teamIs('blue')), deny('kms:Decrypt')),
    resource: key({ team: 'blue' }),
    closed: 'denied',
  },
  'two Denies are lifted together': {
    principal: role(allow('*'), deny('kms:*', teamIs('blue')), deny('kms:Decrypt', teamIsPresent)),
    resource: key({ team: 'blue' }),
    closed: 'gain',
  },
  'a Deny with NotAction is lifted': {
    principal: role(allow('*'), allButActions(deny('kms:Describe*', teamIs('blue')))),
    resource: key({ team: 'blue' }),
    closed: 'gain',
  },
  'a Deny with NotResource is lifted': {
    principal: role(allow('*'), onAllBut(SECRET, deny('*', teamIs('blue')))),
    resource: key({ team: 'blue' }),
    closed: 'gain',
  },
  'a Deny of a group is lifted': {
    principal: { ...user(allow('*')), groups: [{ name: 'devs', policies: [policy(deny('*', teamIs('blue')))] }] },
    resource: key({ team: 'blue' }),
    closed: 'gain',
  },
  'a Deny of the boundary is lifted for a direct grant too': {
    principal: { ...user(), boundary: policy(deny('*', teamIs('blue'))) },
    resource: secret({ team: 'blue' }, to(ALICE, allow(read))),
    closed: 'gain',
  },
  'a Deny of the session policy is lifted': {
    principal: { ...session(allow('*')), sessionPolicy: policy(allow('*'), deny('*', teamIs('blue'))) },
    resource: key({ team: 'blue' }),
    closed: 'gain',
  },
  'a session policy for untagged resources opens': {
    principal: { ...session(allow('*')), sessionPolicy: policy(allow('*', teamIsMissing)) },
    resource: key({ team: 'blue' }),
    closed: 'gain',
  },
  'a Deny of an SCP is lifted for a direct grant too': {
    principal: session(),
    resource: secret({ team: 'blue' }, to(APP_SESSION, allow(read))),
    scps: [[full, policy(deny('*', teamIsPresent))]],
    closed: 'gain',
  },
  'an SCP level that allows all but one value opens': {
    principal: admin,
    resource: key({ team: 'blue' }),
    scps: [[full], [policy(allow('*', teamIsNot('blue')))]],
    closed: 'gain',
  },
  'a Deny of an RCP is lifted': {
    principal: admin,
    resource: key({ team: 'blue' }),
    rcps: [[policy(to('*', deny('*', { StringLike: { [TEAM]: 'b*' } })))]],
    closed: 'gain',
  },
  'a Deny of an RCP is lifted for a grant': {
    principal: role(),
    resource: key({ team: 'blue' }, { grants: [grant(APP, ['Decrypt'])] }),
    rcps: [[policy(to('*', deny('kms:*', teamIs('blue'))))]],
    closed: 'gain',
  },
  'a resource policy that allows all but one value opens': {
    principal: role(),
    resource: secret({ team: 'blue' }, to(APP, allow(read, teamIsNot('blue')))),
    closed: 'gain',
  },
  'a resource policy opens to another account': {
    principal: otherRole(allow(read)),
    resource: secret({ team: 'blue' }, to(OTHER_APP, allow(read)), to('*', deny(read, teamIs('blue')))),
    closed: 'gain',
  },
  'a Deny by equal tags is lifted': {
    principal: tagged({ team: 'blue' }, role(allow('*'), deny('kms:*', teamIs(`\${aws:PrincipalTag/team}`)))),
    resource: key({ team: 'blue' }),
    closed: 'gain',
  },
  'one statement lost, another gained: still allowed': {
    principal: role(allow('kms:*', teamIs('blue')), allow('kms:*', teamIsMissing)),
    resource: key({ team: 'blue' }),
    closed: 'allowed',
  },
  'a Deny lifted and the Allow lost: still denied': {
    principal: role(allow('kms:*', teamIs('blue')), deny('kms:*', teamIs('blue'))),
    resource: key({ team: 'blue' }),
    closed: 'denied',
  },
})
