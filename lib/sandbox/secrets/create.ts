import type { CreateSecretRequest } from '@aws-sdk/client-secrets-manager'
import { AwsError } from '../errors.ts'
import { type Call, operation } from '../operation.ts'
import { createSecret as putSecret } from '../seed/create.ts'
import { regionState } from '../state.ts'
import { refuseWithoutTagging } from '../tagging-at-birth.ts'

const tag = {
  type: 'structure',
  members: { Key: { type: 'string', min: 1, max: 128 }, Value: { type: 'string', min: 0, max: 256 } },
} as const

/** The six last characters are AWS's to choose, so policies are asked about the ARN without them. */
const arnWithoutSuffix = ({ region, account }: Call, name: string) =>
  `arn:aws:secretsmanager:${region}:${account.id}:secret:${name}`

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
export const createSecret = operation<CreateSecretRequest>({
  quota: 'secretsmanager:CreateSecret',
  isWrite: true,
  members: {
    Name: { type: 'string', required: true, min: 1, max: 512 },
    Description: { type: 'string', max: 2048 },
    SecretString: { type: 'string', min: 1, max: 65_536 },
    Tags: { type: 'list', member: tag },
  },
  find: (call, { Name = '' }) => ({ arn: arnWithoutSuffix(call, Name) }),
  run(call, { Name = '', Description, SecretString, Tags = [] }) {
    const { secrets } = regionState(call.account, call.region)
    if (secrets.has(Name)) {
      throw new AwsError('ResourceExistsException', `The operation failed because the secret ${Name} already exists.`)
    }
    refuseWithoutTagging(call, { arn: arnWithoutSuffix(call, Name), type: 'secret', tags: {} }, Tags)
    const [arn] = putSecret(call.account, Math.random, {
      region: call.region,
      name: Name,
      tags: new Map(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
      createdAt: call.now,
      ...(Description !== undefined && { description: Description }),
      ...(SecretString !== undefined && { value: SecretString }),
    })
    return { ARN: arn, Name, VersionId: secrets.get(Name)?.versionId }
  },
})
