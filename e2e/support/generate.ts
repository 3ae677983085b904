import { writeFileSync } from 'node:fs'
import { accessTables } from './access-tables.ts'
import { protectedTagTable } from './protected-tags.ts'

// The folder of AWS managed policies is no part of the project: without it that table stays as it is.
const [managedPolicies] = process.argv.slice(2)
const tables = [...(await accessTables()), ...(managedPolicies ? protectedTagTable(managedPolicies) : [])]

for (const [path, text] of tables) writeFileSync(path, text)
