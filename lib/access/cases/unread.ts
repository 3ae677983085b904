import {
  allow,
  delegation,
  deny,
  from,
  grant,
  key,
  otherRole,
  policy,
  role,
  rootUser,
  secret,
  serviceLinkedRole,
  session,
  teamIs,
  teamIsMissing,
  to,
  user,
} from './build.ts'
import type { OpenOutcome } from './outcome.ts'
import { source } from './sources.ts'

const blue = key({ team: 'blue' })
const blueSecret = secret({ team: 'blue' })
const byTag = role(allow('*', teamIs('blue')))
const admin = role(allow('*'))
const nothingChanges: OpenOutcome = { effect: [] }

/** It may ask for any tag. */
export const unread = from(source.unread, {
  'SCPs may have denied already what a tag takes': {
    principal: byTag,
    resource: blue,
    unread: ['scps'],
    closed: 'unknown',
    open: 'same',
  },
  'SCPs may ask for the tag': { principal: admin, resource: blueSecret, unread: ['scps'], closed: 'unknown' },
  'SCPs bind the root user': { principal: rootUser(), resource: blueSecret, unread: ['scps'], closed: 'unknown' },
  'RCPs may ask for the tag': { principal: admin, resource: blue, unread: ['rcps'], closed: 'unknown' },
  'identity policies may ask for the tag': {
    principal: role(),
    resource: blue,
    unread: ['principal.identityPolicies'],
    closed: 'unknown',
    open: 'same',
  },
  'policies of a group may ask for the tag': {
    principal: { ...user(), groups: [{ name: 'devs', policies: [] }] },
    resource: blueSecret,
    unread: ['principal.groups.0.policies'],
    closed: 'unknown',
  },
  'a boundary may ask for the tag': {
    principal: admin,
    resource: blue,
    unread: ['principal.boundary'],
    closed: 'unknown',
  },
  'a boundary denies what a resource policy gives to a user as well': {
    principal: user(),
    resource: secret({ team: 'blue' }, to(user().arn, allow('*'))),
    unread: ['principal.boundary'],
    closed: 'unknown',
  },
  'a session policy may ask for the tag': {
    principal: session(allow('*')),
    resource: blue,
    unread: ['principal.sessionPolicy'],
    closed: 'unknown',
  },
  'a resource policy of a secret may allow by the tag': {
    principal: role(),
    resource: blueSecret,
    unread: ['resource.policy'],
    closed: 'unknown',
  },
  'a resource policy of a secret may deny by the tag': {
    principal: admin,
    resource: blueSecret,
    unread: ['resource.policy'],
    closed: 'unknown',
  },
  'a key policy may or may not leave it to identity policies': {
    principal: byTag,
    resource: blue,
    unread: ['resource.policy'],
    closed: 'unknown',
  },
  'a resource policy may let in another account': {
    principal: otherRole(allow('*')),
    resource: blueSecret,
    unread: ['resource.policy'],
    closed: 'unknown',
  },
  'grants may keep what a tag takes': {
    principal: byTag,
    resource: blue,
    unread: ['resource.grants'],
    closed: 'unknown',
  },
})

/** What is known decides, or the removal leaves the request as it is. */
export const unreadWithoutEffect = from(source.unread, {
  'an explicit deny wins over SCPs': {
    principal: role(allow('*'), deny('kms:*')),
    resource: blue,
    unread: ['scps', 'rcps'],
    closed: 'denied',
    open: 'same',
  },
  'a Deny of the resource policy wins over identity policies': {
    principal: role(),
    resource: secret({ team: 'blue' }, to('*', deny('*'))),
    unread: ['principal.identityPolicies', 'principal.boundary', 'principal.sessionPolicy'],
    closed: 'denied',
  },
  'boundary, session policy, SCPs and RCPs allow nothing by themselves': {
    principal: role(),
    resource: blue,
    unread: ['principal.boundary', 'principal.sessionPolicy', 'scps', 'rcps'],
    closed: 'denied',
  },
  'a resource policy alone does not let in another account': {
    principal: otherRole(),
    resource: blueSecret,
    unread: ['resource.policy'],
    closed: 'denied',
  },
  'neither SCPs nor RCPs bind a service-linked role': {
    principal: serviceLinkedRole(allow('*', teamIs('blue'))),
    resource: blue,
    unread: ['scps', 'rcps'],
    closed: 'loss',
  },
  'the root user has no identity policies': {
    principal: rootUser(),
    resource: blueSecret,
    unread: ['principal.identityPolicies', 'principal.boundary'],
    closed: 'allowed',
  },
  'grants deny nothing': { principal: admin, resource: blue, unread: ['resource.grants'], closed: 'allowed' },
  'a Deny that begins beats every grant': {
    principal: role(allow('kms:*'), deny('kms:*', teamIsMissing)),
    resource: blue,
    unread: ['resource.grants'],
    closed: 'loss',
    open: 'same',
  },
  'no grant allows what is no grant operation': {
    principal: byTag,
    resource: blue,
    action: 'kms:PutKeyPolicy',
    unread: ['resource.grants'],
    closed: 'loss',
  },
  'without a grant nobody can retire one': {
    principal: admin,
    resource: blue,
    action: 'kms:RetireGrant',
    unread: ['resource.grants'],
    open: nothingChanges,
  },
  'neither a key policy nor RCPs have a say in who retires a grant': {
    principal: byTag,
    resource: key({ team: 'blue' }, { policy: policy(delegation), grants: [grant(user().arn, ['Decrypt'])] }),
    action: 'kms:RetireGrant',
    unread: ['resource.policy', 'rcps'],
    closed: 'loss',
  },
  'the key does not have the tag': {
    principal: role(),
    resource: blue,
    removeTags: ['Team'],
    unread: ['principal.identityPolicies', 'scps', 'rcps', 'resource.policy', 'resource.grants'],
    open: nothingChanges,
  },
  'an action that is done to no resource reads no tags': {
    principal: role(),
    resource: blue,
    action: 'kms:ListKeys',
    unread: ['principal.identityPolicies', 'scps'],
    open: nothingChanges,
  },
})
