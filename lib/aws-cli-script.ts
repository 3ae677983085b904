import type { Arn } from './arn.ts'
import { type ResourceType, serviceOf } from './resource.ts'
import type { Tag } from './tag.ts'

export interface ScriptItem {
  arn: Arn
  type: ResourceType
  region: string
  /** What is removed or put back, with the reviewed values. */
  tags: readonly Tag[]
}

export interface ScriptInput {
  direction: 'remove' | 'putBack'
  /** The account of all items; the scripts refuse to run in another one. */
  account: string
  items: readonly ScriptItem[]
}

type Operation = 'untag-resource' | 'tag-resource'

const operations = {
  remove: { apply: 'untag-resource', restore: 'tag-resource' },
  putBack: { apply: 'tag-resource', restore: 'untag-resource' },
} as const satisfies Record<ScriptInput['direction'], Record<'apply' | 'restore', Operation>>

const headers = {
  'untag-resource': {
    purpose: 'Removes tags from AWS KMS keys and Secrets Manager secrets.',
    blindness: 'It removes the tags whatever their values are by then.',
  },
  'tag-resource': {
    purpose: 'Sets tags on AWS KMS keys and Secrets Manager secrets.',
    blindness: 'It sets the reviewed values also over values that somebody set since.',
  },
} as const satisfies Record<Operation, Record<string, string>>

/** The request of one call, for `--cli-input-json`. KMS and Secrets Manager API Reference, UntagResource, TagResource. */
const requests = {
  key: {
    'untag-resource': ({ arn, tags }) => ({ KeyId: arn, TagKeys: tags.map(({ key }) => key) }),
    'tag-resource': ({ arn, tags }) => ({
      KeyId: arn,
      Tags: tags.map(({ key, value }) => ({ TagKey: key, TagValue: value })),
    }),
  },
  secret: {
    'untag-resource': ({ arn, tags }) => ({ SecretId: arn, TagKeys: tags.map(({ key }) => key) }),
    'tag-resource': ({ arn, tags }) => ({
      SecretId: arn,
      Tags: tags.map(({ key, value }) => ({ Key: key, Value: value })),
    }),
  },
} as const satisfies Record<ResourceType, Record<Operation, (item: ScriptItem) => object>>

/**
 * A plan as two POSIX shell scripts of AWS CLI calls, one call per resource: `apply` does what the plan does, `restore`
 * reverses it with the values of the plan. Both are plain ASCII, whatever the tags hold, and no text of a tag is seen
 * by the shell or taken by the AWS CLI for the name of a file.
 * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-skeleton.html
 */
export function awsCliScript(input: ScriptInput): { apply: string; restore: string } {
  const { apply, restore } = operations[input.direction]
  return { apply: script(apply, input), restore: script(restore, input) }
}

function script(operation: Operation, { account, items }: ScriptInput): string {
  const { purpose, blindness } = headers[operation]
  const tags = items.reduce((sum, item) => sum + item.tags.length, 0)
  const lines = items.map((item) => callOf(operation, item))
  return `#!/bin/sh
# ${purpose}
# Account ${account}, resources: ${items.length}, tags: ${tags}. Made by Untag.
#
#   DRY_RUN=1 sh FILE        prints the calls and sends nothing
#   PAUSE_SECONDS=0 sh FILE  waits less between two calls (1 second unless told)
#
# What it does not do, and Untag does: it neither looks whether the tags still have the reviewed values, nor whether
# access changed since the review, and it reads nothing back, although both services call it a success when a tag was
# not there. ${blindness}
#
# KMS allows 5 UntagResource and 10 TagResource calls a second in each account and Region; the pause keeps to that.
# Exit code: 0 all calls succeeded, 1 some failed (they are listed), 2 nothing was sent.
set -u
export AWS_PAGER=''
dry_run=\${DRY_RUN:-0}
pause_seconds=\${PAUSE_SECONDS:-1}
total=${items.length}
done=0
failures=0
failed=''

finish() {
  printf '%s of %s resources done, %s failed, %s not finished\\n' \\
    "$done" "$total" "$failures" "$((total - done - failures))"
  if [ "$failures" -gt 0 ]; then printf 'failed:%s\\n' "$failed" >&2; fi
}
trap 'finish; exit 130' INT
trap 'finish; exit 143' TERM

# call ARN ARGUMENT... : one call of the AWS CLI, whose own message says why it failed
call() {
  arn=$1
  shift
  if [ "$dry_run" = 1 ]; then
    printf 'aws'
    printf " '%s'" "$@"
    printf '\\n'
    return
  fi
  if aws "$@"; then
    done=$((done + 1))
  else
    failures=$((failures + 1))
    failed="$failed
  $arn"
  fi
  sleep "$pause_seconds"
}

if [ "$dry_run" != 1 ]; then
  account=$(aws sts get-caller-identity --query Account --output text) || exit 2
  if [ "$account" != ${quoted(account)} ]; then
    printf 'these credentials are of account %s; this script is for %s\\n' "$account" ${quoted(account)} >&2
    exit 2
  fi
fi

${lines.join('\n')}

if [ "$dry_run" = 1 ]; then
  printf '%s calls, nothing was sent\\n' "$total"
  exit 0
fi
finish
[ "$failures" -eq 0 ]
`
}

function callOf(operation: Operation, item: ScriptItem): string {
  const { arn, type, region } = item
  const json = asciiJson(requests[type][operation](item))
  return [
    'call',
    quoted(arn),
    serviceOf[type],
    operation,
    '--region',
    quoted(region),
    '--cli-input-json',
    quoted(json),
  ].join(' ')
}

/** JSON on one line, in plain ASCII without quotation marks of the shell: no locale, editor or shell changes a tag. */
function asciiJson(value: object): string {
  return JSON.stringify(value).replace(
    /['\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** A text as one word of a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
