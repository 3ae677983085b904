import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { accessTables } from '../../e2e/support/access-tables.ts'

test.for([...(await accessTables())])('%s is what `npm run generate` makes', ([path, text]) => {
  expect(readFileSync(path, 'utf8')).toBe(text)
})
