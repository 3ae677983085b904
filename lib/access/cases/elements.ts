import {
  ACCOUNT,
  allButActions,
  allow,
  deny,
  from,
  KEY,
  key,
  on,
  onAllBut,
  role,
  SECRET,
  secret,
  tagged,
  teamIs,
  teamIsMissing,
  teamIsNot,
} from './build.ts'
import { unknown } from './outcome.ts'
import { source } from './sources.ts'

const blue = teamIs('blue')
const resource = key({ team: 'blue' })
const alias = `arn:aws:kms:us-east-1:${ACCOUNT}:alias/app`

/** Action, NotAction, Resource, NotResource. */
export const elements = from(source.elements, {
  'action names ignore case': { principal: role(allow('KMS:decrypt', blue)), resource, closed: 'loss' },
  '* in Action stands for any text': { principal: role(allow('kms:De*pt', blue)), resource, closed: 'loss' },
  '? in Action stands for one character': { principal: role(allow('kms:?ecrypt', blue)), resource, closed: 'loss' },
  '? in Action does not stand for none': { principal: role(allow('kms:Decrypt?', blue)), resource, closed: 'denied' },
  'a variable in Action is text': { principal: role(allow(`kms:\${x}ecrypt`, blue)), resource, closed: 'denied' },
  '* alone is every action of every service': { principal: role(allow('*', blue)), resource, closed: 'loss' },
  'an action of the other service is another action': {
    principal: role(allow('secretsmanager:*', blue)),
    resource,
    closed: 'denied',
  },
  'one of several actions is enough': {
    principal: role(allow(['kms:Encrypt', 'kms:Decrypt'], blue)),
    resource,
    closed: 'loss',
  },
  'kms:ReEncrypt* is both halves': {
    principal: role(allow('kms:ReEncrypt*', blue)),
    resource,
    action: 'kms:ReEncryptTo',
    closed: 'loss',
  },
  'kms:ReEncryptFrom is not kms:ReEncryptTo': {
    principal: role(allow('kms:ReEncryptFrom', blue)),
    resource,
    action: 'kms:ReEncryptTo',
    closed: 'denied',
  },
  'an Allow with NotAction allows what it does not name': {
    principal: role(allButActions(allow('iam:*', blue))),
    resource,
    closed: 'loss',
  },
  'an Allow with NotAction does not allow what it names': {
    principal: role(allButActions(allow(['iam:*', 'kms:D*'], blue))),
    resource,
    closed: 'denied',
  },
  'a Deny with NotAction spares what it names': {
    principal: role(allow('*'), allButActions(deny('kms:Decrypt', teamIsMissing))),
    resource,
    closed: 'allowed',
  },
  'a Deny with NotAction strikes what it does not name': {
    principal: role(allow('*'), allButActions(deny('kms:Encrypt', teamIsMissing))),
    resource,
    closed: 'loss',
  },
  'the exact ARN in Resource': { principal: role(on(KEY, allow('kms:*', blue))), resource, closed: 'loss' },
  'an ARN with * in Resource': {
    principal: role(on('arn:aws:kms:*:*:key/*', allow('kms:*', blue))),
    resource,
    closed: 'loss',
  },
  'ARNs in Resource are case-sensitive': {
    principal: role(
      on(KEY.toUpperCase().replace('ARN:AWS:KMS:US-EAST-1', 'arn:aws:kms:us-east-1'), allow('kms:*', blue)),
    ),
    resource,
    closed: 'denied',
  },
  'another Region in Resource is another key': {
    principal: role(on(KEY.replace('us-east-1', 'eu-west-1'), allow('kms:*', blue))),
    resource,
    closed: 'denied',
  },
  'an alias ARN in Resource means the alias, not its key': {
    principal: role(on(alias, allow('kms:*', blue))),
    resource: key({ team: 'blue' }, { aliases: ['alias/app'] }),
    closed: 'denied',
  },
  'an Allow with NotResource allows what it does not name': {
    principal: role(onAllBut(SECRET, allow('kms:*', blue))),
    resource,
    closed: 'loss',
  },
  'an Allow with NotResource does not allow what it names': {
    principal: role(onAllBut('arn:aws:kms:*', allow('kms:*', blue))),
    resource,
    closed: 'denied',
  },
  'a Deny with NotResource spares what it names': {
    principal: role(allow('*'), onAllBut([KEY, SECRET], deny('*', teamIsMissing))),
    resource,
    closed: 'allowed',
  },
  'a Deny with NotResource strikes what it does not name': {
    principal: role(allow('*'), onAllBut(SECRET, deny('*', teamIsNot('blue')))),
    resource,
    closed: 'loss',
  },
  'the random suffix of a secret, by ?': {
    principal: role(on(`arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:blue/api-??????`, allow('*', blue))),
    resource: secret({ team: 'blue' }),
    closed: 'loss',
  },
  'a secret named without its suffix is another secret': {
    principal: role(on(`arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:blue/api`, allow('*', blue))),
    resource: secret({ team: 'blue' }),
    closed: 'denied',
  },
})

const secretsOf = (name: string) => `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:${name}/*`
const read = 'secretsmanager:GetSecretValue'

/** Variables in Resource and NotResource. */
export const variablesInResource = from(source.variables, {
  'a principal tag in Resource': {
    principal: tagged({ team: 'blue' }, role(on(secretsOf(`\${aws:PrincipalTag/team}`), allow(read, blue)))),
    resource: secret({ team: 'blue' }),
    closed: 'loss',
  },
  'a principal tag of another value in Resource': {
    principal: tagged({ team: 'red' }, role(on(secretsOf(`\${aws:PrincipalTag/team}`), allow(read, blue)))),
    resource: secret({ team: 'blue' }),
    closed: 'denied',
  },
  'the removed tag itself in Resource': {
    principal: role(on(secretsOf(`\${aws:ResourceTag/team}`), allow(read))),
    resource: secret({ team: 'blue' }),
    closed: 'loss',
    open: 'same',
  },
  'a variable without value in Resource matches no resource': {
    principal: role(on(secretsOf(`\${aws:PrincipalTag/team}`), allow(read, blue))),
    resource: secret({ team: 'blue' }),
    closed: 'denied',
  },
  'a default value in Resource': {
    principal: role(on(secretsOf(`\${aws:PrincipalTag/team, 'blue'}`), allow(read, blue))),
    resource: secret({ team: 'blue' }),
    closed: 'loss',
  },
  'a default value takes the place of the removed tag in Resource': {
    principal: role(on(secretsOf(`\${aws:ResourceTag/team, 'blue'}`), allow(read))),
    resource: secret({ team: 'blue' }),
    closed: 'allowed',
  },
  'a Deny on the resource that the removed tag names is lifted': {
    principal: role(allow(read), on(secretsOf(`\${aws:ResourceTag/team}`), deny(read))),
    resource: secret({ team: 'blue' }),
    closed: 'gain',
  },
  'a variable before the fifth colon of Resource is not documented': {
    principal: role(on(`arn:aws:secretsmanager:\${aws:RequestedRegion}:*:secret:*`, allow(read, blue))),
    resource: secret({ team: 'blue' }),
    closed: 'unknown',
    open: 'same',
  },
  'a variable in the place of the account stands before the fifth colon': {
    principal: role(on(`arn:aws:secretsmanager:us-east-1:\${aws:PrincipalAccount}:secret:*`, allow(read, blue))),
    resource: secret({ team: 'blue' }),
    closed: 'unknown',
  },
  'a variable that is all of Resource stands before the fifth colon': {
    principal: tagged({ all: SECRET }, role(on(`\${aws:PrincipalTag/all}`, allow(read, blue)))),
    resource: secret({ team: 'blue' }),
    closed: 'unknown',
  },
  'two variables before the fifth colon are two questions': {
    principal: role(
      on(`arn:aws:secretsmanager:\${aws:RequestedRegion}:*:secret:*`, allow(read, blue)),
      on(`arn:aws:secretsmanager:us-east-1:\${aws:PrincipalAccount}:secret:*`, deny(read)),
    ),
    resource: secret({ team: 'blue' }),
    closed: 'unknown',
  },
  'a variable before the fifth colon beside a Resource that matches': {
    principal: role(on([SECRET, `arn:aws:secretsmanager:\${aws:RequestedRegion}:*:secret:*`], allow(read, blue))),
    resource: secret({ team: 'blue' }),
    closed: 'loss',
  },
  'a NotResource whose variable nobody knows is not documented where it may be missing': {
    principal: role(onAllBut(secretsOf(`\${aws:SourceVpc}`), allow(read, blue))),
    resource: secret({ team: 'blue' }),
    open: unknown,
  },
  'of two variables of NotResource that nobody knows, one may have a value without the other': {
    principal: role(
      onAllBut(secretsOf(`\${aws:SourceVpc}`), allow(read, blue)),
      onAllBut(secretsOf(`\${aws:SourceVpce}`), deny(read)),
    ),
    resource: secret({ team: 'blue' }),
    open: unknown,
  },
  'two variables of NotResource without value are two questions': {
    principal: role(
      onAllBut(secretsOf(`\${aws:PrincipalTag/team}`), allow(read, blue)),
      onAllBut(secretsOf(`\${aws:PrincipalTag/stage}`), deny(read)),
    ),
    resource: secret({ team: 'blue' }),
    closed: 'unknown',
  },
  'a NotResource whose variable loses its value is not documented': {
    principal: role(onAllBut(secretsOf(`\${aws:ResourceTag/team}`), allow(read))),
    resource: secret({ team: 'blue' }),
    closed: 'unknown',
  },
})
