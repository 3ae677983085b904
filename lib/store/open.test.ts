import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStore } from './open.ts'

test('the data folder is made for its owner alone', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'untag-open-'))
  const dataFolder = join(parent, 'data')
  const store = await openStore({ dataFolder })
  await store.close()
  expect((statSync(dataFolder).mode & 0o777).toString(8)).toBe('700')
  rmSync(parent, { recursive: true })
})
