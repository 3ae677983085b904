import { sql } from 'drizzle-orm'
import { isKeyArn, keyIdOf, parseArn } from '../arn.ts'
import { rowsOf } from '../store/rows-of.ts'
import type { Store } from '../store/store.ts'

const SHOWN_MAX = 20

/** Secrets that are encrypted with a key, as the newest scan found them; the first 20 by name. */
export interface EncryptedSecrets {
  readonly secrets: readonly { readonly arn: string; readonly name: string }[]
  readonly total: number
}

/**
 * The secrets of the account that a key encrypts: whoever may no longer decrypt with it cannot read them either. Nothing
 * for a secret. A secret names its key by ARN, id or alias, whichever it was given.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export async function encryptedSecrets(
  store: Store,
  scope: string,
  impactId: string,
  arn: string,
): Promise<EncryptedSecrets> {
  if (!isKeyArn(arn)) return { secrets: [], total: 0 }
  const { partition = '', region = '', account = '' } = parseArn(arn) ?? {}
  const found = await rowsOf<{ arn: string; name: string; total: number }>(
    store,
    sql`
    with aliases as (
      select alias from impact_items i, jsonb_array_elements_text(coalesce(i.aliases, '[]')) alias
      where i.impact_id = ${impactId} and i.arn = ${arn})
    select arn, name, (count(*) over ())::int as total from resources
    where type = 'secret' and region = ${region} and (kms_key_id in (${arn}, ${keyIdOf(arn)})
        or kms_key_id in (select alias from aliases)
        or kms_key_id in (select ${`arn:${partition}:kms:${region}:${account}:`} || alias from aliases))
      and snapshot_id = (
        select id from snapshots where scope = ${scope} and state = 'complete' order by completed_at desc limit 1)
    order by name collate "C", arn limit ${SHOWN_MAX}`,
  )
  return { secrets: found.map(({ arn, name }) => ({ arn, name })), total: found[0]?.total ?? 0 }
}
