import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { awsCliScript, type ScriptItem } from './aws-cli-script.ts'
import type { Tag } from './tag.ts'

const ACCOUNT = '111122223333'
const KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`
const SECRET = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:pay/db-AbCdEf`

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'untag-script-'))
  // Stands in for the AWS CLI: writes down its arguments, each ended by a NUL, and fails for the ARNs of $FAIL.
  const recorder = `#!/bin/sh
if [ "$1" = sts ]; then printf '%s\\n' "\${ACCOUNT}"; exit; fi
printf '%s\\0' "$@" >> "$RECORD"
printf '\\n\\0' >> "$RECORD"
case "$6" in *"$FAIL"*) echo 'AccessDeniedException' >&2; exit 254;; esac
`
  writeFileSync(join(folder, 'aws'), recorder)
  chmodSync(join(folder, 'aws'), 0o755)
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Options {
  env?: Record<string, string>
  shell?: string
}

/** Runs a script with the recorder as its AWS CLI: what it printed, and the calls that it made. */
function run(script: string, { env = {}, shell = 'sh' }: Options = {}) {
  const record = join(folder, 'record')
  writeFileSync(record, '')
  writeFileSync(join(folder, 'script.sh'), script)
  const { status, stdout, stderr } = spawnSync(shell, [join(folder, 'script.sh')], {
    encoding: 'utf8',
    env: {
      NODE_ENV: 'test',
      PATH: `${folder}:${process.env.PATH}`,
      RECORD: record,
      FAIL: 'nothing fails',
      PAUSE_SECONDS: '0',
      ACCOUNT,
      LC_ALL: 'C',
      ...env,
    },
  })
  const calls = readFileSync(record, 'utf8').split('\n\0').slice(0, -1)
  return { status, stdout, stderr, calls: calls.map((call) => call.split('\0').slice(0, -1)) }
}

const key = (tags: Tag[], arn = KEY): ScriptItem => ({ arn, type: 'key', region: 'eu-central-1', tags })
const secret = (tags: Tag[]): ScriptItem => ({ arn: SECRET, type: 'secret', region: 'us-east-1', tags })
const owner = { key: 'Owner', value: "O'Hara" }
const items = [key([owner, { key: 'temp', value: '' }]), secret([owner])]
const scriptsOf = (direction: 'remove' | 'putBack', of = items) =>
  awsCliScript({ direction, account: ACCOUNT, items: of })

const untagging = [
  ['kms', 'untag-resource', '--region', 'eu-central-1', '--cli-input-json', { KeyId: KEY, TagKeys: ['Owner', 'temp'] }],
  [
    'secretsmanager',
    'untag-resource',
    '--region',
    'us-east-1',
    '--cli-input-json',
    { SecretId: SECRET, TagKeys: ['Owner'] },
  ],
]
const tagging = [
  [
    'kms',
    'tag-resource',
    '--region',
    'eu-central-1',
    '--cli-input-json',
    {
      KeyId: KEY,
      Tags: [
        { TagKey: 'Owner', TagValue: "O'Hara" },
        { TagKey: 'temp', TagValue: '' },
      ],
    },
  ],
  [
    'secretsmanager',
    'tag-resource',
    '--region',
    'us-east-1',
    '--cli-input-json',
    {
      SecretId: SECRET,
      Tags: [{ Key: 'Owner', Value: "O'Hara" }],
    },
  ],
]
const parsed = (calls: string[][]) => calls.map((call) => [...call.slice(0, -1), JSON.parse(call.at(-1) ?? '')])

test.each([
  ['a removal untags', scriptsOf('remove').apply, untagging],
  ['the restore script of a removal tags', scriptsOf('remove').restore, tagging],
  ['a put-back tags', scriptsOf('putBack').apply, tagging],
  ['the restore script of a put-back untags', scriptsOf('putBack').restore, untagging],
])('%s: one call per resource', (_, script, calls) => {
  const ran = run(script)
  expect(ran).toMatchObject({ status: 0, stderr: '', stdout: '2 of 2 resources done, 0 failed, 0 not finished\n' })
  expect(parsed(ran.calls)).toEqual(calls)
})

test('a failure neither stops the script nor hides', () => {
  const ran = run(scriptsOf('remove').apply, { env: { FAIL: KEY } })
  expect(ran.calls).toHaveLength(2)
  expect(ran).toMatchObject({ status: 1, stdout: '1 of 2 resources done, 1 failed, 0 not finished\n' })
  expect(ran.stderr).toBe(`AccessDeniedException\nfailed:\n  ${KEY}\n`)
})

test('nothing is sent with credentials of another account', () => {
  const ran = run(scriptsOf('remove').apply, { env: { ACCOUNT: '444455556666' } })
  expect(ran).toMatchObject({ status: 2, calls: [] })
  expect(ran.stderr).toContain('these credentials are of account 444455556666; this script is for 111122223333')
})

test('a dry run prints every call and sends none', () => {
  const ran = run(scriptsOf('remove').apply, { env: { DRY_RUN: '1', ACCOUNT: 'not asked' } })
  expect(ran).toMatchObject({ status: 0, calls: [] })
  expect(ran.stdout).toContain(
    `aws 'kms' 'untag-resource' '--region' 'eu-central-1' '--cli-input-json' '{"KeyId":"${KEY}"`,
  )
  expect(ran.stdout).toContain('2 calls, nothing was sent')
})

test('what a dry run prints can be run by itself', () => {
  const { stdout } = run(scriptsOf('remove').restore, { env: { DRY_RUN: '1' } })
  expect(parsed(run(stdout.replace(/^2 calls.*/m, '')).calls)).toEqual(tagging)
})

test.each([
  ['INT', 130],
  ['TERM', 143],
])('a script that is ended by SIG%s says how far it came', (signal, status) => {
  const script = scriptsOf('remove').apply.replace(/^call '.*secretsmanager/m, (call) => `kill -${signal} $$\n${call}`)
  expect(run(script)).toMatchObject({ status, stdout: '1 of 2 resources done, 0 failed, 1 not finished\n' })
})

/** What both services accept in a tag, and what no service accepts but a shell would notice. */
const text = (maxLength: number, minLength = 0) =>
  fc.oneof(
    fc.string({
      unit: fc.constantFrom(...'aZ09 _.:/=+-@éß漢🔑\u00a0\u200b\u2028', "'", '"', '\\', '$', '`', '!', '\n', '\t', '*'),
      minLength,
      maxLength,
    }),
    fc.string({ unit: 'grapheme', minLength, maxLength }),
    fc.constantFrom('file:///etc/passwd', '$(id)', '-', '--', '%s', '\\n', "'; exit 3; '", '#', '~', '@-'),
  )
const tags = fc.uniqueArray(fc.record({ key: text(128, 1), value: text(256) }), {
  selector: (tag) => tag.key,
  minLength: 1,
  maxLength: 50,
})

test('every tag reaches the AWS CLI as it is, in each shell', () => {
  fc.assert(
    fc.property(tags, fc.constantFrom('sh', 'dash', 'bash'), (some, shell) => {
      const { apply, restore } = scriptsOf('remove', [key(some), secret(some)])
      expect(apply + restore).toMatch(/^[\n\x20-\x7e]*$/)
      const untagged = parsed(run(apply, { shell }).calls)
      expect(untagged.map((call) => call.at(-1).TagKeys)).toEqual([
        some.map((tag) => tag.key),
        some.map((tag) => tag.key),
      ])
      const [ofKey, ofSecret] = parsed(run(restore, { shell }).calls).map((call) => call.at(-1).Tags)
      expect(ofKey).toEqual(some.map((tag) => ({ TagKey: tag.key, TagValue: tag.value })))
      expect(ofSecret).toEqual(some.map((tag) => ({ Key: tag.key, Value: tag.value })))
    }),
    { numRuns: 40 },
  )
})

test('a call with 50 tags of the greatest length fits into an argument', () => {
  const most = Array.from({ length: 50 }, (_, index) => ({
    key: `${index}`.padEnd(128, '漢'),
    value: '漢'.repeat(256),
  }))
  // MAX_ARG_STRLEN of Linux: 128 KiB for each argument.
  const longest = Math.max(
    ...scriptsOf('remove', [key(most), secret(most)])
      .restore.split('\n')
      .map((line) => line.length),
  )
  expect(longest).toBeLessThan(128 * 1024)
})
