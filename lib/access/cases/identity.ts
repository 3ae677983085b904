import {
  ALICE,
  allow,
  delegation,
  deny,
  from,
  key,
  policy,
  role,
  secret,
  session,
  teamIs,
  teamIsMissing,
  teamIsNot,
  teamIsPresent,
  to,
  user,
} from './build.ts'
import { source } from './sources.ts'

const read = 'secretsmanager:GetSecretValue'

/** Identity policies, with those of groups, and how they combine with a resource policy in one account. */
export const identity = from(source.evaluation, {
  'an Allow that needs the tag goes with the tag': {
    principal: role(allow('kms:Decrypt', teamIs('blue'))),
    resource: key({ team: 'blue' }),
    closed: 'loss',
    open: 'same',
  },
  'an Allow that reads no tag stays': {
    principal: role(allow('kms:Decrypt')),
    resource: key({ team: 'blue' }),
    closed: 'allowed',
    open: 'same',
  },
  'a second Allow keeps what the first one loses': {
    principal: role(allow('kms:Decrypt', teamIs('blue')), allow('kms:*')),
    resource: key({ team: 'blue' }),
    closed: 'allowed',
    open: 'same',
  },
  'an explicit deny beats every Allow': {
    principal: role(allow('kms:*'), deny('kms:Decrypt')),
    resource: key({ team: 'blue' }),
    closed: 'denied',
    open: 'same',
  },
  'nothing is allowed that no statement allows': {
    principal: role(allow('kms:Encrypt', teamIs('blue'))),
    resource: key({ team: 'blue' }),
    closed: 'denied',
  },
  'a principal without policies has nothing to lose': {
    principal: role(),
    resource: key({ team: 'blue' }),
    closed: 'denied',
  },
  'a Deny unless tagged strikes once the tag is gone': {
    principal: role(allow('kms:*'), deny('kms:*', teamIsNot('blue'))),
    resource: key({ team: 'blue' }),
    closed: 'loss',
  },
  'a Deny on the missing tag strikes once the tag is gone': {
    principal: role(allow('kms:*'), deny('kms:*', teamIsMissing)),
    resource: key({ team: 'blue' }),
    closed: 'loss',
  },
  'a Deny that needed the tag is lifted': {
    principal: role(allow('kms:*'), deny('kms:*', teamIs('blue'))),
    resource: key({ team: 'blue' }),
    closed: 'gain',
    open: 'same',
  },
  'a lifted Deny gives nothing where no Allow stands': {
    principal: role(deny('kms:*', teamIs('blue'))),
    resource: key({ team: 'blue' }),
    closed: 'denied',
  },
  'Allow and Deny that go together leave it denied': {
    principal: role(allow('kms:*', teamIs('blue')), deny('kms:*', teamIsPresent)),
    resource: key({ team: 'blue' }),
    closed: 'denied',
  },
  'the policies of an exact role session are those of its role': {
    principal: session(allow('kms:Decrypt', teamIs('blue'))),
    resource: key({ team: 'blue' }),
    closed: 'loss',
  },
  "a user has the Allows of the user's groups": {
    principal: { ...user(), groups: [{ name: 'devs', policies: [policy(allow(read, teamIs('blue')))] }] },
    resource: secret({ team: 'blue' }),
    closed: 'loss',
    open: 'same',
  },
  "a Deny in a group's policy binds the user": {
    principal: { ...user(allow(read)), groups: [{ name: 'devs', policies: [policy(deny(read, teamIsMissing))] }] },
    resource: secret({ team: 'blue' }),
    closed: 'loss',
  },
  "a user's own Allow makes up for the group's": {
    principal: { ...user(allow(read)), groups: [{ name: 'devs', policies: [policy(allow(read, teamIs('blue')))] }] },
    resource: secret({ team: 'blue' }),
    closed: 'allowed',
  },
  'Allows of two policies add up': {
    principal: {
      ...role(),
      identityPolicies: [policy(allow(read, teamIs('red'))), policy(allow(read, teamIs('blue')))],
    },
    resource: secret({ team: 'blue' }),
    closed: 'loss',
  },
  'in one account a secret needs the identity Allow or the resource Allow': {
    principal: role(allow(read, teamIs('blue'))),
    resource: secret({ team: 'blue' }, to(ALICE, allow(read))),
    closed: 'loss',
  },
  'the resource Allow makes up for the identity Allow that goes': {
    principal: user(allow(read, teamIs('blue'))),
    resource: secret({ team: 'blue' }, to(ALICE, allow(read))),
    closed: 'allowed',
  },
  'an identity Deny beats the Allow of a resource policy': {
    principal: user(deny(read, teamIsMissing)),
    resource: secret({ team: 'blue' }, to(ALICE, allow(read))),
    closed: 'loss',
  },
  'an identity Deny beats the Allow of a key policy': {
    principal: role(allow('kms:*'), deny('kms:Decrypt', teamIsNot('blue'))),
    resource: key({ team: 'blue' }, { policy: policy(delegation, to(role().arn, allow('kms:*'))) }),
    closed: 'loss',
  },
})
