import type { ExportHeader } from './log-line.ts'

/** What a verification of an export does not know, with the means that it was given. */
export function exportNotes(
  { publicKey, exportedAt, withoutChains }: ExportHeader,
  given: { keys: number; copies: number; later: number; withheld: number },
): string[] {
  return [
    given.keys === 0 &&
      `Only the file itself says that its key is the console's, and whoever makes a key can make such a file. Compare the key, or give --key: ${publicKey}`,
    given.copies === 0 &&
      'An older log, put back whole together with its checkpoints, would look like this too. Give --checkpoints, a copy that was kept elsewhere.',
    given.later > 0 &&
      `Checkpoints of the copies that were signed after the export was taken at ${exportedAt}: ${given.later}. It cannot show what they vouch for.`,
    withoutChains.length > 0 &&
      `Chains of other people's removals that are not in this export: ${withoutChains.length}. Its header names them.`,
    given.withheld > 0 &&
      `Events of which the file has only the place in the chain, because others did them at the console: ${given.withheld}.`,
    'Whoever holds the signing key could have written all of it anew, up to the oldest copy of the checkpoints that is out of their reach.',
  ].filter((note) => note !== false)
}
