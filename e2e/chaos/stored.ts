import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readJournal } from '#lib/removal/journal.ts'
import type { Tag } from '#lib/tag.ts'
import { chosenKeys } from './account.ts'
import type { Scene } from './scene.ts'

/**
 * Whether the old values of a resource's chosen tags stand where a crash cannot reach them: in the journal that is
 * flushed beside the embedded database, or in the rows of a PostgreSQL server.
 */
export async function storesOldValues(scene: Scene, arn: string): Promise<boolean> {
  const stored = new Map((await storedTags(scene, arn)).map(({ key, value }) => [key, value]))
  const before = scene.before.get(arn) ?? {}
  const wanted = chosenKeys.filter((key) => before[key] !== undefined && !isChanged(scene, arn, key))
  return wanted.length > 0 && wanted.every((key) => stored.get(key) === before[key])
}

async function storedTags({ stage, removalId }: Scene, arn: string): Promise<Tag[]> {
  if (stage.server !== null)
    return stage.server.query<Tag>(`select t.key, t.value from item_tags t join items i on i.id = t.item_id
      where i.removal_id = '${removalId}' and i.arn = '${arn}'`)
  const isJournalled = removalId !== null && existsSync(join(stage.journalFolder, `${removalId}.jsonl`))
  const entry = isJournalled ? readJournal(stage.journalFolder, removalId) : undefined
  return entry?.claims.find((claim) => claim.arn === arn)?.tags ?? []
}

const isChanged = ({ changes }: Scene, arn: string, key: string) =>
  changes.some((change) => change.arn === arn && change.key === key)
