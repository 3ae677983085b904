import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { Expectations } from './expectations.ts'
import type { Mutant } from './mutate.ts'

// A process for each mutant: `MUTANT=<JSON> node try-mutant.ts` tries the tables of cases, with `<expectations.json>`
// all else. Exit 0 when nothing noticed the mutant, 1 when something did, and why on standard output.
const [expectationsFile] = process.argv.slice(2)
const mutant: Mutant | null = JSON.parse(process.env.MUTANT ?? 'null')

if (mutant) {
  const url = pathToFileURL(mutant.file).href
  registerHooks({
    load(address, context, next) {
      const loaded = next(address, context)
      if (address !== url) return loaded
      const source = readFileSync(mutant.file, 'utf8')
      return { ...loaded, source: source.slice(0, mutant.start) + mutant.text + source.slice(mutant.end) }
    },
  })
}

try {
  const { firstFault, firstTableFault } = await import('./first-fault.ts')
  const expected = (file: string): Expectations => JSON.parse(readFileSync(file, 'utf8'))
  const fault = expectationsFile ? firstFault(expected(expectationsFile), mutant?.file) : firstTableFault()
  console.log(fault ?? 'nothing')
  process.exitCode = fault === undefined ? 0 : 1
} catch (error) {
  console.log(String(error))
  process.exitCode = 1
}
