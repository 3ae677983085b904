import type { PolicyDocument, PrincipalInput } from '../principal-spec.ts'
import { policyDocumentOf as policy } from './policies.ts'

/** Roles and users that every account of the sandbox has: people sign in by roles, one made by IAM Identity Center. */
export function standardPrincipals(accountId: string): PrincipalInput[] {
  return [
    tagOperator(accountId),
    {
      type: 'role',
      name: 'Auditor',
      path: '/security/',
      description: 'Reads everything, changes nothing',
      policies: { ReadInventory: readPolicy(accountId), AnalyzeImpact: impactPolicy(accountId) },
      attached: ['arn:aws:iam::aws:policy/IAMReadOnlyAccess'],
    },
    {
      type: 'role',
      name: administratorRole,
      path: '/aws-reserved/sso.amazonaws.com/eu-central-1/',
      description: 'Provides full access to AWS services and resources',
      maxSessionSeconds: 43_200,
      attached: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    },
    { type: 'user', name: 'grace' },
    { type: 'user', name: 'ci-deploy' },
  ]
}

/** The role of whoever cleans up tags, with policies of its own beside those that the product asks for. */
export function tagOperator(accountId: string, policies: Record<string, PolicyDocument> = {}): PrincipalInput {
  return {
    type: 'role',
    name: 'TagOperator',
    description: 'Cleans up tags',
    maxSessionSeconds: 14_400,
    policies: {
      ReadInventory: readPolicy(accountId),
      RemoveTagsAndPutBack: changePolicy(accountId),
      AnalyzeImpact: impactPolicy(accountId),
      ...policies,
    },
  }
}

/** The role of the permission set AdministratorAccess. */
export const administratorRole = 'AWSReservedSSO_AdministratorAccess_4a1f0c9d2e7b6835'

function readPolicy(accountId: string): PolicyDocument {
  return policy(
    {
      Sid: 'List',
      Effect: 'Allow',
      Action: ['kms:ListKeys', 'kms:ListAliases', 'secretsmanager:ListSecrets', 'account:ListRegions'],
      Resource: '*',
    },
    {
      Sid: 'Keys',
      Effect: 'Allow',
      Action: ['kms:DescribeKey', 'kms:ListResourceTags', 'kms:GetKeyRotationStatus', 'kms:GetKeyLastUsage'],
      Resource: keysOf(accountId),
    },
    { Sid: 'Secrets', Effect: 'Allow', Action: 'secretsmanager:DescribeSecret', Resource: secretsOf(accountId) },
  )
}

function changePolicy(accountId: string): PolicyDocument {
  const actions = ['UntagResource', 'TagResource']
  return policy({
    Sid: 'Change',
    Effect: 'Allow',
    Action: ['kms', 'secretsmanager'].flatMap((service) => actions.map((action) => `${service}:${action}`)),
    Resource: [keysOf(accountId), secretsOf(accountId)],
  })
}

function impactPolicy(accountId: string): PolicyDocument {
  return policy(
    {
      Sid: 'Account',
      Effect: 'Allow',
      Action: [
        'iam:GetAccountAuthorizationDetails',
        'iam:SimulatePrincipalPolicy',
        'iam:Get*',
        'iam:List*',
        'organizations:DescribeOrganization',
        'organizations:DescribePolicy',
        'organizations:List*',
        'cloudtrail:LookupEvents',
      ],
      Resource: '*',
    },
    { Sid: 'Keys', Effect: 'Allow', Action: ['kms:GetKeyPolicy', 'kms:ListGrants'], Resource: keysOf(accountId) },
    { Sid: 'Secrets', Effect: 'Allow', Action: 'secretsmanager:GetResourcePolicy', Resource: secretsOf(accountId) },
  )
}

function keysOf(accountId: string): string {
  return `arn:aws:kms:*:${accountId}:key/*`
}

function secretsOf(accountId: string): string {
  return `arn:aws:secretsmanager:*:${accountId}:secret:*`
}
