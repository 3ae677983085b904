import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import pLimit from 'p-limit'
import { expectations } from './expectations.ts'
import { type Mutant, mutantsOf } from './mutate.ts'
import { survivors } from './survivors.ts'

// `npm run mutants [-- part of a file's name …]`: breaks the engine in every way that mutate.ts knows and tells which
// breaks go unnoticed. `--again FILE` tries those that an earlier run printed into the file, `--sample N` evenly N.

const AT_A_TIME = 2
/** Of the processor, many times what an unharmed engine takes: a mutant that runs on for ever is noticed, however busy. */
const TIME_LIMIT_S = 45
const TOO_LONG = 'it took too long'
const SEED = 20_260_101
/** What no mutant changes is compiled once. */
const COMPILED = join('.test', 'mutants-compiled')
/** Not part of a decision: generated tables, reading and telling. */
const left =
  /\.test\.|\/(?:testing|actions|condition-keys|case|policy|problem|impact.*|parse-.*|read-.*|json-place|explain|describe-entry|statement-at|words|real-values)\.ts$/

const { values, positionals } = parseArgs({
  options: { again: { type: 'string' }, sample: { type: 'string' } },
  allowPositionals: true,
})
const again = values.again === undefined ? undefined : new Set(readFileSync(values.again, 'utf8').split('\n'))
const files = globSync('lib/access/{,search/,account/}*.ts')
  .filter((file) => !left.test(file) && (positionals.length === 0 || positionals.some((part) => file.includes(part))))
  .toSorted()
const all = files.flatMap((file) => mutantsOf(file, readFileSync(file, 'utf8')))
const chosen = all.filter((mutant) => again?.has(titleOf(mutant)) ?? true)
const step = Math.max(1, chosen.length / Number(values.sample ?? chosen.length))
const mutants = chosen.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step))

mkdirSync('.test', { recursive: true })
const expected = join('.test', 'mutants.json')
writeFileSync(expected, JSON.stringify(expectations(SEED)))
for (const file of new Map(files.map((each) => [dirname(each), each])).values()) {
  const unharmed = await tryOut({ file, start: 0, end: 0, text: '', what: 'nothing' })
  if (unharmed !== undefined) throw new Error(`the engine itself does not pass: ${unharmed}`)
}

const explained = (mutant: Mutant) =>
  survivors.find(({ file, whats }) => file === mutant.file && whats.includes(mutant.what))
const unnoticed: Mutant[] = []
const endless: Mutant[] = []
await pLimit(AT_A_TIME).map(mutants, async (mutant) => {
  const noticed = await tryOut(mutant)
  if (noticed === TOO_LONG) endless.push(mutant)
  if (noticed !== undefined) return
  unnoticed.push(mutant)
  console.log(`${titleOf(mutant)}\n  ${explained(mutant)?.reason ?? 'NOT EXPLAINED'}`)
})
const open = unnoticed.filter((mutant) => !explained(mutant))
const counts = [
  `${mutants.length} of ${all.length} mutants tried (seed ${SEED})`,
  `${mutants.length - unnoticed.length} noticed (${endless.length} of them by their time)`,
  ...Array.from(
    Map.groupBy(unnoticed, (mutant) => explained(mutant)?.kind ?? 'NOT EXPLAINED'),
    ([kind, { length }]) => `${length} ${kind}`,
  ),
]
console.log(counts.join(', '))
process.exitCode = open.length === 0 ? 0 : 1

function titleOf({ file, what }: Mutant): string {
  return `${file}: ${what}`
}

/** What noticed the mutant; undefined when nothing did. The quickest first: most do not pass the tables of cases. */
async function tryOut(mutant: Mutant): Promise<string | undefined> {
  const tables = [join(import.meta.dirname, 'try-mutant.ts')]
  const battery = [...tables, expected]
  const units = ['node_modules/vitest/vitest.mjs', 'run', '-c', join(import.meta.dirname, 'vitest.config.ts')]
  const rest = dirname(mutant.file).endsWith('search') ? [battery, units] : [units, battery]
  for (const program of [tables, ...rest]) {
    const failure = await failureOf(program, mutant)
    if (failure !== undefined) return failure
  }
  return undefined
}

async function failureOf(program: readonly string[], mutant: Mutant): Promise<string | undefined> {
  const limited = `ulimit -t ${TIME_LIMIT_S}; exec "$0" "$@"`
  const child = spawn('sh', ['-c', limited, process.execPath, ...program], {
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED, SEED: String(SEED), MUTANT: JSON.stringify(mutant) },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  const [code, signal] = await once(child, 'close')
  if (signal) return TOO_LONG
  return code === 0 ? undefined : said.trim() || 'it did not start'
}
