import { uniqueId } from '../random.ts'
import type { ManagedPolicy } from './identities.ts'

interface Row {
  readonly path?: string
  readonly description: string
  readonly actions: readonly string[]
}

// AWS's own managed policies, as far as the demo's company uses them. AWS Managed Policy Reference.
const rows: Readonly<Record<string, Row>> = {
  AdministratorAccess: { description: 'Provides full access to AWS services and resources.', actions: ['*'] },
  AWSKeyManagementServicePowerUser: {
    description: 'Provides access to AWS Key Management Service (KMS).',
    actions: [
      'kms:CreateAlias',
      'kms:CreateKey',
      'kms:DeleteAlias',
      'kms:Describe*',
      'kms:GenerateRandom',
      'kms:Get*',
      'kms:List*',
      'kms:TagResource',
      'kms:UntagResource',
      'iam:ListGroups',
      'iam:ListRoles',
      'iam:ListUsers',
    ],
  },
  IAMReadOnlyAccess: {
    description: 'Provides read only access to IAM via the AWS Management Console.',
    actions: [
      'iam:GenerateCredentialReport',
      'iam:GenerateServiceLastAccessedDetails',
      'iam:Get*',
      'iam:List*',
      'iam:SimulateCustomPolicy',
      'iam:SimulatePrincipalPolicy',
    ],
  },
  // The service's own policy is far longer; the demo needs that there is one and that it says nothing about KMS.
  AutoScalingServiceRolePolicy: {
    path: '/aws-service-role/',
    description: 'Default policy for the Auto Scaling service-linked role.',
    actions: ['ec2:Describe*', 'ec2:RunInstances', 'ec2:TerminateInstances', 'elasticloadbalancing:Describe*'],
  },
}

const createdAt = new Date('2015-02-06T18:39:46Z')

/** The managed policies that AWS keeps for all accounts, by ARN. */
export const awsManagedPolicies: ReadonlyMap<string, ManagedPolicy> = new Map(
  Object.entries(rows).map(([name, { path = '/', description, actions }]) => {
    const arn = `arn:aws:iam::aws:policy${path}${name}`
    const document = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
    })
    return [
      arn,
      {
        name,
        path,
        id: uniqueId('ANPA', 'aws', name),
        arn,
        description,
        versions: [{ id: 'v1', document, createdAt }],
      },
    ]
  }),
)
