/** Small on purpose: what a policy asks and what a request holds shall meet often. */
export const account = '111122223333'
export const otherAccount = '444455556666'
export const region = 'us-east-1'

/** Tag keys as resources and principals carry them; `cost:center/a` holds both characters at which a reader may part it wrongly. */
export const tagKeys = ['team', 'env', 'cost:center/a'] as const
/** A condition may spell a tag key in any case. */
export const spellings: Record<string, readonly [string, ...string[]]> = {
  team: ['team', 'team', 'Team', 'TEAM'],
  env: ['env', 'env', 'Env'],
  'cost:center/a': ['cost:center/a', 'Cost:Center/A'],
}
export const tagValues = ['blue', 'blue', 'Blue', 'green', ''] as const

export const services = {
  kms: {
    type: 'kms-key',
    arn: `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
    actions: ['kms:Decrypt', 'kms:Decrypt', 'kms:Encrypt', 'kms:CreateGrant', 'kms:RetireGrant', 'kms:UntagResource'],
    /** Done to no resource: neither tags nor resource policies have a say. */
    resourceless: 'kms:ListAliases',
    /** Patterns for Resource elements; the alias is not the key. */
    resources: [
      `arn:aws:kms:*:${account}:key/*`,
      `arn:aws:kms:${region}:${account}:key/1234abcd-*`,
      `arn:aws:kms:${region}:${account}:key/\${aws:PrincipalTag/none, '1234abcd'}-*`,
      `arn:aws:kms:${region}:${account}:alias/app`,
      `arn:aws:kms:eu-west-1:${account}:key/*`,
      `arn:aws:kms:*:${otherAccount}:key/*`,
    ],
  },
  secretsmanager: {
    type: 'secret',
    arn: `arn:aws:secretsmanager:${region}:${account}:secret:blue/db-AbCdEf`,
    actions: [
      'secretsmanager:GetSecretValue',
      'secretsmanager:GetSecretValue',
      'secretsmanager:PutSecretValue',
      'secretsmanager:UntagResource',
    ],
    /** Done to no resource: neither tags nor resource policies have a say. */
    resourceless: 'secretsmanager:ListSecrets',
    resources: [
      `arn:aws:secretsmanager:*:${account}:secret:*`,
      `arn:aws:secretsmanager:${region}:${account}:secret:blue/db-??????`,
      `arn:aws:secretsmanager:${region}:${account}:secret:\${aws:ResourceTag/team}/*`,
      `arn:aws:secretsmanager:${region}:${account}:secret:\${aws:PrincipalTag/env, 'blue'}/*`,
      `arn:aws:secretsmanager:${region}:${account}:secret:green/*`,
      `arn:aws:secretsmanager:*:${otherAccount}:secret:*`,
    ],
  },
} as const
export type Service = keyof typeof services

/** Kinds of principal and the ARNs that a policy may write for them. `%` stands for the account. */
export const principals = {
  role: {
    arn: 'arn:aws:iam::%:role/app',
    // Which session of the role it is, nobody knows: perhaps the one that is named.
    names: ['arn:aws:iam::%:role/app', 'arn:aws:iam::%:role/app', 'arn:aws:sts::%:assumed-role/app/ada'],
  },
  session: {
    arn: 'arn:aws:sts::%:assumed-role/app/ada',
    names: ['arn:aws:sts::%:assumed-role/app/ada', 'arn:aws:iam::%:role/app'],
  },
  user: { arn: 'arn:aws:iam::%:user/ada', names: ['arn:aws:iam::%:user/ada'] },
  root: { arn: 'arn:aws:iam::%:root', names: ['arn:aws:iam::%:root', '%'] },
  serviceLinked: {
    arn: 'arn:aws:iam::%:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS',
    names: ['arn:aws:iam::%:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS'],
  },
} as const
export type PrincipalKind = keyof typeof principals
