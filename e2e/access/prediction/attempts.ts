import * as kms from '@aws-sdk/client-kms'
import * as secrets from '@aws-sdk/client-secrets-manager'
import type { Clients } from '#lib/sandbox/testing.ts'
import type { CaseFile } from '../case-file.ts'
import { probe } from './resources.ts'
import { iam } from './statements.ts'

/** One action as it is really tried. */
export interface Attempt {
  readonly action: string
  /** The condition keys that this request carries by itself. */
  readonly context: (tagKeys: readonly string[]) => NonNullable<CaseFile['context']>
  /** `tagKeys`: those that an untag removes. */
  readonly send: (clients: Clients, arn: string, tagKeys: readonly string[]) => Promise<unknown>
}

/** `blocked`: authorized, and refused because the caller would lose the secret. */
export type Outcome = 'allow' | 'deny' | 'blocked'

const EncryptionContext = { app: 'ledger' }
const encryptionContext = { 'kms:EncryptionContext:app': 'ledger', 'kms:EncryptionContextKeys': ['app'] }
const EncryptionAlgorithm = { 'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT' }
const Plaintext = Buffer.from('x')
const GranteePrincipal = iam('role/nobody')
const [[probeKey, probeValue]] = Object.entries(probe) as [[string, string]]

const plain = () => ({})
const tagging = () => ({ 'aws:TagKeys': [probeKey], [`aws:RequestTag/${probeKey}`]: probeValue })
const untagging = (tagKeys: readonly string[]) => ({ 'aws:TagKeys': [...tagKeys] })

const ofKeys: readonly Attempt[] = [
  {
    action: 'kms:Decrypt',
    context: () => ({ ...EncryptionAlgorithm, ...encryptionContext }),
    send: (by, KeyId) =>
      by.kms.send(
        new kms.DecryptCommand({ KeyId, EncryptionContext, DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT'] }),
      ),
  },
  {
    action: 'kms:Encrypt',
    context: () => ({ ...EncryptionAlgorithm, ...encryptionContext }),
    send: (by, KeyId) => by.kms.send(new kms.EncryptCommand({ KeyId, Plaintext, EncryptionContext, DryRun: true })),
  },
  {
    action: 'kms:GenerateDataKey',
    context: () => EncryptionAlgorithm,
    send: (by, KeyId) => by.kms.send(new kms.GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', DryRun: true })),
  },
  {
    action: 'kms:CreateGrant',
    context: () => ({
      'kms:GranteePrincipal': GranteePrincipal,
      'kms:GrantOperations': ['Encrypt'],
      'kms:GrantIsForAWSResource': 'false',
    }),
    send: (by, KeyId) =>
      by.kms.send(new kms.CreateGrantCommand({ KeyId, GranteePrincipal, Operations: ['Encrypt'], DryRun: true })),
  },
  {
    action: 'kms:DescribeKey',
    context: plain,
    send: (by, KeyId) => by.kms.send(new kms.DescribeKeyCommand({ KeyId })),
  },
  {
    action: 'kms:ListResourceTags',
    context: plain,
    send: (by, KeyId) => by.kms.send(new kms.ListResourceTagsCommand({ KeyId })),
  },
  {
    action: 'kms:TagResource',
    context: tagging,
    send: (by, KeyId) =>
      by.kms.send(new kms.TagResourceCommand({ KeyId, Tags: [{ TagKey: probeKey, TagValue: probeValue }] })),
  },
  {
    action: 'kms:UntagResource',
    context: untagging,
    send: (by, KeyId, tagKeys) => by.kms.send(new kms.UntagResourceCommand({ KeyId, TagKeys: [...tagKeys] })),
  },
]

const ofSecrets: readonly Attempt[] = [
  {
    action: 'secretsmanager:GetSecretValue',
    context: plain,
    send: (by, SecretId) => by.secrets.send(new secrets.GetSecretValueCommand({ SecretId })),
  },
  {
    action: 'secretsmanager:DescribeSecret',
    context: plain,
    send: (by, SecretId) => by.secrets.send(new secrets.DescribeSecretCommand({ SecretId })),
  },
  {
    action: 'secretsmanager:GetResourcePolicy',
    context: plain,
    send: (by, SecretId) => by.secrets.send(new secrets.GetResourcePolicyCommand({ SecretId })),
  },
  {
    action: 'secretsmanager:TagResource',
    context: tagging,
    send: (by, SecretId) =>
      by.secrets.send(new secrets.TagResourceCommand({ SecretId, Tags: [{ Key: probeKey, Value: probeValue }] })),
  },
  {
    action: 'secretsmanager:UntagResource',
    context: untagging,
    send: (by, SecretId, tagKeys) =>
      by.secrets.send(new secrets.UntagResourceCommand({ SecretId, TagKeys: [...tagKeys] })),
  },
]

export const attempts = { 'kms-key': ofKeys, secret: ofSecrets } as const

/** What came of a call. @throws whatever is neither a yes nor a refusal */
export async function outcomeOf(call: Promise<unknown>): Promise<Outcome> {
  try {
    await call
    return 'allow'
  } catch (error) {
    const { name, message } = error as Error
    if (name === 'DryRunOperationException') return 'allow'
    if (name !== 'AccessDeniedException') throw error
    return message.includes('remove your own access') ? 'blocked' : 'deny'
  }
}
