import { parseArgs } from 'node:util'
import type { CaseEffect } from './case.ts'
import { quoted } from './problem.ts'

export const usage = `Says which access a removal of tags takes or gives.

  npm run --silent impact -- FILE [--closed] [--fail-on loss,gain,unknown]

FILE is JSON, { "cases": [ … ] }; - reads standard input. One line of JSON per case, in order, on standard output.

  --closed     context keys that a case does not list are absent; without it they may have any value
  --fail-on    exit with 1 when a case has such an effect: loss (may-lose too), gain (may-gain too), unknown

Exit: 0 every case is answered, 1 see --fail-on, 2 the input has problems, which standard error lists.`

interface ImpactArguments {
  /** `-` for standard input. */
  readonly file: string
  readonly context: 'open' | 'closed'
  /** Effects that make the command fail. */
  readonly failOn: ReadonlySet<CaseEffect>
}

const effectsByFlag: Record<string, readonly CaseEffect[]> = {
  loss: ['loss', 'may-lose'],
  gain: ['gain', 'may-gain'],
  unknown: ['unknown'],
}
const flags = Object.keys(effectsByFlag)

/** Reads the command line; otherwise says what is wrong with it, or that help was asked for. */
export function readArguments(args: readonly string[]): ImpactArguments | { problem: string } | 'help' {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        closed: { type: 'boolean' },
        'fail-on': { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help) return 'help'
    const [file, ...others] = positionals
    if (file === undefined) return { problem: 'no file of cases; name one, or - for standard input' }
    if (others.length > 0) return { problem: `one file at a time; leave out ${others.map(quoted).join(', ')}` }
    const wanted = values['fail-on']?.flatMap((flags) => flags.split(',')) ?? []
    const wrong = wanted.find((flag) => !flags.includes(flag))
    if (wrong !== undefined)
      return { problem: `${quoted(wrong)} is nothing to fail on; write some of ${flags.join(',')}` }
    const failOn = new Set(wanted.flatMap((flag) => effectsByFlag[flag] ?? []))
    return { file, context: values.closed ? 'closed' : 'open', failOn }
  } catch (error) {
    // Node's own words: "Unknown option '--fast'. To specify …".
    return { problem: error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error) }
  }
}
