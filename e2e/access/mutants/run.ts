import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pLimit from 'p-limit'
import { expectations } from './expectations.ts'
import { type Mutant, mutantsOf } from './mutate.ts'
import { survivors } from './survivors.ts'

// `npm run mutants [-- part of a file's name …]`: breaks the engine in every way that mutate.ts knows and tells which
// breaks go unnoticed.

const AT_A_TIME = 2
/** Many times what an unharmed engine takes. A mutant that runs on for ever is noticed. */
const TIME_LIMIT_MS = 60_000
const SEED = 20_260_101
/** Not part of a decision: generated tables, reading and telling. */
const left =
  /\.test\.|\/(?:testing|actions|condition-keys|case|policy|problem|impact.*|parse-.*|read-.*|json-place|explain|describe-entry|statement-at|words|real-values)\.ts$/

const asked = process.argv.slice(2)
const files = globSync('lib/access/{,search/}*.ts')
  .filter((file) => !left.test(file) && (asked.length === 0 || asked.some((part) => file.includes(part))))
  .toSorted()
const mutants = files.flatMap((file) => mutantsOf(file, readFileSync(file, 'utf8')))

mkdirSync('.test', { recursive: true })
const expected = join('.test', 'mutants.json')
writeFileSync(expected, JSON.stringify(expectations(SEED)))
const unharmed = await tryOut(null)
if (unharmed !== undefined) throw new Error(`the engine itself does not pass: ${unharmed}`)

const explained = (mutant: Mutant) => survivors.find(({ file, what }) => file === mutant.file && what === mutant.what)
const unnoticed: Mutant[] = []
await pLimit(AT_A_TIME).map(mutants, async (mutant) => {
  if ((await tryOut(mutant)) !== undefined) return
  unnoticed.push(mutant)
  console.log(`${mutant.file}: ${mutant.what}\n  ${explained(mutant)?.reason ?? 'NOT EXPLAINED'}`)
})
const open = unnoticed.filter((mutant) => !explained(mutant))
console.log(`${mutants.length} mutants, ${unnoticed.length} survive, ${open.length} of them unexplained`)
process.exitCode = open.length === 0 ? 0 : 1

/** What noticed the mutant; undefined when nothing did. */
async function tryOut(mutant: Mutant | null): Promise<string | undefined> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'try-mutant.ts'), expected, JSON.stringify(mutant)],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: TIME_LIMIT_MS,
      killSignal: 'SIGKILL',
    },
  )
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  const [code, signal] = await once(child, 'close')
  if (signal) return 'it took too long'
  return code === 0 ? undefined : said.trim() || 'it did not start'
}
