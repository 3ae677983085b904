import {
  allButActions,
  allow,
  deny,
  from,
  grant,
  key,
  OTHER_APP,
  otherRole,
  policy,
  role,
  rootUser,
  secret,
  serviceLinkedRole,
  session,
  teamIs,
  teamIsMissing,
  teamIsNot,
  teamIsPresent,
  to,
} from './build.ts'
import { source } from './sources.ts'

const full = policy(allow('*'))
const denyUntagged = policy(deny('kms:*', teamIsMissing))
const admin = role(allow('kms:*'))
const blue = key({ team: 'blue' })

/** Service control policies: every level must allow; they bind principals of the account, whatever they act on. */
export const scps = from(source.scp, {
  'a level that allows by tag binds': {
    principal: admin,
    resource: blue,
    scps: [[full], [policy(allow('*', teamIsPresent))]],
    closed: 'loss',
    open: 'same',
  },
  'the level of the root binds': {
    principal: admin,
    resource: blue,
    scps: [[policy(allow('*', teamIs('blue')))], [full], [full]],
    closed: 'loss',
  },
  'a level without an Allow denies': {
    principal: role(allow('kms:*', teamIs('blue'))),
    resource: blue,
    scps: [[full], [policy(allow('s3:*'))], [full]],
    closed: 'denied',
    open: 'same',
  },
  'a Deny at one level beats the Allows of all': {
    principal: admin,
    resource: blue,
    scps: [[full], [full, denyUntagged], [full]],
    closed: 'loss',
  },
  'within a level one Allow is enough': {
    principal: admin,
    resource: blue,
    scps: [[policy(allow('*', teamIs('blue'))), full]],
    closed: 'allowed',
  },
  'an Allow of another level does not make up': {
    principal: admin,
    resource: blue,
    scps: [[full], [policy(allow('kms:*', teamIs('blue')))]],
    closed: 'loss',
  },
  'an SCP grants nothing by itself': { principal: role(), resource: blue, scps: [[full]], closed: 'denied' },
  'a Deny by tag is lifted': {
    principal: admin,
    resource: blue,
    scps: [[full, policy(deny('*', teamIs('blue')))]],
    closed: 'gain',
  },
  'an SCP that denies all but some actions': {
    principal: admin,
    resource: blue,
    scps: [[full, policy(allButActions(deny(['s3:*', 'iam:*'], teamIsNot('blue'))))]],
    closed: 'loss',
  },
  'a direct grant of the key policy is bound by SCPs': {
    principal: role(),
    resource: key({ team: 'blue' }, { policy: policy(to(role().arn, allow('kms:*'))) }),
    scps: [[full, denyUntagged]],
    closed: 'loss',
  },
  'a grant to the session ARN is bound by SCPs': {
    principal: session(),
    resource: secret({ team: 'blue' }, to(session().arn, allow('secretsmanager:*'))),
    scps: [[policy(allow('*', teamIsPresent))]],
    closed: 'loss',
  },
  "the member account's root user is bound by a Deny": {
    principal: rootUser(),
    resource: blue,
    scps: [[full, denyUntagged]],
    closed: 'loss',
  },
  "the member account's root user needs an Allow at every level": {
    principal: rootUser(),
    resource: secret({ team: 'blue' }),
    scps: [[full], [policy(allow('*', teamIs('blue')))]],
    closed: 'loss',
  },
  'a service-linked role is not bound': {
    principal: serviceLinkedRole(allow('kms:*')),
    resource: blue,
    scps: [[full, denyUntagged]],
    closed: 'allowed',
  },
  'a service-linked role needs no Allow of an SCP': {
    principal: serviceLinkedRole(allow('kms:*', teamIs('blue'))),
    resource: blue,
    scps: [[policy(allow('s3:*'))]],
    closed: 'loss',
  },
  'a role of another path that only sounds service-linked is bound': {
    principal: { ...admin, arn: 'arn:aws:iam::111122223333:role/service-role/AWSServiceRoleForRDS' },
    resource: blue,
    scps: [[full, denyUntagged]],
    closed: 'loss',
  },
})

const secretOf = (tags: Record<string, string>) => secret(tags, to(OTHER_APP, allow('secretsmanager:*')))

/** Resource control policies: Denies alone, on top of an Allow for everything; for the resource's account. */
export const rcps = from(source.rcp, {
  'a Deny of an RCP for untagged keys strikes': {
    principal: admin,
    resource: blue,
    rcps: [[policy(to('*', deny('kms:*', teamIsMissing)))]],
    closed: 'loss',
    open: 'same',
  },
  'a Deny of an RCP by tag is lifted': {
    principal: admin,
    resource: blue,
    rcps: [[], [policy(to('*', deny('kms:*', teamIs('blue'))))]],
    closed: 'gain',
  },
  'RCPs allow everything that they do not deny': {
    principal: role(allow('kms:*', teamIs('blue'))),
    resource: blue,
    rcps: [[policy(to('*', deny('s3:*')))]],
    closed: 'loss',
  },
  'an RCP grants nothing by itself': {
    principal: role(),
    resource: blue,
    rcps: [[policy(to('*', allow('*')))]],
    closed: 'denied',
  },
  'RCPs bind the root user': {
    principal: rootUser(),
    resource: blue,
    rcps: [[policy(to('*', deny('*', teamIsMissing)))]],
    closed: 'loss',
  },
  'RCPs bind a principal of another account': {
    principal: otherRole(allow('secretsmanager:*')),
    resource: secretOf({ team: 'blue' }),
    rcps: [[policy(to('*', deny('secretsmanager:*', teamIsNot('blue'))))]],
    closed: 'loss',
  },
  'RCPs do not bind service-linked roles': {
    principal: serviceLinkedRole(allow('kms:*')),
    resource: blue,
    rcps: [[policy(to('*', deny('kms:*', teamIsMissing)))]],
    closed: 'allowed',
  },
  'RCPs bind kms:RevokeGrant': {
    principal: admin,
    resource: blue,
    action: 'kms:RevokeGrant',
    rcps: [[policy(to('*', deny('kms:*', teamIsMissing)))]],
    closed: 'loss',
  },
})

const retire = { action: 'kms:RetireGrant', principal: role() }
const retirable = key({ team: 'blue' }, { grants: [grant(role().arn, ['Decrypt', 'RetireGrant'])] })

/** Who may retire a grant is said by the grant; policies can only deny it, and neither key policies nor RCPs reach it. */
export const retireGrant = from(source.retireGrant, {
  'the grantee may retire a grant that includes RetireGrant': {
    ...retire,
    resource: retirable,
    closed: 'allowed',
    open: 'same',
  },
  'RCPs do not bind kms:RetireGrant': {
    ...retire,
    resource: retirable,
    rcps: [[policy(to('*', deny('kms:*', teamIsMissing)))]],
    closed: 'allowed',
    open: 'same',
  },
  'SCPs bind kms:RetireGrant': { ...retire, resource: retirable, scps: [[full, denyUntagged]], closed: 'loss' },
  'an identity Deny binds kms:RetireGrant': {
    ...retire,
    principal: role(deny('kms:RetireGrant', teamIs('blue'))),
    resource: retirable,
    closed: 'gain',
  },
  'kms:RetireGrant in a key policy has no effect': {
    ...retire,
    resource: key({ team: 'blue' }, { policy: policy(to(role().arn, allow('kms:RetireGrant'))) }),
    closed: 'denied',
  },
})
