import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AccessAnswer } from './case.ts'

type Expected = Pick<AccessAnswer, 'before' | 'after' | 'effect'>
interface Sample {
  id: string
  expected: Expected
  expectedOpen?: Expected & { witness?: Record<string, string> }
}
type PrintedAnswer = AccessAnswer & { sentence?: string }

const command = new URL('impact.ts', import.meta.url).pathname
const samplesFile = new URL('cases/samples.json', import.meta.url).pathname
const samples: Sample[] = JSON.parse(readFileSync(samplesFile, 'utf8')).cases
let files = 0
const folder = mkdtempSync(join(tmpdir(), 'untag-impact-'))

function fileOf(content: string | Uint8Array): string {
  const path = join(folder, `${files++}.json`)
  writeFileSync(path, content)
  return path
}

async function impact(args: string[], input = ''): Promise<{ code: number | null; out: string; problems: string }> {
  const child = spawn(process.execPath, [command, ...args])
  const [out, problems]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (chunk) => out.push(chunk))
  child.stderr.on('data', (chunk) => problems.push(chunk))
  child.stdin.on('error', () => {}) // It may refuse its arguments and end before it reads.
  child.stdin.end(input)
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, out: Buffer.concat(out).toString(), problems: Buffer.concat(problems).toString() }
}

async function answersOf(...args: string[]): Promise<PrintedAnswer[]> {
  const { code, out, problems } = await impact(args)
  expect({ code, problems }).toEqual({ code: 0, problems: '' })
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** What the samples say of a witness in words. */
const meanings: Record<string, (value: AccessAnswer['witness']) => boolean> = {
  'aws:MultiFactorAuthPresent: absent or false': (witness) =>
    [null, undefined, 'false'].includes(witness?.['aws:MultiFactorAuthPresent'] as string),
  'aws:SourceIp: inside 203.0.113.0/24': (witness) => /^203\.0\.113\.\d+$/.test(String(witness?.['aws:SourceIp'])),
  'aws:SourceVpce: absent or not vpce-0a1b': (witness) => witness?.['aws:SourceVpce'] !== 'vpce-0a1b',
}

describe('the samples', () => {
  test('in a closed context', async () => {
    const answers = await answersOf(samplesFile, '--closed')
    expect(answers.map(({ id, before, after, effect }) => ({ id, before, after, effect }))).toEqual(
      samples.map(({ id, expected }) => ({ id, ...expected })),
    )
  })

  test('in an open context, with a witness where it says when', async () => {
    const answers = await answersOf(samplesFile)
    for (const [index, { id, expected, expectedOpen = expected }] of samples.entries()) {
      const { witness = {}, ...decision }: NonNullable<Sample['expectedOpen']> = expectedOpen
      expect(answers[index]).toMatchObject({ id, ...decision })
      for (const [contextKey, words] of Object.entries(witness)) {
        expect(meanings[`${contextKey}: ${words}`]?.(answers[index]?.witness)).toBe(true)
      }
    }
  })

  test('every change names statements and is told in a sentence; what does not change has neither', async () => {
    for (const answer of await answersOf(samplesFile)) {
      const isChange = answer.effect.length > 0
      expect(answer.because.length > 0).toBe(isChange)
      expect(answer.sentence !== undefined).toBe(isChange)
    }
  })
})

describe('exit codes', () => {
  const [loss, unaffected, gain] = JSON.parse(readFileSync(samplesFile, 'utf8')).cases
  const file = (...cases: unknown[]) => fileOf(JSON.stringify({ cases }))
  const rows: [string, string[], number][] = [
    ['a loss without --fail-on', [file(loss)], 0],
    ['a loss that fails', [file(unaffected, loss), '--fail-on', 'loss'], 1],
    ['a loss where only gains fail', [file(loss), '--fail-on=gain,unknown'], 0],
    ['a gain that fails', [file(gain), '--closed', '--fail-on', 'gain,loss'], 1],
    ['a loss where --fail-on is given twice', [file(loss), '--fail-on', 'loss', '--fail-on', 'gain'], 1],
    ['nothing that fails', [file(unaffected), '--fail-on', 'loss,gain,unknown'], 0],
  ]
  test.each(rows)('%s', async (_, args, code) => {
    expect((await impact(args)).code).toBe(code)
  })

  test('may-lose fails as loss does', async () => {
    const mayLose = samples.find(({ expectedOpen }) => expectedOpen?.effect.includes('may-lose'))
    expect((await impact([file(mayLose), '--fail-on', 'loss'])).code).toBe(1)
  })
})

describe('what is refused says what to do', () => {
  const rows: [string, string[], string | RegExp][] = [
    ['no file', [], 'no file of cases; name one, or - for standard input'],
    ['two files', ['a.json', 'b.json'], 'one file at a time; leave out `b.json`'],
    ['an unknown flag', ['a.json', '--fast'], "Unknown option '--fast'"],
    ['a flag that takes no value', ['a.json', '--closed=yes'], "Option '--closed' does not take an argument"],
    [
      'an unknown effect',
      ['a.json', '--fail-on', 'lost'],
      '`lost` is nothing to fail on; write some of loss,gain,unknown',
    ],
    ['a missing file', ['/nowhere/a.json'], /^`\/nowhere\/a\.json` cannot be read: ENOENT/],
    ['a folder', [folder], /cannot be read: EISDIR/],
    ['no UTF-8', [fileOf(new Uint8Array([0x7b, 0xff]))], /is not UTF-8 text; convert it/],
    ['no JSON', [fileOf('{"cases": [}')], /^is not JSON: Unexpected token/],
    ['faults in cases', [fileOf('{"cases":[{}]}')], /^cases\[0\]: `id` is missing; add it\ncases\[0\]: `principal` is/],
  ]
  test.each(rows)('%s', async (_, args, expected) => {
    const { code, out, problems } = await impact(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    if (typeof expected === 'string') expect(problems.split('\n')[0]).toBe(expected)
    else expect(problems).toMatch(expected)
    expect(problems).not.toMatch(/^\s+at /m)
  })
})

test('the example of its page is true', async () => {
  const page = readFileSync(new URL('../../docs/impact-command.md', import.meta.url), 'utf8')
  const blocks = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => json)
  const file = blocks.find((json) => json.includes('"cases"')) ?? ''
  const answer = JSON.parse(blocks.find((json) => json.includes('"because"')) ?? '')
  expect(await answersOf(fileOf(file))).toEqual([answer])
})

test('standard input is read, with a byte order mark too', async () => {
  const { code, out } = await impact(['-', '--closed'], `\uFEFF${readFileSync(samplesFile, 'utf8')}`)
  expect(code).toBe(0)
  expect(out.trimEnd().split('\n')).toHaveLength(samples.length)
})

test('--help', async () => {
  const { code, out } = await impact(['--help'])
  expect(code).toBe(0)
  expect(out).toMatch(/--fail-on/)
})
