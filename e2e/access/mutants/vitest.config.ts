import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { defineConfig } from 'vitest/config'
import type { Mutant } from './mutate.ts'

const root = process.cwd()
const { file, start, end, text }: Mutant = JSON.parse(process.env.MUTANT ?? 'null') ?? { file: '' }

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
    isolate: false,
    maxWorkers: 1,
    bail: 1,
    // What is kept of a module is not told from its mutants.
    fsModuleCache: false,
    // The search's own tests take longer than all the others, which do without it.
    include: [file.includes('/search/') ? 'lib/access/search/*.test.ts' : 'lib/access/*.test.ts'],
    exclude: ['lib/access/{cases,impact,reference,bad-*}.test.ts'],
  },
})
