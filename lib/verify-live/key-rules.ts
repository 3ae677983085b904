import { DecryptCommand, EncryptCommand } from '@aws-sdk/client-kms'
import { untagKey } from '../aws/kms.ts'
import { type CallContext, translated } from '../aws/translate-error.ts'
import { keyAccessOf } from './borrowed-session.ts'
import { secondsUntil, within } from './patience.ts'
import { refusalOf, refusedAs } from './refusal.ts'
import { didNotHold, notTested, type Rule } from './rule.ts'
import { ACCESS } from './throwaway.ts'

// KMS Developer Guide, "Tag-based authorization": up to five minutes.
const AUTHORIZATION_SECONDS = 300
const DRY_RUN = 'DryRunOperationException'
const dryRunPage = 'https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html'

/** What KMS alone promises. */
export const keyRules: readonly Rule[] = [
  {
    on: 'key',
    rule: `a dry run of Encrypt answers "you may" with ${DRY_RUN}`,
    source: dryRunPage,
    when: 'inUse',
    attempt: ({ aws, region }, arn) =>
      refusedAs(DRY_RUN, () => {
        const command = new EncryptCommand({ KeyId: arn, Plaintext: Buffer.from('x'), DryRun: true })
        return translated(at('kms:Encrypt', arn), () => aws.kms(region).send(command))
      }),
  },
  {
    on: 'key',
    rule: `a dry run of Decrypt needs no ciphertext and answers "you may" with ${DRY_RUN}`,
    source: dryRunPage,
    when: 'inUse',
    attempt: ({ aws, region }, arn) =>
      refusedAs(DRY_RUN, () => {
        const command = new DecryptCommand({ KeyId: arn, DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT'] })
        return translated(at('kms:Decrypt', arn), () => aws.kms(region).send(command))
      }),
  },
  {
    on: 'key',
    rule: `KMS lets a caller remove the tag that its own access hangs on; the access ends within ${AUTHORIZATION_SECONDS / 60} minutes`,
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/tag-authorization.html',
    when: 'inUse',
    async attempt(place, arn) {
      if (place.roleArn === null) return notTested('needs a role of its own: name one with --assume-role')
      const { aws, mayDescribe } = await keyAccessOf(place, place.roleArn, arn)
      const began = await secondsUntil(place, mayDescribe)
      if (began === undefined) return notTested('the role was not allowed kms:DescribeKey while the tag was there')
      const refusal = await refusalOf(() => untagKey(aws, arn, [ACCESS]))
      if (refusal) return didNotHold(`AWS refused the removal: ${refusal.words}`)
      const ended = await secondsUntil(place, async () => !(await mayDescribe()))
      return within(AUTHORIZATION_SECONDS, ended, place.patience)
    },
  },
]

function at(operation: string, resource: string): CallContext {
  return { operation, resource }
}
