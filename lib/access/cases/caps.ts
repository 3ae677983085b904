import {
  ALICE,
  APP,
  APP_SESSION,
  allow,
  deny,
  from,
  key,
  policy,
  ROOT,
  role,
  secret,
  session,
  tagged,
  teamIs,
  teamIsMissing,
  teamIsNot,
  teamIsPresent,
  to,
  toAllBut,
  user,
} from './build.ts'
import { source } from './sources.ts'

const read = 'secretsmanager:GetSecretValue'
const cap = policy(allow('*', teamIsPresent))
const byPrincipalArn = (arn: string) => to('*', allow(read, { ArnEquals: { 'aws:PrincipalArn': arn } }))

/** Permissions boundaries and session policies cap identity policies; whom a resource policy names decides if they cap it too. */
export const caps = from(source.boundaries, {
  'the boundary must allow as well': {
    principal: { ...role(allow('kms:*')), boundary: cap },
    resource: key({ team: 'blue' }),
    closed: 'loss',
    open: 'same',
  },
  'the session policy must allow as well': {
    principal: { ...role(allow('kms:*')), sessionPolicy: cap },
    resource: key({ team: 'blue' }),
    closed: 'loss',
    open: 'same',
  },
  'a boundary grants nothing by itself': {
    principal: { ...role(), boundary: policy(allow('*')) },
    resource: key({ team: 'blue' }),
    closed: 'denied',
  },
  'a session policy grants nothing by itself': {
    principal: { ...session(), sessionPolicy: policy(allow('*')) },
    resource: key({ team: 'blue' }),
    closed: 'denied',
  },
  'boundary, session policy and identity policy must agree': {
    principal: {
      ...role(allow('kms:*', teamIs('blue'))),
      boundary: policy(allow('kms:*')),
      sessionPolicy: policy(allow('kms:D*')),
    },
    resource: key({ team: 'blue' }),
    closed: 'loss',
  },
  'what the boundary never allowed cannot be lost': {
    principal: { ...role(allow('kms:*', teamIs('blue'))), boundary: policy(allow('secretsmanager:*')) },
    resource: key({ team: 'blue' }),
    closed: 'denied',
  },
  'an explicit deny of the boundary beats': {
    principal: { ...role(allow('kms:*')), boundary: policy(allow('*'), deny('kms:*', teamIsMissing)) },
    resource: key({ team: 'blue' }),
    closed: 'loss',
  },
  'an explicit deny of the session policy beats': {
    principal: { ...role(allow('kms:*')), sessionPolicy: policy(allow('*'), deny('kms:*', teamIsNot('blue'))) },
    resource: key({ team: 'blue' }),
    closed: 'loss',
  },
  'a Deny of the boundary by tag is lifted': {
    principal: { ...role(allow('kms:*')), boundary: policy(allow('*'), deny('kms:*', teamIs('blue'))) },
    resource: key({ team: 'blue' }),
    closed: 'gain',
  },
  'a boundary that allows untagged resources only opens': {
    principal: { ...role(allow('kms:*')), boundary: policy(allow('*', teamIsMissing)) },
    resource: key({ team: 'blue' }),
    closed: 'gain',
  },
  'an empty boundary allows nothing': {
    principal: { ...role(allow('kms:*', teamIs('blue'))), boundary: policy() },
    resource: key({ team: 'blue' }),
    closed: 'denied',
  },
})

/** "Resource-based policies and implicit denies in other policy types". */
export const capsOnResourcePolicies = from(source.evaluation, {
  'a resource policy that names the role ARN is capped by the boundary': {
    principal: { ...role(), boundary: cap },
    resource: secret({ team: 'blue' }, to(APP, allow(read))),
    closed: 'loss',
  },
  'a resource policy that names the role ARN is capped by the session policy': {
    principal: { ...session(), sessionPolicy: cap },
    resource: secret({ team: 'blue' }, to(APP, allow(read))),
    closed: 'loss',
  },
  'a key policy that names the role ARN is capped by the boundary': {
    principal: { ...role(), boundary: cap },
    resource: key({ team: 'blue' }, { policy: policy(to(APP, allow('kms:*'))) }),
    closed: 'loss',
  },
  'a key policy that names the role ARN is capped by the session policy': {
    principal: { ...role(), sessionPolicy: cap },
    resource: key({ team: 'blue' }, { policy: policy(to(APP, allow('kms:*'))) }),
    closed: 'loss',
  },
  'a resource policy that names the session ARN escapes the boundary': {
    principal: { ...session(), boundary: cap },
    resource: secret({ team: 'blue' }, to(APP_SESSION, allow(read))),
    closed: 'allowed',
  },
  'a resource policy that names the session ARN escapes the session policy': {
    principal: { ...session(), sessionPolicy: cap },
    resource: secret({ team: 'blue' }, to(APP_SESSION, allow(read))),
    closed: 'allowed',
  },
  'a resource policy that names the user ARN escapes the boundary': {
    principal: { ...user(), boundary: cap },
    resource: secret({ team: 'blue' }, to(ALICE, allow(read))),
    closed: 'allowed',
  },
  'a key policy that names the user ARN escapes the boundary': {
    principal: { ...user(), boundary: cap },
    resource: key({ team: 'blue' }, { policy: policy(to(ALICE, allow('kms:*'))) }),
    closed: 'allowed',
  },
  'a key policy that names the session ARN escapes the session policy': {
    principal: { ...session(), sessionPolicy: cap },
    resource: key({ team: 'blue' }, { policy: policy(to(APP_SESSION, allow('kms:*'))) }),
    closed: 'allowed',
  },
  '* with aws:PrincipalArn escapes the boundary': {
    principal: { ...role(), boundary: cap },
    resource: secret({ team: 'blue' }, byPrincipalArn(APP)),
    closed: 'allowed',
  },
  '* with aws:PrincipalArn escapes the session policy': {
    principal: { ...session(), sessionPolicy: cap },
    resource: secret({ team: 'blue' }, byPrincipalArn(APP)),
    closed: 'allowed',
  },
  '* with the aws:PrincipalArn of somebody else grants nothing': {
    principal: { ...role(), boundary: cap },
    resource: secret({ team: 'blue' }, byPrincipalArn(ALICE)),
    closed: 'denied',
  },
  '* without aws:PrincipalArn under a boundary is not documented': {
    principal: { ...role(), boundary: cap },
    resource: secret({ team: 'blue' }, to('*', allow(read))),
    closed: 'unknown',
  },
  'an explicit deny of the boundary beats the grant to a user ARN': {
    principal: { ...user(), boundary: policy(deny(read, teamIsMissing)) },
    resource: secret({ team: 'blue' }, to(ALICE, allow(read))),
    closed: 'loss',
  },
  'an explicit deny of the session policy beats the grant to a session ARN': {
    principal: { ...session(), sessionPolicy: policy(deny(read, teamIsNot('blue'))) },
    resource: secret({ team: 'blue' }, to(APP_SESSION, allow(read))),
    closed: 'loss',
  },
  'delegation by the account ARN is capped, as the identity policy is': {
    principal: {
      ...tagged({ team: 'blue' }, role(allow('kms:*'))),
      boundary: policy(allow('*', teamIs(`\${aws:PrincipalTag/team}`))),
    },
    resource: key({ team: 'blue' }, { policy: policy(to(ROOT, allow('kms:*'))) }),
    closed: 'loss',
  },
})

/** A Deny with NotPrincipal, of a policy in the principal's own account. */
export const notPrincipalUnderBoundary = from(source.notPrincipal, {
  'a Deny with NotPrincipal hits even the named role if it has a boundary': {
    principal: { ...role(allow(read)), boundary: policy(allow('*')) },
    resource: secret({ team: 'blue' }, toAllBut([APP, ROOT], deny(read, teamIsMissing))),
    closed: 'loss',
  },
  'a Deny with NotPrincipal hits even the named user if it has a boundary': {
    principal: { ...user(allow(read)), boundary: policy(allow('*')) },
    resource: secret({ team: 'blue' }, toAllBut([ALICE, ROOT], deny(read, teamIs('blue')))),
    closed: 'gain',
  },
  'a Deny with NotPrincipal spares the named session without a boundary': {
    principal: session(allow(read, teamIs('blue'))),
    resource: secret({ team: 'blue' }, toAllBut([APP_SESSION, APP, ROOT], deny(read))),
    closed: 'loss',
    open: 'same',
  },
  'whether a Deny with NotPrincipal hits a boundary that was not read is not known': {
    principal: session(allow(read, teamIs('blue'))),
    resource: secret({ team: 'blue' }, toAllBut([APP_SESSION, APP, ROOT], deny(read))),
    unread: ['principal.boundary'],
    closed: 'unknown',
  },
  'a session policy is no boundary': {
    principal: { ...session(allow(read)), sessionPolicy: policy(allow('*')) },
    resource: secret({ team: 'blue' }, toAllBut([APP_SESSION, APP, ROOT], deny(read, teamIsMissing))),
    closed: 'allowed',
  },
})
