import { inArray, sql } from 'drizzle-orm'
import { appended } from '../audit/append.ts'
import { theConsole } from '../audit-event.ts'
import { outcomesThatAre } from '../outcome.ts'
import type { Store } from '../store/store.ts'

/**
 * Notes which tags of watched removals a complete snapshot shows again: once per item and tag key, with the value of
 * now, and tells the audit log of each, without the value. Only what was proved gone before the scan began counts, for
 * the scan may have read the rest too early; and not what a put-back of ours may have set since. Repeating it changes
 * nothing. Call it last within the transaction that completes the snapshot.
 */
export async function noteCameBack(db: Pick<Store['db'], 'execute'>, snapshotId: string): Promise<void> {
  // A scan of chosen Regions has not looked at what lies in others.
  await db.execute(sql`
    update removals r set looked_at = now() from snapshots s
    where s.id = ${snapshotId} and r.scope = s.scope and r.watch_until > now() and not exists (
      select from items i where i.removal_id = r.id and not exists (
        select from snapshot_regions l
        where l.snapshot_id = s.id and l.region = i.region and l.type = i.type and l.state = 'complete'))`)
  await db.execute(sql`
    with seen as (
      update item_tags t set came_back_at = now(), came_back_value = found.tags->>t.key
      from snapshots s, removals r, items i, resources found
      where s.id = ${snapshotId} and r.scope = s.scope and r.watch_until > now() and r.direction = 'remove'
        and i.removal_id = r.id and t.item_id = i.id and t.outcome = 'removed'
        and t.came_back_at is null and t.proved_at < s.started_at
        and found.snapshot_id = s.id and found.arn = i.arn and found.tags ? t.key
        and not exists (
          select from removals p join items pi on pi.removal_id = p.id join item_tags pt on pt.item_id = pi.id
          where p.direction = 'putBack' and p.started_at > r.started_at and pi.arn = i.arn and pi.sent_at is not null
            and pt.key = t.key and ${inArray(sql`pt.outcome`, ['pending', ...outcomesThatAre('reversible')])})
      returning i.removal_id, i.arn, t.key, t.came_back_value = t.value as same),
    events as (
      select removal_id, jsonb_agg(jsonb_build_object('action', 'tag.cameBack', 'actor', ${JSON.stringify(theConsole)}::jsonb,
        'resource', arn, 'tagKey', key, 'details', jsonb_build_object('sameValue', same)) order by arn, key) as told
      from seen group by removal_id order by removal_id)
    select ${appended(sql`removal_id`, sql`told`)} from events`)
}
