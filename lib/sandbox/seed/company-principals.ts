import type { PrincipalInput } from '../principal-spec.ts'
import { partnerAccountId, policyDocumentOf as policy } from './policies.ts'
import { tagOperator } from './standard-principals.ts'
import { teams } from './tagging.ts'

const readSecrets = ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret']
const useKeys = ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey']

/** Who works in the demo's company: access by tags in every layer, as it has grown. */
export function companyPrincipals(accountId: string): PrincipalInput[] {
  const operator = tagOperator(accountId, { ClassifiedData: classifiedData })
  return [operator, ...teams.flatMap(teamRoles), ...workloads, ...people, ...services, partner]
}

/** Who takes the class off such a key or secret can put it back no more. */
const classifiedData = policy({
  Sid: 'OnlyWhileClassified',
  Effect: 'Deny',
  Action: ['kms:TagResource', 'kms:UntagResource', 'secretsmanager:TagResource', 'secretsmanager:UntagResource'],
  Resource: '*',
  Condition: {
    StringEquals: { 'aws:ResourceTag/Project': 'Alpha' },
    Null: { 'aws:ResourceTag/DataClass': 'true' },
  },
})

function teamRoles(team: string): PrincipalInput[] {
  return [
    {
      type: 'role',
      name: `${team}-admin`,
      tags: { team },
      description: `Key administrators of ${team}`,
      lastUsedDaysAgo: 9,
      policies: {
        SecretsOfTheTeam: policy({
          Sid: 'ManageByOwner',
          Effect: 'Allow',
          Action: ['secretsmanager:*'],
          Resource: '*',
          Condition: { StringEquals: { 'secretsmanager:ResourceTag/owner': `\${aws:PrincipalTag/team}` } },
        }),
      },
    },
    {
      type: 'role',
      name: `${team}-service`,
      path: '/workloads/',
      tags: { team, Project: team === 'payments' ? 'Alpha' : 'Beta' },
      description: `What the applications of ${team} run as`,
      lastUsedDaysAgo: 0,
      policies: {
        OwnResources: policy(
          {
            Sid: 'ReadByOwner',
            Effect: 'Allow',
            Action: [...readSecrets, ...useKeys],
            Resource: '*',
            Condition: { StringEquals: { 'aws:ResourceTag/owner': `\${aws:PrincipalTag/team}` } },
          },
          {
            Sid: 'NothingInQuarantine',
            Effect: 'Deny',
            Action: ['secretsmanager:GetSecretValue', 'kms:Decrypt'],
            Resource: '*',
            Condition: { StringEquals: { 'aws:ResourceTag/quarantine': 'true' } },
          },
        ),
      },
    },
  ]
}

const workloads: readonly PrincipalInput[] = [
  {
    type: 'role',
    name: 'settlement-batch',
    description: 'Nightly settlement; all of its access hangs on one tag',
    lastUsedDaysAgo: 1,
    policies: {
      PaymentsOnly: policy({
        Sid: 'PaymentsOnly',
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'secretsmanager:GetSecretValue'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:ResourceTag/owner': 'payments' } },
      }),
    },
  },
  {
    type: 'role',
    name: 'notebooks',
    tags: { team: 'data-platform' },
    description: 'Data scientists; their boundary leaves production out by its tag',
    lastUsedDaysAgo: 3,
    managedPolicies: {
      NotebookAccess: policy({ Effect: 'Allow', Action: [...readSecrets, ...useKeys], Resource: '*' }),
    },
    boundary: policy(
      { Sid: 'Everything', Effect: 'Allow', Action: '*', Resource: '*' },
      {
        Sid: 'ButProduction',
        Effect: 'Deny',
        Action: ['kms:Decrypt', 'secretsmanager:GetSecretValue'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:ResourceTag/env': 'prod' } },
      },
    ),
  },
  {
    type: 'role',
    name: 'card-vault',
    description: 'The one role in the policy of the vault key',
    lastUsedDaysAgo: 0,
  },
  {
    type: 'role',
    name: 'backup-restore',
    description: 'Restores from the vault main, by grants',
    lastUsedDaysAgo: 40,
    attached: ['arn:aws:iam::aws:policy/AWSKeyManagementServicePowerUser'],
  },
]

const people: readonly PrincipalInput[] = [
  {
    type: 'group',
    name: 'developers',
    policies: {
      SecretsBeforeProduction: policy({
        Sid: 'NotProduction',
        Effect: 'Allow',
        Action: readSecrets,
        Resource: '*',
        Condition: { StringEqualsIgnoreCase: { 'secretsmanager:ResourceTag/env': ['dev', 'staging'] } },
      }),
    },
  },
  { type: 'user', name: 'grace', groups: ['developers'], tags: { team: 'identity' } },
  {
    type: 'user',
    name: 'ci-deploy',
    groups: ['developers'],
    policies: {
      DeployKeys: policy({
        Sid: 'ManagedByTerraform',
        Effect: 'Allow',
        Action: ['kms:DescribeKey', 'kms:PutKeyPolicy', 'kms:TagResource'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:ResourceTag/ManagedBy': 'terraform' } },
      }),
    },
  },
]

const services: readonly PrincipalInput[] = [
  {
    type: 'role',
    name: 'AWSServiceRoleForAutoScaling',
    path: '/aws-service-role/autoscaling.amazonaws.com/',
    description: 'Default Service-Linked Role enables access to AWS Services used by Auto Scaling',
    attached: ['arn:aws:iam::aws:policy/aws-service-role/AutoScalingServiceRolePolicy'],
    trustPolicy: policy({
      Effect: 'Allow',
      Principal: { Service: 'autoscaling.amazonaws.com' },
      Action: 'sts:AssumeRole',
    }),
  },
]

const partner: PrincipalInput = {
  type: 'role',
  accountId: partnerAccountId,
  name: 'analytics',
  description: 'Reads what the company shares',
  lastUsedDaysAgo: 2,
  policies: {
    Shared: policy({ Effect: 'Allow', Action: [...readSecrets, 'kms:Decrypt', 'kms:DescribeKey'], Resource: '*' }),
  },
}
