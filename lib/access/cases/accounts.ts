import {
  allow,
  delegation,
  deny,
  from,
  key,
  OTHER_ACCOUNT,
  OTHER_APP,
  OTHER_ROOT,
  otherRole,
  policy,
  rootUser,
  secret,
  serviceLinkedRole,
  teamIs,
  teamIsMissing,
  teamIsNot,
  teamIsPresent,
  to,
} from './build.ts'
import { source } from './sources.ts'

const read = 'secretsmanager:GetSecretValue'
const shared = (...principals: string[]) =>
  key({ team: 'blue' }, { policy: policy(delegation, to(principals, allow('kms:*'))) })

/** Across accounts the identity side and the resource side must both allow, for both services. */
export const crossAccount = from(source.crossAccount, {
  'a key shared with the account: the identity Allow that goes is needed': {
    principal: otherRole(allow('kms:*', teamIs('blue'))),
    resource: shared(OTHER_ROOT),
    closed: 'loss',
    open: 'same',
  },
  'a key shared by bare account id': {
    principal: otherRole(allow('kms:*', teamIs('blue'))),
    resource: shared(OTHER_ACCOUNT),
    closed: 'loss',
  },
  'a key shared with the role itself still needs the identity Allow': {
    principal: otherRole(allow('kms:*', teamIs('blue'))),
    resource: shared(OTHER_APP),
    closed: 'loss',
  },
  'a key shared with the role, without an identity Allow': {
    principal: otherRole(),
    resource: shared(OTHER_APP),
    closed: 'denied',
  },
  'a key that is shared with nobody': {
    principal: otherRole(allow('kms:*', teamIs('blue'))),
    resource: key({ team: 'blue' }),
    closed: 'denied',
  },
  'a key shared for other actions': {
    principal: otherRole(allow('kms:*', teamIs('blue'))),
    resource: key({ team: 'blue' }, { policy: policy(delegation, to(OTHER_ROOT, allow('kms:Encrypt'))) }),
    closed: 'denied',
  },
  'a secret shared by tag': {
    principal: otherRole(allow(read)),
    resource: secret({ team: 'blue' }, to(OTHER_APP, allow(read, teamIs('blue')))),
    closed: 'loss',
    open: 'same',
  },
  'a secret shared with the role, without an identity Allow': {
    principal: otherRole(),
    resource: secret({ team: 'blue' }, to(OTHER_APP, allow(read, teamIs('blue')))),
    closed: 'denied',
  },
  'a secret without a policy is not shared': {
    principal: otherRole(allow(read, teamIs('blue'))),
    resource: secret({ team: 'blue' }),
    closed: 'denied',
  },
  'a secret shared with the account, by identity Allow with the tag': {
    principal: otherRole(allow(read, teamIs('blue'))),
    resource: secret({ team: 'blue' }, to(OTHER_ROOT, allow(read))),
    closed: 'loss',
  },
  'an untagged secret opens to another account': {
    principal: otherRole(allow(read)),
    resource: secret({ team: 'blue' }, to(OTHER_ROOT, allow(read, teamIsMissing))),
    closed: 'gain',
  },
  'a Deny of the resource side beats both Allows': {
    principal: otherRole(allow(read)),
    resource: secret({ team: 'blue' }, to(OTHER_APP, allow(read)), to('*', deny(read, teamIsMissing))),
    closed: 'loss',
  },
  "the boundary caps the foreign role's identity side": {
    principal: { ...otherRole(allow('kms:*')), boundary: policy(allow('*', teamIsPresent)) },
    resource: shared(OTHER_APP),
    closed: 'loss',
  },
  "the foreign role's SCPs bind it": {
    principal: otherRole(allow('kms:*')),
    resource: shared(OTHER_ROOT),
    scps: [[policy(allow('*'), deny('kms:*', teamIsNot('blue')))]],
    closed: 'loss',
  },
  "the foreign account's root user has the access that its account is given": {
    principal: { ...rootUser(), arn: OTHER_ROOT },
    resource: secret({ team: 'blue' }, to(OTHER_ROOT, allow(read, teamIs('blue')))),
    closed: 'loss',
  },
})

/** The account's root user has no policies of its own: the key policy decides, or for secrets nothing. */
export const rootUsers = from(source.evaluation, {
  'the statement for the account covers the root user': {
    principal: rootUser(),
    resource: key({ team: 'blue' }),
    closed: 'allowed',
    open: 'same',
  },
  'without a statement for the account the root user has no access to the key': {
    principal: rootUser(),
    resource: key({}, { policy: policy(to('arn:aws:iam::111122223333:role/admin', allow('kms:*'))) }),
    closed: 'denied',
  },
  'the root user may use secrets': {
    principal: rootUser(),
    resource: secret({ team: 'blue' }),
    closed: 'allowed',
    open: 'same',
  },
  'the root user is denied by a resource policy': {
    principal: rootUser(),
    resource: secret({ team: 'blue' }, to('*', deny(read, teamIsMissing))),
    closed: 'loss',
  },
  'the root user gains when the Deny by tag is lifted': {
    principal: rootUser(),
    resource: secret({ team: 'blue' }, to(rootUser().arn, deny(read, teamIs('blue')))),
    closed: 'gain',
  },
})

/** Service-linked roles are roles, but nothing of the organization binds them (see organization.ts). */
export const serviceLinkedRoles = from(source.scp, {
  'a service-linked role loses what its own policy allowed by tag': {
    principal: serviceLinkedRole(allow('kms:*', teamIs('blue'))),
    resource: key({ team: 'blue' }),
    closed: 'loss',
  },
  'a service-linked role is denied by a resource policy': {
    principal: serviceLinkedRole(allow(read)),
    resource: secret({ team: 'blue' }, to('*', deny(read, teamIsMissing))),
    closed: 'loss',
  },
})
