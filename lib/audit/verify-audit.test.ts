import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore } from '../store/testing.ts'
import { appendToConsole } from './append.ts'
import { ada, exported, openTestLog } from './testing.ts'

const room = import.meta.dirname
const folder = mkdtempSync(join(tmpdir(), 'untag-verify-'))
const file = (name: string) => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true }))

beforeAll(async () => {
  const store = await openTestStore()
  const log = await openTestLog(store)
  await appendToConsole(store.db, { action: 'scan.started', actor: ada })
  const text = await exported(log)
  writeFileSync(file('good.jsonl'), text)
  writeFileSync(file('edited.jsonl'), text.replace('scan.started', 'scan.stopped'))
  cpSync(log.folder, folder, { recursive: true })
  await log.close()
  await store.close()
})

function verify(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(room, 'verify-audit.ts'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

const outside = ['--checkpoints', 'checkpoints.jsonl', '--key', 'public-key.pem']

test('an export is verified, with its key and a copy of the checkpoints', () => {
  const { status, stdout } = verify('good.jsonl', ...outside)
  expect(stdout).toContain('good.jsonl: events 1, chains 1, checkpoints 1.')
  expect(stdout).toContain('Whole, in order, and as it was signed.')
  expect(status).toBe(0)
})

test('without the key it is not said that the console has signed it', () => {
  const { status, stdout } = verify('good.jsonl')
  expect(stdout).toContain('as it was signed, by a key for which only the file itself vouches.')
  expect(stdout).toContain('give --key')
  expect(status).toBe(0)
})

test('one that was edited is told of, event by event', () => {
  const { status, stdout } = verify('edited.jsonl', ...outside)
  expect(stdout).toContain('NOT AS IT WAS WRITTEN:\n  - event 1 was changed')
  expect(stdout).toContain('What to do:')
  expect(status).toBe(1)
})

test.each([
  ['a file that is not there', ['none.jsonl'], /^`none\.jsonl`: there is no such file: look at its path/],
  ['a file that is no export', ['checkpoints.jsonl'], /`checkpoints\.jsonl` is no export of an audit log/],
  ['a key that is none', ['good.jsonl', '--key', 'good.jsonl'], /`good\.jsonl` holds no Ed25519 key/],
  ['checkpoints that are not there', ['good.jsonl', '--checkpoints', 'none'], /^`none`: there is no such file/],
  ['a folder', ['.'], /this is a folder/],
  ['no file', [], /no export was named/],
  ['an unknown option', ['good.jsonl', '--fast'], /Unknown option '--fast'/],
])('%s cannot be verified', (_, args, problem) => {
  const { status, stderr } = verify(...args)
  expect(stderr).toMatch(problem)
  expect(status).toBe(2)
})

test('it needs nothing but Node', () => {
  const seen = new Set<string>()
  const read = (path: string) => {
    if (seen.has(path)) return
    seen.add(path)
    for (const [, to = ''] of readFileSync(path, 'utf8').matchAll(/^(?:import (?!type\b)|\} from ).*?'([^']+)'$/gm))
      if (to.startsWith('.')) read(join(path, '..', to))
      else expect(to).toMatch(/^node:/)
  }
  read(join(room, 'verify-audit.ts'))
  expect([...seen].map((path) => relative(room, path))).toContain('signed-line.ts')
})
