import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { lockFolder } from './lock.ts'

const parent = mkdtempSync(join(tmpdir(), 'untag-lock-'))
const folder = join(parent, 'data')
afterAll(() => rmSync(parent, { recursive: true }))

/** Another process that takes the folder and keeps it. */
async function startHolder(): Promise<ChildProcess> {
  const program = `
    const { lockFolder } = await import(${JSON.stringify(join(import.meta.dirname, 'lock.ts'))})
    globalThis.release = lockFolder(${JSON.stringify(folder)}, 'data')
    console.log('holds it')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.stdout) await once(child.stdout, 'data')
  return child
}

test('a second console is refused, naming the first; when that dies, however it dies, the folder is free at once', async () => {
  const holder = await startHolder()
  expect(() => lockFolder(folder, 'data')).toThrowError(
    expect.objectContaining({ code: 'dataFolderInUse', message: expect.stringContaining(`process ${holder.pid}`) }),
  )
  const gone = once(holder, 'exit')
  holder.kill('SIGKILL')
  await gone
  const release = lockFolder(folder, 'data')
  release()
  lockFolder(folder, 'data')()
})
