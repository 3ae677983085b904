import { readFileSync } from 'node:fs'
import { basename, dirname, relative } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'
import type { Mutant } from './mutate.ts'

const root = process.cwd()
const unitsOf: Record<string, string> = { search: 'search/*', account: 'account' }
const { file, start, end, text }: Mutant = JSON.parse(process.env.MUTANT ?? 'null') ?? { file: '' }

/** By name, as it happens the longest last: most mutants do not get there. */
class ByName extends BaseSequencer {
  override async sort(files: Parameters<BaseSequencer['sort']>[0]) {
    return files.toSorted((one, other) => (one.moduleId < other.moduleId ? -1 : 1))
  }
}

/** The engine's own unit tests on a mutant, which comes in the variable MUTANT. The tables of cases are tried before. */
export default defineConfig({
  plugins: [
    {
      name: 'mutant',
      enforce: 'pre',
      load(id) {
        if (relative(root, id.split('?')[0] ?? '') !== file) return null
        const source = readFileSync(file, 'utf8')
        return source.slice(0, start) + text + source.slice(end)
      },
    },
  ],
  test: {
    root,
    environment: 'node',
    sequence: { sequencer: ByName },
    isolate: false,
    maxWorkers: 1,
    bail: 1,
    // A busy machine notices nothing; what runs on for ever is ended by run.ts.
    testTimeout: 0,
    // What is kept of a module is not told from its mutants.
    fsModuleCache: false,
    // The search's own tests take longer than all the others, which do without it.
    include: [`lib/access/${unitsOf[basename(dirname(file))] ?? '*'}.test.ts`],
    exclude: ['lib/access/{actions,cases,impact,bad-*}.test.ts'],
  },
})
