import type { Arn } from '../arn.ts'
import type { Aws } from '../aws/clients.ts'
import { describeKey, listKeyArns } from '../aws/kms.ts'
import { listSecrets } from '../aws/secrets.ts'
import { answerOf } from './answer.ts'

/** A key and a secret of one Region to try calls on; null where the Region has none that would do. */
export interface Examples {
  readonly keyArn: Arn | null
  readonly secretArn: Arn | null
}

// A Region may list many AWS managed keys before the first of the account's own.
const KEYS_LOOKED_AT = 25

/** Looks for a key and a secret that the account manages itself, since others refuse calls to everybody. */
export async function findExamples(aws: Aws, region: string): Promise<Examples> {
  const [key, secret] = await Promise.all([
    answerOf(() => findKey(aws, region)),
    answerOf(() => findSecret(aws, region)),
  ])
  return { keyArn: 'value' in key ? key.value : null, secretArn: 'value' in secret ? secret.value : null }
}

/** A key that may not be described may be the account's own, so it serves where there is no better one. */
async function findKey(aws: Aws, region: string): Promise<Arn | null> {
  const arns = (await firstPage(listKeyArns(aws, region))).slice(0, KEYS_LOOKED_AT)
  const obscure: Arn[] = []
  for (const arn of arns) {
    const answer = await answerOf(() => describeKey(aws, arn))
    if ('problem' in answer) obscure.push(arn)
    else if (answer.value.manager === 'customer' && answer.value.state !== 'PendingDeletion') return arn
  }
  return obscure[0] ?? null
}

async function findSecret(aws: Aws, region: string): Promise<Arn | null> {
  const secrets = await firstPage(listSecrets(aws, region))
  return secrets.find(({ manager, state }) => manager === 'customer' && state === 'Enabled')?.arn ?? null
}

/** The first page of a listing; the others are not asked for. */
export async function firstPage<Item>(pages: AsyncIterable<Item[]>): Promise<Item[]> {
  for await (const page of pages) return page
  return []
}
