import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { root } from './next.ts'

// Next reports what nobody has caught in the same way.
const program = `
  import { run } from './lib/server/run.ts'
  process.on('uncaughtException', (error) => console.error(error))
  let times = 0
  await run(async () => {
    setInterval(() => {
      console.error('still here')
      process.send(++times)
    }, 5)
    return { stop: async () => {} }
  })`

test('a program goes on when nobody reads any more what it prints, and still ends when told', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  await once(child, 'message')
  child.stdout?.destroy()
  child.stderr?.destroy()
  for (let times = 0; times < 20; times += 1) await once(child, 'message')
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})
