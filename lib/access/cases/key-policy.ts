import {
  ACCOUNT,
  ALICE,
  APP,
  APP_SESSION,
  allow,
  delegation,
  deny,
  from,
  key,
  OTHER_ROOT,
  on,
  policy,
  ROOT,
  role,
  rootUser,
  session,
  tagged,
  teamIs,
  teamIsMissing,
  teamIsPresent,
  to,
  toAllBut,
  user,
} from './build.ts'
import { source } from './sources.ts'

const abac = role(allow('kms:*', teamIs('blue')))
const keyWith = (...statements: Parameters<typeof policy>) => key({ team: 'blue' }, { policy: policy(...statements) })

/** The key policy is mandatory: it delegates to the account's IAM policies, or grants by itself. */
export const keyPolicy = from(source.keyPolicy, {
  'without a statement for the account the identity Allow never counted': {
    principal: abac,
    resource: keyWith(to(ALICE, allow('kms:*'))),
    closed: 'denied',
    open: 'same',
  },
  'the account ARN delegates': { principal: abac, resource: keyWith(to(ROOT, allow('kms:*'))), closed: 'loss' },
  'the bare account id delegates': { principal: abac, resource: keyWith(to(ACCOUNT, allow('kms:*'))), closed: 'loss' },
  'the ARN of another account does not delegate to this one': {
    principal: abac,
    resource: keyWith(to(OTHER_ROOT, allow('kms:*'))),
    closed: 'denied',
  },
  'the account among several principals delegates': {
    principal: abac,
    resource: keyWith(to([OTHER_ROOT, ROOT], allow('kms:*'))),
    closed: 'loss',
  },
  'delegation covers the actions it names': {
    principal: abac,
    resource: keyWith(to(ROOT, allow(['kms:Describe*', 'kms:Decrypt']))),
    closed: 'loss',
  },
  'delegation covers no other action': {
    principal: abac,
    resource: keyWith(to(ROOT, allow('kms:Describe*'))),
    closed: 'denied',
  },
  'delegation under a condition counts where the condition holds': {
    principal: abac,
    resource: keyWith(to(ROOT, allow('kms:*', { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } }))),
    context: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' },
    closed: 'loss',
  },
  'delegation under a condition does not count where the condition fails': {
    principal: abac,
    resource: keyWith(to(ROOT, allow('kms:*', { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } }))),
    context: { 'kms:ViaService': 'ec2.us-east-1.amazonaws.com' },
    closed: 'denied',
  },
  'delegation by itself grants no IAM principal anything': {
    principal: role(),
    resource: keyWith(delegation),
    closed: 'denied',
  },
  'identity Denies work without delegation': {
    principal: role(deny('kms:*', teamIsMissing)),
    resource: keyWith(to(APP, allow('kms:*'))),
    closed: 'loss',
  },
  'a key policy that names the role grants without an identity Allow': {
    principal: role(),
    resource: keyWith(to(APP, allow('kms:Decrypt'))),
    closed: 'allowed',
    open: 'same',
  },
  'a key policy that names the user grants without an identity Allow': {
    principal: user(),
    resource: keyWith(to(ALICE, allow('kms:Decrypt'))),
    closed: 'allowed',
  },
  'a key policy that names the session grants to that session': {
    principal: session(),
    resource: keyWith(to(APP_SESSION, allow('kms:Decrypt'))),
    closed: 'allowed',
  },
  'a key policy that names another session grants nothing': {
    principal: session(),
    resource: keyWith(to(`${APP_SESSION}x`, allow('kms:Decrypt'))),
    closed: 'denied',
  },
  'a key policy that names the role grants to its exact session': {
    principal: session(),
    resource: keyWith(to(APP, allow('kms:Decrypt'))),
    closed: 'allowed',
  },
  'a direct grant of the key policy keeps what the identity policy loses': {
    principal: abac,
    resource: keyWith(delegation, to(APP, allow('kms:Decrypt'))),
    closed: 'allowed',
  },
  'a direct grant covers only its own actions': {
    principal: abac,
    resource: keyWith(delegation, to(APP, allow('kms:Encrypt'))),
    closed: 'loss',
  },
  'everybody of the account by kms:CallerAccount is granted directly': {
    principal: role(),
    resource: keyWith(to('*', allow('kms:Decrypt', { StringEquals: { 'kms:CallerAccount': ACCOUNT } }))),
    closed: 'allowed',
  },
  'everybody of another account is somebody else': {
    principal: role(),
    resource: keyWith(to('*', allow('kms:Decrypt', { StringEquals: { 'kms:CallerAccount': '444455556666' } }))),
    closed: 'denied',
  },
  'an explicit deny of the key policy beats the identity Allow': {
    principal: abac,
    resource: keyWith(delegation, to(APP, deny('kms:Decrypt'))),
    closed: 'denied',
  },
  'a Deny for the account strikes all its principals': {
    principal: abac,
    resource: keyWith(delegation, to(ROOT, deny('kms:Decrypt'))),
    closed: 'denied',
  },
  'a Deny for somebody else strikes nobody here': {
    principal: abac,
    resource: keyWith(delegation, to(ALICE, deny('kms:Decrypt'))),
    closed: 'loss',
  },
  'in a key policy Resource * is this key': {
    principal: role(),
    resource: keyWith(on('*', to(APP, allow('kms:Decrypt')))),
    closed: 'allowed',
  },
  'the account ARN beside a user in NotPrincipal spares that user alone': {
    principal: abac,
    resource: keyWith(delegation, toAllBut([ALICE, ROOT], deny('kms:Decrypt'))),
    closed: 'denied',
  },
  'a session beside its role and account in NotPrincipal is spared': {
    principal: session(allow('kms:*')),
    resource: keyWith(delegation, toAllBut([APP_SESSION, APP, ROOT], deny('kms:Decrypt'))),
    closed: 'allowed',
  },
  'each of two sessions beside their role and account in NotPrincipal is spared': {
    principal: session(allow('kms:*')),
    resource: keyWith(delegation, toAllBut([`${APP_SESSION}x`, APP_SESSION, APP, ROOT], deny('kms:Decrypt'))),
    closed: 'allowed',
  },
  'another session beside the role and the account in NotPrincipal is the only one spared': {
    principal: session(allow('kms:*')),
    resource: keyWith(delegation, toAllBut([`${APP_SESSION}x`, APP, ROOT], deny('kms:Decrypt'))),
    closed: 'denied',
  },
  'an Allow for all but the account leaves out its root user': {
    principal: rootUser(),
    resource: key({ team: 'blue' }, { policy: policy(toAllBut(ROOT, allow('kms:Decrypt'))) }),
    closed: 'denied',
  },
  'of a role whose session nobody named NotPrincipal may spare the one': {
    principal: abac,
    resource: keyWith(delegation, toAllBut([APP_SESSION, APP, ROOT], deny('kms:Decrypt'))),
    closed: 'unknown',
  },
})

/** KMS supports aws:ResourceTag in IAM policies only; what a key policy does with it is not documented. */
export const tagsInKeyPolicy = from(source.abac, {
  'an Allow by tag in a key policy is not documented': {
    principal: role(),
    resource: keyWith(to(APP, allow('kms:Decrypt', teamIs('blue')))),
    closed: 'unknown',
    open: 'same',
  },
  'the tag as the value of a variable in a key policy is not documented': {
    principal: tagged({ team: 'blue' }, role()),
    resource: keyWith(
      to(APP, allow('kms:Decrypt', { StringEquals: { 'aws:PrincipalTag/team': `\${aws:ResourceTag/team}` } })),
    ),
    closed: 'unknown',
    open: 'same',
  },
  'a Deny by tag in a key policy is not documented': {
    principal: role(allow('kms:*')),
    resource: keyWith(delegation, to(APP, deny('kms:Decrypt', teamIsMissing))),
    closed: 'unknown',
    open: 'same',
  },
  'a delegation by tag in a key policy is not documented': {
    principal: role(allow('kms:*')),
    resource: keyWith(to(ROOT, allow('kms:*', teamIsPresent))),
    closed: 'unknown',
    open: 'same',
  },
  'a key policy that reads the tag does not matter where nothing else allows': {
    principal: role(),
    resource: keyWith(to(ROOT, allow('kms:*', teamIsPresent))),
    closed: 'denied',
    open: 'same',
  },
  'a key policy that reads the tag does not matter under a sure deny': {
    principal: role(deny('kms:*')),
    resource: keyWith(to(APP, allow('kms:*', teamIs('blue')))),
    closed: 'denied',
    open: 'same',
  },
  'a key policy that reads the tag does not matter beside a sure Allow': {
    principal: role(),
    resource: keyWith(to(APP, allow('kms:*')), to(APP, allow('kms:Decrypt', teamIs('blue')))),
    closed: 'allowed',
    open: 'same',
  },
})
