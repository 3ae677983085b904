import type { Oddity, Subject, Tagging } from './tagging.ts'

export interface SecretArchetype extends Subject {
  /** `#` stands for a number of the secret. */
  readonly name: string
  readonly tagging: Tagging
  readonly odd?: readonly Oddity[]
  readonly owningService?: 'rds' | 'events'
  readonly policy?: 'project' | 'shared'
  readonly isRotated?: boolean
  readonly isUnused?: boolean
  readonly isDeleted?: boolean
  readonly hasReplica?: boolean
}

/** The company's secrets: this list, again and again with a number, until there are enough. */
export const secretArchetypes: readonly SecretArchetype[] = [
  {
    team: 'payments',
    app: 'ledger',
    env: 'prod',
    name: 'payments/prod/ledger/database',
    tagging: 'terraform',
    odd: ['dataClass'],
    isRotated: true,
    policy: 'project',
  },
  {
    team: 'payments',
    app: 'checkout',
    env: 'prod',
    name: 'payments/prod/checkout/psp-api-key',
    tagging: 'lowerCase',
    hasReplica: true,
  },
  { team: 'payments', app: 'payouts', env: 'staging', name: 'payments/staging/payouts/sftp', tagging: 'doubled' },
  {
    team: 'payments',
    app: 'ledger',
    env: 'prod',
    name: 'rds!db-3f0c5b5e-7a41-4e0e-9b57-00000000000#',
    tagging: 'none',
    owningService: 'rds',
  },
  {
    team: 'identity',
    app: 'login',
    env: 'prod',
    name: 'identity/oidc/client-secret',
    tagging: 'trailingSpace',
    policy: 'project',
    odd: ['dataClass'],
  },
  {
    team: 'identity',
    app: 'directory',
    env: 'prod',
    name: 'identity/ldap/bind-user',
    tagging: 'lowerCase',
    isRotated: true,
  },
  {
    team: 'identity',
    app: 'consent',
    env: 'dev',
    name: 'identity/dev/consent',
    tagging: 'legacy',
    odd: ['passwordAsTagKey'],
  },
  {
    team: 'data-platform',
    app: 'warehouse',
    env: 'prod',
    name: 'data/warehouse/loader',
    tagging: 'stack',
    isRotated: true,
  },
  {
    team: 'data-platform',
    app: 'dbt',
    env: 'prod',
    name: 'data/dbt/service-account',
    tagging: 'lowerCase',
    policy: 'shared',
  },
  { team: 'data-platform', app: 'lineage', env: 'staging', name: 'data/staging/lineage/token', tagging: 'upperCase' },
  {
    team: 'data-platform',
    app: 'reporting',
    env: 'prod',
    name: 'rds!cluster-9d2a7c10-55f0-4b8a-8c1d-00000000000#',
    tagging: 'lowerCase',
    owningService: 'rds',
  },
  { team: 'mobile', app: 'push', env: 'prod', name: 'mobile/push/apns-certificate', tagging: 'terraform' },
  { team: 'mobile', app: 'push', env: 'prod', name: 'mobile/push/fcm-key', tagging: 'lowerCase', odd: ['unicode'] },
  // Ends in a hyphen and six characters: its partial ARN is taken for a complete one.
  { team: 'mobile', app: 'release', env: 'prod', name: 'mobile/release/upload-secret', tagging: 'doubled' },
  { team: 'mobile', app: 'beta', env: 'dev', name: 'mobile-beta-testers', tagging: 'none', isUnused: true },
  {
    team: 'platform',
    app: 'ci',
    env: 'prod',
    name: 'platform/ci/registry-password',
    tagging: 'terraform',
    isRotated: true,
    hasReplica: true,
  },
  { team: 'platform', app: 'monitoring', env: 'prod', name: 'platform/monitoring/webhook', tagging: 'trailingSpace' },
  {
    team: 'platform',
    app: 'old-vpn',
    env: 'prod',
    name: 'platform/vpn/old-gateway',
    tagging: 'lowerCase',
    isDeleted: true,
    isUnused: true,
  },
  { team: 'platform', app: 'dns', env: 'prod', name: 'platform/dns/registrar', tagging: 'legacy', odd: ['longTagKey'] },
  { team: 'platform', app: 'smtp', env: 'prod', name: 'platform/smtp/relay', tagging: 'emptied', odd: ['longValue'] },
  {
    team: 'marketing',
    app: 'newsletter',
    env: 'prod',
    name: 'marketing/newsletter/api-token',
    tagging: 'lowerCase',
    odd: ['quarantine'],
  },
  {
    team: 'marketing',
    app: 'crm',
    env: 'prod',
    name: 'events!connection/crm-webhook/7c6d1f1e-0000-4b1c-9a60-00000000000#',
    tagging: 'none',
    owningService: 'events',
  },
  {
    team: 'marketing',
    app: 'analytics',
    env: 'prod',
    name: 'marketing/analytics/service-account',
    tagging: 'upperCase',
    policy: 'shared',
  },
  { team: 'marketing', app: 'surveys', env: 'dev', name: 'marketing_surveys_dev', tagging: 'legacy', isUnused: true },
  {
    team: 'payments',
    app: 'invoicing',
    env: 'prod',
    name: 'payments/prod/invoicing/erp',
    tagging: 'standard',
    isRotated: true,
  },
  {
    team: 'identity',
    app: 'sso',
    env: 'prod',
    name: 'identity/sso/metadata-signing',
    tagging: 'lowerCase',
    odd: ['fiftyTags'],
  },
  { team: 'data-platform', app: 'notebooks', env: 'dev', name: 'data/dev/notebooks', tagging: 'none', isUnused: true },
  { team: 'platform', app: 'backups', env: 'prod', name: 'platform/backups/offsite', tagging: 'standard' },
]
