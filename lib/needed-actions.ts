/** What somebody wants to do with the console. Each is on top of `browse`. */
export type Purpose = 'browse' | 'remove' | 'analyse'

/** IAM actions that the console calls for one end. */
export interface Need {
  readonly purpose: Purpose
  /** As IAM spells them. */
  readonly actions: readonly string[]
  /** What a policy may name as their resource. Service Authorization Reference. */
  readonly on: 'any' | 'keys' | 'secrets'
  /** What they are for, or what is missing without them. */
  readonly goodFor: string
}

/** Everything that the console calls on AWS, and what for; GetCallerIdentity needs no permission. */
export const needs = {
  listRegions: {
    purpose: 'browse',
    actions: ['account:ListRegions'],
    on: 'any',
    goodFor: 'Knowing which Regions are enabled; without it all known ones are tried',
  },
  listKeys: { purpose: 'browse', actions: ['kms:ListKeys'], on: 'any', goodFor: 'Finding the keys of a Region' },
  listAliases: {
    purpose: 'browse',
    actions: ['kms:ListAliases'],
    on: 'any',
    goodFor: 'Naming keys by their aliases',
  },
  describeKey: {
    purpose: 'browse',
    actions: ['kms:DescribeKey'],
    on: 'keys',
    goodFor: 'Telling which keys are yours, and in what state they are',
  },
  listKeyTags: {
    purpose: 'browse',
    actions: ['kms:ListResourceTags'],
    on: 'keys',
    goodFor: 'Reading the tags of keys',
  },
  rotation: {
    purpose: 'browse',
    actions: ['kms:GetKeyRotationStatus'],
    on: 'keys',
    goodFor: 'Showing whether a key rotates',
  },
  listSecrets: {
    purpose: 'browse',
    actions: ['secretsmanager:ListSecrets'],
    on: 'any',
    goodFor: 'Finding the secrets of a Region with their tags',
  },
  describeSecret: {
    purpose: 'browse',
    actions: ['secretsmanager:DescribeSecret'],
    on: 'secrets',
    goodFor: 'Reading a secret’s tags afresh, before and after each change',
  },
  untagKey: {
    purpose: 'remove',
    actions: ['kms:UntagResource'],
    on: 'keys',
    goodFor: 'Removing tags from keys',
  },
  tagKey: {
    purpose: 'remove',
    actions: ['kms:TagResource'],
    on: 'keys',
    goodFor: 'Putting tags of keys back',
  },
  untagSecret: {
    purpose: 'remove',
    actions: ['secretsmanager:UntagResource'],
    on: 'secrets',
    goodFor: 'Removing tags from secrets',
  },
  tagSecret: {
    purpose: 'remove',
    actions: ['secretsmanager:TagResource'],
    on: 'secrets',
    goodFor: 'Putting tags of secrets back',
  },
  keyPolicy: {
    purpose: 'analyse',
    actions: ['kms:GetKeyPolicy'],
    on: 'keys',
    goodFor: 'Key policies, which decide over every key',
  },
  grants: {
    purpose: 'analyse',
    actions: ['kms:ListGrants'],
    on: 'keys',
    goodFor: 'Access to keys that comes by grants',
  },
  secretPolicy: {
    purpose: 'analyse',
    actions: ['secretsmanager:GetResourcePolicy'],
    on: 'secrets',
    goodFor: 'Policies on secrets, which may ask for tags',
  },
  everybody: {
    purpose: 'analyse',
    actions: ['iam:GetAccountAuthorizationDetails', 'iam:GetPolicy', 'iam:GetPolicyVersion'],
    on: 'any',
    goodFor: 'Who is in the account, and their policies: without it nobody but you can be analysed',
  },
  yourself: {
    purpose: 'analyse',
    actions: [
      'iam:GetRole',
      'iam:ListRolePolicies',
      'iam:GetRolePolicy',
      'iam:ListAttachedRolePolicies',
      'iam:GetUser',
      'iam:ListUserPolicies',
      'iam:GetUserPolicy',
      'iam:ListAttachedUserPolicies',
      'iam:ListGroupsForUser',
      'iam:ListGroupPolicies',
      'iam:GetGroupPolicy',
      'iam:ListAttachedGroupPolicies',
    ],
    on: 'any',
    goodFor: 'Your own policies, where everybody’s may not be read',
  },
  simulate: {
    purpose: 'analyse',
    actions: ['iam:SimulatePrincipalPolicy'],
    on: 'any',
    goodFor: 'Your own access, where not even your policies may be read',
  },
  organization: {
    purpose: 'analyse',
    actions: ['organizations:DescribeOrganization'],
    on: 'any',
    goodFor: 'Whether an organization’s policies bind the account',
  },
  controlPolicies: {
    purpose: 'analyse',
    actions: ['organizations:ListParents', 'organizations:ListPoliciesForTarget', 'organizations:DescribePolicy'],
    on: 'any',
    goodFor:
      'SCPs and RCPs; AWS answers the management account and delegated administrators only, else import them below',
  },
  keyUsage: {
    purpose: 'analyse',
    actions: ['kms:GetKeyLastUsage'],
    on: 'keys',
    goodFor: 'When a key was last used',
  },
  events: {
    purpose: 'analyse',
    actions: ['cloudtrail:LookupEvents'],
    on: 'any',
    goodFor: 'Who used a key or secret in the last 90 days',
  },
} as const satisfies Record<string, Need>

export type NeedId = keyof typeof needs
