import type { Facts } from './facts.ts'

/** Who asks, taken from the ARNs. */
export interface Identity {
  readonly kind: 'role' | 'user' | 'root'
  readonly account: string
  /** aws:PrincipalArn: of a session the role's ARN, never the session's. */
  readonly arn: string
  /** Only when it is known which session of the role asks. */
  readonly sessionArn?: string
  /** What the ARN of a user or role becomes in a policy that is saved. */
  readonly uniqueId?: string
  readonly isServiceLinkedRole: boolean
}

/**
 * Who the principal is.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export function identityOf({ arn, roleArn, uniqueId }: Facts['principal']): Identity {
  const [, partition = '', , , account = '', ...rest] = arn.split(':')
  const [type, name = ''] = rest.join(':').split('/')
  if (type === 'root') return { kind: 'root', account, arn, isServiceLinkedRole: false }
  const known = uniqueId !== undefined && { uniqueId }
  if (type === 'user') return { kind: 'user', account, arn, ...known, isServiceLinkedRole: false }
  const role = roleArn ?? (type === 'assumed-role' ? `arn:${partition}:iam::${account}:role/${name}` : arn)
  return {
    kind: 'role',
    account,
    arn: role,
    ...known,
    ...(type === 'assumed-role' && { sessionArn: arn }),
    // IAM User Guide, "Create a service-linked role": the path is reserved for them.
    isServiceLinkedRole: role.includes(':role/aws-service-role/'),
  }
}

/** The account of an ARN. `*` has none, and what belongs to `aws` is there in every account: both count as the asker's. */
export function accountOf(resourceArn: string, { account }: Identity): string {
  const owner = resourceArn.split(':')[4]
  return owner && owner !== 'aws' ? owner : account
}
