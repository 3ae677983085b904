import { CreateKeyCommand, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms'
import { CreateSecretCommand, DeleteSecretCommand } from '@aws-sdk/client-secrets-manager'
import type { Arn } from '../arn.ts'
import { ExpectedError } from '../errors.ts'
import type { ResourceType } from '../resource.ts'
import type { Tag } from '../tag.ts'
import type { Place } from './rule.ts'

/** Days until a throwaway is gone: the fewest that AWS allows for both. API references, "ScheduleKeyDeletion", "DeleteSecret". */
export const DELETION_DAYS = 7
/** On every throwaway, with the id of the run as value. */
export const MARK = 'untag-verify-live'
/** A tag that is there to be removed. */
export const SPARE = 'untag-verify-spare'
/** The tag that somebody's access is made to hang on. */
export const ACCESS = 'untag-verify-access'

const description = 'Throwaway of "npm run verify-live"; may be deleted at any time'

interface Throwaway {
  create(place: Place, runId: string): Promise<Arn>
  remove(place: Place, arn: Arn): Promise<unknown>
  /** The calls as IAM spells them. */
  creates: string
  removes: string
  /** What a person runs when the removal failed. */
  command(arn: Arn, region: string): string
}

/** The tags that a throwaway is made with. */
export const tagsOf = (runId: string): Tag[] => [
  { key: ACCESS, value: runId },
  { key: MARK, value: runId },
  { key: SPARE, value: 'x' },
]

/** How the two throwaways are made and taken away. */
export const throwaways: Record<ResourceType, Throwaway> = {
  key: {
    creates: 'kms:CreateKey',
    removes: 'kms:ScheduleKeyDeletion',
    async create({ aws, region }, runId) {
      const Tags = tagsOf(runId).map(({ key, value }) => ({ TagKey: key, TagValue: value }))
      const command = new CreateKeyCommand({ Description: description, Tags })
      return named((await aws.kmsWriter(region).send(command)).KeyMetadata?.Arn)
    },
    remove: ({ aws, region }, arn) =>
      aws.kms(region).send(new ScheduleKeyDeletionCommand({ KeyId: arn, PendingWindowInDays: DELETION_DAYS })),
    command: (arn, region) =>
      `aws kms schedule-key-deletion --region ${region} --key-id ${arn} --pending-window-in-days ${DELETION_DAYS}`,
  },
  secret: {
    creates: 'secretsmanager:CreateSecret',
    removes: 'secretsmanager:DeleteSecret',
    async create({ aws, region }, runId) {
      const Tags = tagsOf(runId).map(({ key, value }) => ({ Key: key, Value: value }))
      const Name = `${MARK}/${runId}`
      const command = new CreateSecretCommand({ Name, Description: description, SecretString: 'not a secret', Tags })
      return named((await aws.secretsWriter(region).send(command)).ARN)
    },
    remove: ({ aws, region }, arn) =>
      aws.secrets(region).send(new DeleteSecretCommand({ SecretId: arn, RecoveryWindowInDays: DELETION_DAYS })),
    command: (arn, region) =>
      `aws secretsmanager delete-secret --region ${region} --secret-id ${arn} --recovery-window-in-days ${DELETION_DAYS}`,
  },
}

function named(arn: Arn | undefined): Arn {
  if (arn) return arn
  throw new ExpectedError('notAws', 'the answer names nothing that was made; is the endpoint AWS?')
}
