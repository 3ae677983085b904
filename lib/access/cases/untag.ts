import { APP, allow, deny, from, key, role, secret, TEAM, teamIs, teamIsNot, to } from './build.ts'
import { source } from './sources.ts'

const untagKey = { action: 'kms:UntagResource', context: { 'aws:TagKeys': ['team'] } }
const untagSecret = { action: 'secretsmanager:UntagResource', context: { 'aws:TagKeys': ['team'] } }
const anyOf = (...values: string[]) => ({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': values } })
const onlyOf = (...values: string[]) => ({ 'ForAllValues:StringEquals': { 'aws:TagKeys': values } })

/** The untag itself: aws:TagKeys are the removed keys; their values and their case are not asked. */
export const untag = from(source.tagKeys, {
  'a protected tag key is refused': {
    principal: role(allow('kms:*'), deny('kms:UntagResource', anyOf('team'))),
    resource: key({ team: 'blue' }),
    ...untagKey,
    closed: 'denied',
    open: 'same',
  },
  'another tag key is protected': {
    principal: role(allow('kms:*'), deny('kms:UntagResource', anyOf('owner'))),
    resource: key({ team: 'blue' }),
    ...untagKey,
    closed: 'allowed',
    open: 'same',
  },
  'only agreed tag keys may go: one more is refused': {
    principal: role(allow('kms:UntagResource', onlyOf('team'))),
    resource: key({ team: 'blue', stage: 'dev' }),
    action: 'kms:UntagResource',
    context: { 'aws:TagKeys': ['team', 'stage'] },
    removeTags: ['team', 'stage'],
    closed: 'denied',
    open: 'same',
  },
  'only agreed tag keys may go': {
    principal: role(allow('kms:UntagResource', onlyOf('team', 'stage'))),
    resource: key({ team: 'blue', stage: 'dev' }),
    ...untagKey,
    closed: 'allowed',
    open: 'same',
  },
  'an untag has no aws:RequestTag': {
    principal: role(allow('kms:UntagResource', { Null: { 'aws:RequestTag/team': 'false' } })),
    resource: key({ team: 'blue' }),
    ...untagKey,
    closed: 'denied',
    open: 'same',
  },
  'who may untag by the tag loses that': {
    principal: role(allow('kms:UntagResource', { ...anyOf('team'), ...teamIs('blue') })),
    resource: key({ team: 'blue' }),
    ...untagKey,
    closed: 'loss',
    open: 'same',
  },
  'who may tag by the tag cannot put it back': {
    principal: role(allow('kms:TagResource', teamIs('blue'))),
    resource: key({ team: 'blue' }),
    action: 'kms:TagResource',
    closed: 'loss',
  },
})

/** Secrets Manager refuses an untag after which the caller would lose its permissions; how many is not documented. */
export const lockOut = from(source.untagSecret, {
  'the caller loses the untag itself: refused': {
    principal: role(allow('secretsmanager:*', teamIs('blue'))),
    resource: secret({ team: 'blue' }),
    ...untagSecret,
    closed: 'loss',
    awsBlocksUntag: true,
  },
  'the caller loses every read and write but not the untag: refused': {
    principal: role(allow('secretsmanager:*', teamIs('blue')), allow('secretsmanager:UntagResource')),
    resource: secret({ team: 'blue' }),
    ...untagSecret,
    closed: 'allowed',
    awsBlocksUntag: true,
  },
  'the caller loses one permission of many: perhaps refused': {
    principal: role(allow('secretsmanager:*'), deny('secretsmanager:GetSecretValue', teamIsNot('blue'))),
    resource: secret({ team: 'blue' }),
    ...untagSecret,
    closed: 'allowed',
    awsBlocksUntag: 'unknown',
  },
  'the caller loses the untag and nothing else: refused': {
    principal: role(allow('secretsmanager:*'), deny('secretsmanager:UntagResource', teamIsNot('blue'))),
    resource: secret({ team: 'blue' }),
    ...untagSecret,
    closed: 'loss',
    awsBlocksUntag: true,
  },
  'what is done to no secret is no permission for the secret': {
    principal: role(
      allow('secretsmanager:*', teamIs('blue')),
      allow(['secretsmanager:UntagResource', 'secretsmanager:GetRandomPassword']),
    ),
    resource: secret({ team: 'blue' }),
    ...untagSecret,
    closed: 'allowed',
    awsBlocksUntag: true,
  },
  'the caller has nothing but the untag and keeps it: not refused': {
    principal: role(allow('secretsmanager:UntagResource')),
    resource: secret({ team: 'blue' }),
    ...untagSecret,
    closed: 'allowed',
    awsBlocksUntag: false,
  },
  'the caller loses nothing: not refused': {
    principal: role(allow('secretsmanager:*'), allow('secretsmanager:GetSecretValue', teamIs('blue'))),
    resource: secret({ team: 'blue' }),
    ...untagSecret,
    closed: 'allowed',
    awsBlocksUntag: false,
  },
  'the caller gains: not refused': {
    principal: role(allow('secretsmanager:*'), deny('secretsmanager:GetSecretValue', teamIs('blue'))),
    resource: secret({ team: 'blue' }),
    ...untagSecret,
    closed: 'allowed',
    awsBlocksUntag: false,
  },
  'permissions by the resource policy are lost just so': {
    principal: role(),
    resource: secret({ team: 'blue' }, to(APP, allow('secretsmanager:*', { StringEquals: { [TEAM]: 'blue' } }))),
    ...untagSecret,
    closed: 'loss',
    awsBlocksUntag: true,
  },
})
