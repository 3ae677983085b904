import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** The proof of the access engine: run apart from the unit tests, for nothing in it waits and all of it computes. */
export default defineConfig({
  test: {
    environment: 'node',
    root: import.meta.dirname,
    maxWorkers: availableParallelism(),
    // Nothing is timed here: a limit only ends what hangs.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    include: ['*.test.ts'],
  },
})
