import { account, otherAccount, region, type Service } from './alphabet.ts'

export type ValueType = 'string' | 'arn' | 'bool' | 'numeric' | 'date' | 'ip' | 'binary'

export interface ContextKey {
  name: string
  type: ValueType
  isMultivalued?: true
  /** In every request to these services. */
  isAlwaysPresent?: true
  /** Only requests of this service have it. */
  service?: Service
  /** What a request may hold. */
  values: readonly [string, ...string[]]
  /** What a policy may ask, besides the values. */
  patterns?: readonly string[]
}

const instants = ['2026-01-01T00:00:00Z', '2026-06-01T12:00:00Z', '2027-01-01T00:00:00Z'] as const
const epochs = ['1767225600', '1780315200', '1798761600'] as const

/** Keys that a request may carry: given in a closed case, free in an open one. */
export const requestKeys: readonly ContextKey[] = [
  { name: 'aws:SourceVpce', type: 'string', values: ['vpce-0a1b', 'vpce-0c2d'], patterns: ['vpce-*', 'vpce-0?1b'] },
  { name: 'aws:PrincipalOrgID', type: 'string', values: ['o-abc', 'o-abd'], patterns: ['o-ab?'] },
  {
    name: 'aws:SourceArn',
    type: 'arn',
    values: [`arn:aws:s3:::blue`, `arn:aws:sns:${region}:${account}:blue`],
    patterns: ['arn:aws:s3:::*', `arn:*:sns:*:${account}:b*`],
  },
  { name: 'aws:MultiFactorAuthPresent', type: 'bool', values: ['true', 'false'] },
  { name: 'aws:ViaAWSService', type: 'bool', isAlwaysPresent: true, values: ['true', 'false'] },
  { name: 'aws:MultiFactorAuthAge', type: 'numeric', values: ['300', '3600'], patterns: ['299', '301', '300.0'] },
  { name: 'aws:CurrentTime', type: 'date', values: instants, patterns: [...epochs, '2026-06-01T14:00:00+02:00'] },
  { name: 'aws:EpochTime', type: 'date', values: epochs, patterns: instants },
  { name: 'aws:TokenIssueTime', type: 'date', values: instants, patterns: epochs },
  {
    name: 'aws:SourceIp',
    type: 'ip',
    values: ['203.0.113.7', '10.1.2.3', '2001:db8::1'],
    patterns: ['203.0.113.0/24', '10.0.0.0/8', '203.0.113.6/31', '2001:db8::/32', '0.0.0.0/0'],
  },
  {
    name: 'aws:CalledVia',
    type: 'string',
    isMultivalued: true,
    values: ['athena.amazonaws.com', 'dynamodb.amazonaws.com'],
    patterns: ['*.amazonaws.com', 'a*'],
  },
  {
    name: 'kms:ViaService',
    type: 'string',
    service: 'kms',
    values: [`s3.${region}.amazonaws.com`, `rds.${region}.amazonaws.com`],
    patterns: ['s3.*.amazonaws.com', `*.${region}.amazonaws.com`],
  },
  { name: 'kms:EncryptionContext:app', type: 'string', service: 'kms', values: ['x', 'X', ''], patterns: ['?'] },
  {
    name: 'kms:EncryptionContextKeys',
    type: 'string',
    isMultivalued: true,
    service: 'kms',
    values: ['app', 'zone'],
    patterns: ['a*'],
  },
  {
    name: 'kms:RequestAlias',
    type: 'string',
    service: 'kms',
    values: ['alias/app', 'alias/other'],
    patterns: ['alias/*'],
  },
  {
    name: 'secretsmanager:VersionStage',
    type: 'string',
    service: 'secretsmanager',
    values: ['AWSCURRENT', 'AWSPREVIOUS'],
    patterns: ['AWS*'],
  },
  {
    name: 'secretsmanager:RecoveryWindowInDays',
    type: 'numeric',
    service: 'secretsmanager',
    values: ['7', '30'],
    patterns: ['8', '29'],
  },
]

/** Keys whose values follow from principal and resource: never in a case's context. */
export const derivedKeys: readonly ContextKey[] = [
  {
    name: 'aws:PrincipalArn',
    type: 'arn',
    values: [`arn:aws:iam::${account}:role/app`, `arn:aws:iam::${account}:user/ada`],
    patterns: [`arn:aws:iam::${account}:*`, `arn:aws:iam::*:role/*`, `arn:aws:iam::${otherAccount}:role/a??`],
  },
  { name: 'aws:PrincipalAccount', type: 'string', values: [account, otherAccount], patterns: ['1111*'] },
  { name: 'aws:PrincipalType', type: 'string', values: ['AssumedRole', 'User', 'Account'] },
  { name: 'aws:ResourceAccount', type: 'string', values: [account, otherAccount] },
  { name: 'aws:RequestedRegion', type: 'string', values: [region, 'eu-west-1'], patterns: ['us-*'] },
  { name: 'aws:SecureTransport', type: 'bool', values: ['true', 'false'] },
  { name: 'kms:CallerAccount', type: 'string', service: 'kms', values: [account, otherAccount] },
  {
    name: 'kms:ResourceAliases',
    type: 'string',
    isMultivalued: true,
    service: 'kms',
    values: ['alias/app', 'alias/other'],
    patterns: ['alias/a*'],
  },
]
