import { parseArgs } from 'node:util'

export const usage = `Tries the rules of AWS that Untag stands on, on a key and a secret that it creates in your account.

  npm run --silent verify-live -- --create-throwaway-resources [--region REGION] [--assume-role ARN] [--json]

It says first what it creates and what that costs, and schedules the deletion of both at the end: also when something
fails, and on Ctrl-C.

  --create-throwaway-resources   needed: without it nothing is created and nothing is tried
  --region       where; otherwise the Region of your AWS settings
  --assume-role  a role that you may assume and that may use keys by its own policies: then it is also measured how long
                 access that hangs on a removed tag lives on. No policy is changed
  --wait-seconds the longest that a change is waited for, 0 to 3600; otherwise 600
  --json         the findings as JSON on standard output, everything else on standard error

Exit: 0 every rule held or could not be tried here, 1 a rule did not hold or something went wrong, 2 the command line,
130 stopped by you.`

export interface VerifyArguments {
  readonly region: string | undefined
  readonly roleArn: string | null
  readonly waitSeconds: number
  readonly json: boolean
}

const WAIT_SECONDS = 600
const WAIT_SECONDS_MAX = 3600
const REFUSAL =
  'this creates a KMS key and a secret in your AWS account; add --create-throwaway-resources if that is what you want'
const ROLE = /^arn:[a-z][a-z0-9-]*:iam::\d{12}:role\/.+$/

/** Reads the command line; otherwise says what is wrong with it, or that help was asked for. */
export function readArguments(args: readonly string[]): VerifyArguments | { problem: string } | 'help' {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        'create-throwaway-resources': { type: 'boolean', default: false },
        region: { type: 'string' },
        'assume-role': { type: 'string' },
        'wait-seconds': { type: 'string', default: String(WAIT_SECONDS) },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    })
    const { region, json, 'assume-role': roleArn = null, 'wait-seconds': seconds } = values
    if (values.help) return 'help'
    if (!values['create-throwaway-resources']) return { problem: REFUSAL }
    if (roleArn !== null && !ROLE.test(roleArn))
      return { problem: `--assume-role is \`${roleArn}\`: write a role’s ARN` }
    const waitSeconds = /^\d{1,4}$/.test(seconds) ? Number(seconds) : Number.NaN
    if (!(waitSeconds <= WAIT_SECONDS_MAX)) return { problem: `--wait-seconds is \`${seconds}\`: write 0 to 3600` }
    return { region, roleArn, waitSeconds, json }
  } catch (error) {
    // Node's own words: "Unknown option '--fast'. To specify …".
    return { problem: error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error) }
  }
}
