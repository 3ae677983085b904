import { KMSClient } from '@aws-sdk/client-kms'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import type { Arn } from '../arn.ts'
import type { Aws } from '../aws/clients.ts'
import { describeKey } from '../aws/kms.ts'
import { translated } from '../aws/translate-error.ts'
import { refusalOf } from './refusal.ts'
import type { Place } from './rule.ts'
import { ACCESS } from './throwaway.ts'

interface KeyAccess {
  readonly aws: Aws
  mayDescribe(): Promise<boolean>
}

/**
 * Somebody whose access to the throwaway key hangs on its tag: a session of a role that already may use keys, narrowed
 * by a session policy, so that nothing of IAM is changed.
 * @throws ExpectedError `denied`, when the caller may not assume the role
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export async function keyAccessOf({ aws, region }: Place, roleArn: string, keyArn: Arn): Promise<KeyAccess> {
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['kms:DescribeKey', 'kms:UntagResource'],
        Resource: keyArn,
        Condition: { Null: { [`aws:ResourceTag/${ACCESS}`]: 'false' } },
      },
    ],
  })
  const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'untag-verify-live', Policy })
  const { Credentials: made } = await translated({ operation: 'sts:AssumeRole', resource: roleArn }, () =>
    aws.sts().send(command),
  )
  const credentials = {
    accessKeyId: made?.AccessKeyId ?? '',
    secretAccessKey: made?.SecretAccessKey ?? '',
    sessionToken: made?.SessionToken ?? '',
  }
  const client = new KMSClient({ region, credentials })
  const session: Aws = { ...aws, kms: () => client, kmsWriter: () => client }
  return {
    aws: session,
    async mayDescribe() {
      const refusal = await refusalOf(() => describeKey(session, keyArn))
      if (refusal && refusal.told.code !== 'denied') throw refusal.told
      return refusal === undefined
    },
  }
}
