import { listAliases } from '../aws/kms.ts'
import type { Problem } from '../errors.ts'
import { answerOf } from '../principals/answer.ts'
import { pacedPages, type Reader } from '../principals/reader.ts'

/** Aliases of keys by the key's id, each with `alias/`; and why those of some Region are not there. */
export interface ReadAliases {
  readonly byRegion: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>
  readonly problem: Problem | null
}

/**
 * Reads the aliases of all keys of these Regions, on which conditions of policies may hang. A Region that refuses is left
 * out, with the reason.
 * @throws ExpectedError `credentialsExpired` and its like
 */
export async function readAliases(reader: Reader, regions: Iterable<string>): Promise<ReadAliases> {
  const asked = [...new Set(regions)].map(async (region) => ({
    region,
    answer: await answerOf(() => ofRegion(reader, region)),
  }))
  const answers = await Promise.all(asked)
  const problems = answers.flatMap(({ answer }) => ('problem' in answer ? answer.problem : []))
  const read = answers.flatMap(({ region, answer }) => ('value' in answer ? [[region, answer.value] as const] : []))
  return { byRegion: new Map(read), problem: problems[0] ?? null }
}

async function ofRegion(reader: Reader, region: string): Promise<Map<string, string[]>> {
  const byKey = new Map<string, string[]>()
  for await (const page of pacedPages(reader, region, 'kms:ListAliases', listAliases(reader.aws, region))) {
    for (const { keyId, alias } of page) byKey.set(keyId, [...(byKey.get(keyId) ?? []), `alias/${alias}`])
  }
  return byKey
}
