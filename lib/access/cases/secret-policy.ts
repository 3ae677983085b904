import {
  ACCOUNT,
  ALICE,
  APP,
  APP_SESSION,
  allow,
  deny,
  from,
  OTHER_APP,
  ROOT,
  role,
  secret,
  session,
  TEAM,
  tagged,
  teamIs,
  teamIsMissing,
  teamIsNot,
  to,
  toAllBut,
  user,
} from './build.ts'
import { source } from './sources.ts'

const read = 'secretsmanager:GetSecretValue'
const serviceTag = 'secretsmanager:ResourceTag/team'

/** Resource policies of secrets read tags, by either name of the key. */
export const secretPolicy = from(source.secretTags, {
  'a resource policy that names the role needs no identity Allow': {
    principal: role(),
    resource: secret({ team: 'blue' }, to(APP, allow(read, teamIs('blue')))),
    closed: 'loss',
    open: 'same',
  },
  'a resource policy that names somebody else grants nothing': {
    principal: role(),
    resource: secret({ team: 'blue' }, to(ALICE, allow(read, teamIs('blue')))),
    closed: 'denied',
  },
  'a role of that name in another account is somebody else': {
    principal: role(),
    resource: secret({ team: 'blue' }, to(OTHER_APP, allow(read, teamIs('blue')))),
    closed: 'denied',
  },
  'everybody is granted by *': {
    principal: role(),
    resource: secret({ team: 'blue' }, to('*', allow(read, teamIs('blue')))),
    closed: 'loss',
  },
  'the account as principal leaves it to the identity policies': {
    principal: role(),
    resource: secret({ team: 'blue' }, to(ROOT, allow(read))),
    closed: 'denied',
  },
  'a resource policy that names the session grants to that session': {
    principal: session(),
    resource: secret({ team: 'blue' }, to(APP_SESSION, allow(read, teamIs('blue')))),
    closed: 'loss',
  },
  'a resource policy that names the user grants to the user': {
    principal: user(),
    resource: secret({ team: 'blue' }, to(ALICE, allow(read, teamIs('blue')))),
    closed: 'loss',
  },
  'a Deny of the resource policy for untagged secrets strikes': {
    principal: role(allow(read)),
    resource: secret({ team: 'blue' }, to('*', deny(read, teamIsMissing))),
    closed: 'loss',
  },
  'a Deny of the resource policy by tag is lifted': {
    principal: role(allow(read)),
    resource: secret({ team: 'blue' }, to(APP, deny(read, teamIs('blue')))),
    closed: 'gain',
  },
  'a Deny for the account strikes its roles': {
    principal: role(allow(read)),
    resource: secret({ team: 'blue' }, to(ROOT, deny(read, teamIsNot('blue')))),
    closed: 'loss',
  },
  'the tag of the secret against the tag of the principal, in a resource policy': {
    principal: tagged({ team: 'blue' }, role()),
    resource: secret({ team: 'blue' }, to(APP, allow(read, teamIs(`\${aws:PrincipalTag/team}`)))),
    closed: 'loss',
  },
  "the service's own name of the tag, in an identity policy": {
    principal: role(allow(read, { StringEquals: { [serviceTag]: 'blue' } })),
    resource: secret({ team: 'blue' }),
    closed: 'loss',
    open: 'same',
  },
  "the service's own name of the tag, in a resource policy": {
    principal: role(),
    resource: secret({ team: 'blue' }, to(APP, allow(read, { StringLike: { [serviceTag]: 'b*' } }))),
    closed: 'loss',
  },
  'both names of the tag go at once': {
    principal: role(allow(read, { StringEquals: { [serviceTag]: 'blue', [TEAM]: 'blue' } })),
    resource: secret({ team: 'blue' }),
    closed: 'loss',
  },
  "the service's own name ignores case too": {
    principal: role(allow(read, { StringEquals: { 'SecretsManager:resourcetag/TEAM': 'blue' } })),
    resource: secret({ team: 'blue' }),
    closed: 'loss',
  },
  'a Deny for all but the named principal and its account spares it': {
    principal: role(allow(read)),
    resource: secret({ team: 'blue' }, toAllBut([APP, ROOT], deny(read, teamIsMissing))),
    closed: 'allowed',
  },
  'a Deny for all but somebody of another account strikes': {
    principal: role(allow(read)),
    resource: secret(
      { team: 'blue' },
      toAllBut([OTHER_APP, 'arn:aws:iam::444455556666:root'], deny(read, teamIsMissing)),
    ),
    closed: 'loss',
  },
  'an Allow for all but somebody else is not supported': {
    principal: role(),
    resource: secret({ team: 'blue' }, toAllBut(ALICE, allow(read, teamIs('blue')))),
    closed: 'unknown',
  },
  'an Allow for all but the account does not leave out its roles for sure': {
    principal: role(),
    resource: secret({ team: 'blue' }, toAllBut(ROOT, allow(read, teamIs('blue')))),
    closed: 'unknown',
  },
  'an Allow for all but one session may mean the others of its role': {
    principal: role(),
    resource: secret({ team: 'blue' }, toAllBut(APP_SESSION, allow(read, teamIs('blue')))),
    closed: 'unknown',
  },
  'an Allow for all but this principal grants it nothing': {
    principal: user(),
    resource: secret({ team: 'blue' }, toAllBut(ALICE, allow(read, teamIs('blue')))),
    closed: 'denied',
  },
})

const denyBlueToAllBut = (...listed: string[]) =>
  secret({ team: 'blue' }, toAllBut(listed, deny('secretsmanager:*', teamIs('blue'))))

/** Whom a Deny with NotPrincipal spares that lists less than the principal, its role and its account. */
export const partlyListed = from(source.notPrincipal, {
  'a role without its account': { principal: role(allow(read)), resource: denyBlueToAllBut(APP), closed: 'unknown' },
  'a user without its account': { principal: user(allow(read)), resource: denyBlueToAllBut(ALICE), closed: 'unknown' },
  'a session without its role': {
    principal: session(allow(read)),
    resource: denyBlueToAllBut(APP_SESSION),
    closed: 'unknown',
  },
  'a session, which may be the one that asks': {
    principal: role(allow(read)),
    resource: denyBlueToAllBut(APP_SESSION),
    closed: 'unknown',
  },
  'another session of the role': {
    principal: session(allow(read)),
    resource: denyBlueToAllBut(`${APP_SESSION}x`, ROOT),
    closed: 'gain',
  },
  'the account alone': { principal: role(allow(read)), resource: denyBlueToAllBut(ROOT), closed: 'unknown' },
  'the account alone, by its id': {
    principal: role(allow(read)),
    resource: denyBlueToAllBut(ACCOUNT),
    closed: 'unknown',
  },
  'the account beside a role of another': {
    principal: role(allow(read)),
    resource: denyBlueToAllBut(ROOT, OTHER_APP),
    closed: 'unknown',
  },
  'the account beside another of its users': {
    principal: role(allow(read)),
    resource: denyBlueToAllBut(ROOT, ALICE),
    closed: 'gain',
  },
  'another user of the account': { principal: role(allow(read)), resource: denyBlueToAllBut(ALICE), closed: 'gain' },
  everybody: { principal: role(allow(read)), resource: denyBlueToAllBut('*'), closed: 'allowed' },
})
