import { expect, test } from 'vitest'
import { actions } from './actions.ts'
import { actionNamed, conditionKeyNamed, spelledContextKey } from './reference.ts'

test('actions of both services are found in any case, and no others', () => {
  expect(actionNamed('KMS:decrypt')).toMatchObject({ name: 'kms:Decrypt', level: 'Write', resourceTypes: ['key'] })
  expect(actionNamed('secretsmanager:ListSecrets')?.resourceTypes).toEqual([])
  expect(actionNamed('kms:CreateAlias')?.resourceTypes).toEqual(['alias', 'key'])
  expect(actionNamed('s3:GetObject')).toBeUndefined()
  expect(new Set(actions.map((action) => action.name.split(':')[0]))).toEqual(new Set(['kms', 'secretsmanager']))
})

const keys = [
  ['aws:SourceIp', { name: 'aws:SourceIp', type: 'IPAddress' }],
  ['AWS:TAGKEYS', { name: 'aws:TagKeys', type: 'String', multivalued: true }],
  ['aws:ResourceTag/a/b:c', { name: 'aws:ResourceTag/*', type: 'String' }],
  ['secretsmanager:resourcetag/owner', { name: 'secretsmanager:ResourceTag/*', type: 'String' }],
  ['secretsmanager:resource/Type', { name: 'secretsmanager:resource/Type', type: 'String' }],
  ['kms:EncryptionContext:AppName', { name: 'kms:EncryptionContext:*', type: 'String' }],
  ['kms:RecipientAttestation:PCR0', { name: 'kms:RecipientAttestation:*', type: 'String' }],
  ['kms:ResourceAliases', { name: 'kms:ResourceAliases', type: 'String', multivalued: true }],
  ['aws:ResourceTag/', undefined],
  ['aws:ResourceTag', undefined],
  ['s3:prefix', undefined],
  ['__proto__', undefined],
] as const
test.each(keys)('context key %s', (contextKey, row) => {
  expect(conditionKeyNamed(contextKey)).toEqual(row)
})

const spellings = [
  ['aws:sourceip', 'aws:SourceIp'],
  ['aws:resourcetag/costcenter', 'aws:ResourceTag/costcenter'],
  ['kms:encryptioncontext:app', 'kms:EncryptionContext:app'],
  ['saml:aud', 'saml:aud'],
]
test.each(spellings)('%s is spelled %s', (contextKey = '', spelled = '') => {
  expect(spelledContextKey(contextKey)).toBe(spelled)
})
