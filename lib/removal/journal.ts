import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { canaryStates } from '../canary.ts'
import { acknowledgementKinds } from '../item-impact.ts'
import type { ClaimedItem } from './items.ts'

// The embedded database does not flush to disk, so a power cut could lose old values that it had committed. Each removal
// has a file of lines: the removal itself, then every claim with its old values, flushed before the first call.

const headerSchema = z.object({
  removal: z.object({
    id: z.uuid(),
    planId: z.uuid(),
    scope: z.string(),
    direction: z.enum(['remove', 'putBack']),
    share: z.number(),
    acknowledgements: z
      .array(z.object({ kind: z.enum(acknowledgementKinds), typed: z.string().nullable() }))
      .readonly(),
    planDigest: z.string(),
    impactDigest: z.string(),
    startedBy: z.string(),
    startedFrom: z.string().nullable(),
    valueSalt: z.string(),
    reverses: z.uuid().nullable(),
    canary: z.enum(canaryStates).nullable(),
  }),
})
const claimSchema = z.object({
  claim: z.object({
    arn: z.string(),
    type: z.enum(['key', 'secret']),
    region: z.string(),
    name: z.string(),
    lane: z.string(),
    fence: z.number(),
    tags: z.array(z.object({ key: z.string(), value: z.string() })),
  }),
})
const lineSchema = z.union([headerSchema, claimSchema])

export type JournalHeader = z.infer<typeof headerSchema>['removal']
export type JournalClaim = z.infer<typeof claimSchema>['claim']
export interface JournalEntry {
  removal: JournalHeader
  claims: JournalClaim[]
}

/** Where a removal's lines stand. */
export function journalFile(folder: string, removalId: string): string {
  return join(folder, `${removalId}.jsonl`)
}

/** Writes a removal's first line; it is on the disk when this returns. Does nothing where the database flushes by itself. */
export function journalRemoval(folder: string | null, removal: JournalHeader): void {
  if (folder === null) return
  append(journalFile(folder, removal.id), [{ removal }])
  const directory = openSync(folder, 'r')
  fsyncSync(directory)
  closeSync(directory)
}

/** Writes down claims with their old values; they are on the disk when this returns. */
export function journalClaims(folder: string | null, items: readonly ClaimedItem[]): void {
  if (folder === null) return
  for (const [removalId, claimed] of Map.groupBy(items, (item) => item.removalId)) {
    const lines = claimed.map(({ arn, type, region, name, lane, fence, tags }) => ({
      claim: { arn, type, region, name, lane, fence, tags } satisfies JournalClaim,
    }))
    append(journalFile(folder, removalId), lines)
  }
}

/** The removals that the journal knows of, by id. */
export function journalledRemovals(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((name) => (name.endsWith('.jsonl') ? [name.slice(0, -'.jsonl'.length)] : []))
}

/** When a removal's file was last added to. */
export function journalledAt(folder: string, removalId: string): Date {
  return statSync(journalFile(folder, removalId)).mtime
}

/** Reads a removal's file. A torn last line is what a power cut leaves; it was never acted upon, so it is left out. */
export function readJournal(folder: string, removalId: string): JournalEntry | undefined {
  let removal: JournalHeader | undefined
  const claims = new Map<string, JournalClaim>()
  for (const text of readFileSync(journalFile(folder, removalId), 'utf8').split('\n')) {
    const line = lineSchema.safeParse(parse(text)).data
    if (line === undefined) continue
    if ('removal' in line) removal = line.removal
    else claims.set(line.claim.arn, newest(claims.get(line.claim.arn), line.claim))
  }
  return removal && { removal, claims: [...claims.values()] }
}

/** A later claim of the same resource lists only the tags still undecided, so the earlier one's tags are kept. */
function newest(earlier: JournalClaim | undefined, later: JournalClaim): JournalClaim {
  const tags = new Map([...(earlier?.tags ?? []), ...later.tags].map((tag) => [tag.key, tag]))
  return { ...later, tags: [...tags.values()] }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function append(file: string, lines: readonly object[]): void {
  const handle = openSync(file, 'a', 0o600)
  try {
    // Begins on a line of its own, for the last one may be torn. Unlike writeSync, this never writes just a part.
    writeFileSync(handle, ['', ...lines.map((line) => JSON.stringify(line)), ''].join('\n'))
    fdatasyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
