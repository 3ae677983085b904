import {
  ALICE,
  APP,
  APP_SESSION,
  allow,
  delegation,
  deny,
  from,
  grant,
  key,
  policy,
  role,
  session,
  teamIs,
  teamIsMissing,
  teamIsNot,
  to,
  user,
} from './build.ts'
import { source } from './sources.ts'

const abac = role(allow('kms:*', teamIs('blue')))
const granted = (operations: readonly string[], constraints?: object) =>
  key({ team: 'blue' }, { grants: [grant(APP, operations, constraints)] })
const equals = { encryptionContextEquals: { app: 'x' } }
const subset = { encryptionContextSubset: { app: 'x' } }

/** Grants only allow, only their operations, and hang on no tag. */
export const grants = from(source.grants, {
  'a grant keeps what the identity policy loses': {
    principal: abac,
    resource: granted(['Decrypt']),
    closed: 'allowed',
    open: 'same',
  },
  'a grant keeps only its own operations': { principal: abac, resource: granted(['Encrypt']), closed: 'loss' },
  'a grant for somebody else keeps nothing': {
    principal: abac,
    resource: key({ team: 'blue' }, { grants: [grant(ALICE, ['Decrypt'])] }),
    closed: 'loss',
  },
  'a grant needs no identity policy': { principal: role(), resource: granted(['Decrypt']), closed: 'allowed' },
  'a grant to the role serves its exact session': {
    principal: session(),
    resource: granted(['Decrypt']),
    closed: 'allowed',
  },
  'a grant to a session serves that session': {
    principal: session(),
    resource: key({ team: 'blue' }, { grants: [grant(APP_SESSION, ['Decrypt'])] }),
    closed: 'allowed',
  },
  'a grant to another session does not': {
    principal: session(),
    resource: key({ team: 'blue' }, { grants: [grant(`${APP_SESSION}x`, ['Decrypt'])] }),
    closed: 'denied',
  },
  'a grant to a user serves the user': {
    principal: user(allow('kms:*', teamIs('blue'))),
    resource: key({ team: 'blue' }, { grants: [grant(ALICE, ['Decrypt'])] }),
    closed: 'allowed',
  },
  'the second of two grants counts': {
    principal: abac,
    resource: key({ team: 'blue' }, { grants: [grant(APP, ['Encrypt']), grant(APP, ['Decrypt'])] }),
    closed: 'allowed',
  },
  'a grant needs no statement for the account': {
    principal: role(),
    resource: key({}, { policy: policy(to(ALICE, allow('kms:*'))), grants: [grant(APP, ['Decrypt'])] }),
    closed: 'allowed',
  },
  'an identity Deny beats a grant': {
    principal: role(deny('kms:Decrypt', teamIsMissing)),
    resource: granted(['Decrypt']),
    closed: 'loss',
  },
  'a lifted identity Deny opens the grant again': {
    principal: role(deny('kms:Decrypt', teamIs('blue'))),
    resource: granted(['Decrypt']),
    closed: 'gain',
  },
  'a Deny of the key policy beats a grant': {
    principal: role(),
    resource: key({}, { policy: policy(delegation, to(APP, deny('kms:Decrypt'))), grants: [grant(APP, ['Decrypt'])] }),
    closed: 'denied',
  },
  'a Deny of an SCP beats a grant': {
    principal: role(),
    resource: granted(['Decrypt']),
    scps: [[policy(allow('*'), deny('kms:*', teamIsNot('blue')))]],
    closed: 'loss',
  },
  'a Deny of an RCP beats a grant': {
    principal: role(),
    resource: granted(['Decrypt']),
    rcps: [[policy(to('*', deny('kms:*', teamIsMissing)))]],
    closed: 'loss',
  },
  'ReEncryptFrom in a grant is not ReEncryptTo': {
    principal: role(),
    resource: granted(['ReEncryptFrom']),
    action: 'kms:ReEncryptTo',
    closed: 'denied',
  },
  'ReEncryptFrom in a grant is kms:ReEncryptFrom': {
    principal: role(),
    resource: granted(['ReEncryptFrom']),
    action: 'kms:ReEncryptFrom',
    closed: 'allowed',
  },
})

/** Constraints on the encryption context: names ignore case, values do not. */
export const grantConstraints = from(source.grants, {
  'EncryptionContextEquals holds for exactly these pairs': {
    principal: abac,
    resource: granted(['Decrypt'], equals),
    context: { 'kms:EncryptionContext:app': 'x', 'kms:EncryptionContextKeys': ['app'] },
    closed: 'allowed',
  },
  'EncryptionContextEquals fails for one pair more': {
    principal: abac,
    resource: granted(['Decrypt'], equals),
    context: {
      'kms:EncryptionContext:app': 'x',
      'kms:EncryptionContext:stage': 'dev',
      'kms:EncryptionContextKeys': ['app', 'stage'],
    },
    closed: 'loss',
  },
  'EncryptionContextEquals fails for another value': {
    principal: abac,
    resource: granted(['Decrypt'], equals),
    context: { 'kms:EncryptionContext:app': 'X', 'kms:EncryptionContextKeys': ['app'] },
    closed: 'loss',
  },
  'EncryptionContextEquals fails without an encryption context': {
    principal: abac,
    resource: granted(['Decrypt'], equals),
    closed: 'loss',
  },
  'EncryptionContextSubset holds for one pair more': {
    principal: abac,
    resource: granted(['Decrypt'], subset),
    context: {
      'kms:EncryptionContext:app': 'x',
      'kms:EncryptionContext:stage': 'dev',
      'kms:EncryptionContextKeys': ['app', 'stage'],
    },
    closed: 'allowed',
  },
  'EncryptionContextSubset fails without its pair': {
    principal: abac,
    resource: granted(['Decrypt'], subset),
    context: { 'kms:EncryptionContext:stage': 'dev', 'kms:EncryptionContextKeys': ['stage'] },
    closed: 'loss',
  },
  'names in the encryption context ignore case': {
    principal: abac,
    resource: granted(['Decrypt'], equals),
    context: { 'kms:EncryptionContext:APP': 'x', 'kms:EncryptionContextKeys': ['APP'] },
    closed: 'allowed',
  },
  'a constraint does not bind DescribeKey, which has no encryption context': {
    principal: abac,
    resource: granted(['Decrypt', 'DescribeKey'], equals),
    action: 'kms:DescribeKey',
    closed: 'allowed',
  },
})
