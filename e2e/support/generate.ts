import { writeFileSync } from 'node:fs'
import { accessTables } from './access-tables.ts'

for (const [path, text] of await accessTables()) writeFileSync(path, text)
