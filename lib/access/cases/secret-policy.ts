import {
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
  'an Allow for all but this principal grants it nothing': {
    principal: user(),
    resource: secret({ team: 'blue' }, toAllBut(ALICE, allow(read, teamIs('blue')))),
    closed: 'denied',
  },
})
