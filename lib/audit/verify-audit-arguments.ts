import { parseArgs } from 'node:util'

export const usage = `Verifies an export of Untag's audit log, offline.

  npm run --silent verify-audit -- EXPORT [--checkpoints FILE]… [--key FILE]…

  --checkpoints  a copy of a console's checkpoints.jsonl that was kept elsewhere, whole or in part: what it
                 vouches for must be in the export
  --key          public-key.pem of a console, as it was kept elsewhere: nothing that another key signed counts

Exit: 0 nothing shows a change, 1 the export is not as it was written, 2 a file cannot be read or is none of Untag's.`

export interface VerifyArguments {
  file: string
  checkpoints: readonly string[]
  keys: readonly string[]
}

/** Reads the command line; otherwise says what is wrong with it, or that help was asked for. */
export function readArguments(args: readonly string[]): VerifyArguments | { problem: string } | 'help' {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        checkpoints: { type: 'string', multiple: true },
        key: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help) return 'help'
    const [file, ...others] = positionals
    if (file === undefined) return { problem: 'no export was named' }
    if (others.length > 0) return { problem: `one export at a time; leave out \`${others.join('`, `')}\`` }
    return { file, checkpoints: values.checkpoints ?? [], keys: values.key ?? [] }
  } catch (error) {
    // Node's own words: "Unknown option '--fast'. To specify …".
    return { problem: error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error) }
  }
}
