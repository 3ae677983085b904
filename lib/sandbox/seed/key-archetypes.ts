import type { KeyPlan } from './create.ts'
import type { Oddity, Subject, Tagging } from './tagging.ts'

export interface KeyArchetype extends Subject {
  readonly tagging: Tagging
  readonly odd?: readonly Oddity[]
  readonly is?: Partial<Pick<KeyPlan, 'state' | 'origin' | 'spec' | 'usage' | 'rotationPeriodDays'>>
  readonly aliases?: 'none' | 'long' | 'two'
  readonly isUndescribed?: boolean
  readonly policy?: 'closed' | 'default' | 'shared'
  readonly isGranted?: boolean
  /** How the one replica is tagged, in the Region next in use. */
  readonly replica?: Tagging
}

/** The company's keys: this list, again and again with a number, until there are enough. */
export const keyArchetypes: readonly KeyArchetype[] = [
  {
    team: 'payments',
    app: 'ledger',
    env: 'prod',
    tagging: 'terraform',
    odd: ['dataClass'],
    is: { rotationPeriodDays: 365 },
  },
  {
    team: 'payments',
    app: 'card-vault',
    env: 'prod',
    tagging: 'doubled',
    replica: 'lowerCase',
    is: { rotationPeriodDays: 90 },
  },
  { team: 'payments', app: 'payouts', env: 'staging', tagging: 'lowerCase', aliases: 'two' },
  { team: 'identity', app: 'sessions', env: 'prod', tagging: 'trailingSpace', is: { rotationPeriodDays: 365 } },
  {
    team: 'identity',
    app: 'token-signing',
    env: 'prod',
    tagging: 'lowerCase',
    is: { spec: 'RSA_2048', usage: 'SIGN_VERIFY' },
  },
  { team: 'identity', app: 'directory', env: 'dev', tagging: 'legacy', is: { state: 'Disabled' } },
  {
    team: 'data-platform',
    app: 'lakehouse',
    env: 'prod',
    tagging: 'stack',
    isGranted: true,
    is: { rotationPeriodDays: 365 },
  },
  { team: 'data-platform', app: 'ingest', env: 'prod', tagging: 'lowerCase', odd: ['fiftyTags'] },
  { team: 'data-platform', app: 'feature-store', env: 'staging', tagging: 'upperCase', aliases: 'long' },
  { team: 'mobile', app: 'push', env: 'prod', tagging: 'lowerCase' },
  {
    team: 'mobile',
    app: 'ios-signing',
    env: 'prod',
    tagging: 'terraform',
    is: { spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY' },
  },
  { team: 'mobile', app: 'attestation', env: 'dev', tagging: 'none', aliases: 'none', isUndescribed: true },
  {
    team: 'platform',
    app: 'terraform-state',
    env: 'prod',
    tagging: 'terraform',
    isGranted: true,
    is: { rotationPeriodDays: 365 },
  },
  { team: 'platform', app: 'backups', env: 'prod', tagging: 'trailingSpace', replica: 'standard' },
  { team: 'platform', app: 'old-cluster', env: 'prod', tagging: 'lowerCase', is: { state: 'PendingDeletion' } },
  { team: 'platform', app: 'vault-unseal', env: 'prod', tagging: 'standard', policy: 'closed' },
  { team: 'marketing', app: 'newsletter', env: 'prod', tagging: 'legacy', odd: ['mailAsTagKey'] },
  { team: 'marketing', app: 'crm-sync', env: 'prod', tagging: 'emptied', odd: ['longValue'] },
  { team: 'marketing', app: 'surveys', env: 'prod', tagging: 'lowerCase', odd: ['unicode'], aliases: 'none' },
  {
    team: 'payments',
    app: 'fraud-scoring',
    env: 'prod',
    tagging: 'standard',
    is: { origin: 'EXTERNAL', state: 'PendingImport' },
  },
  {
    team: 'identity',
    app: 'mfa',
    env: 'prod',
    tagging: 'upperCase',
    is: { spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' },
  },
  { team: 'data-platform', app: 'reporting', env: 'dev', tagging: 'lowerCase', odd: ['longTagKey'], policy: 'shared' },
  { team: 'mobile', app: 'deep-links', env: 'staging', tagging: 'doubled' },
  { team: 'platform', app: 'ci-runners', env: 'prod', tagging: 'stack', odd: ['openShift'], isGranted: true },
  {
    team: 'marketing',
    app: 'landing-pages',
    env: 'prod',
    tagging: 'lowerCase',
    odd: ['quarantine'],
    isUndescribed: true,
  },
  {
    team: 'payments',
    app: 'checkout',
    env: 'prod',
    tagging: 'terraform',
    odd: ['dataClass'],
    is: { rotationPeriodDays: 365 },
  },
  { team: 'platform', app: 'dns', env: 'prod', tagging: 'standard', policy: 'default' },
  { team: 'data-platform', app: 'scratch', env: 'dev', tagging: 'none', policy: 'default', isUndescribed: true },
]
