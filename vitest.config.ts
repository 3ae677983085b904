import { configDefaults, defineConfig } from 'vitest/config'

/** Rooms whose tests only compute: they need no PostgreSQL server. */
const pure = [
  'lib/*.test.ts',
  'lib/access/**/*.test.ts',
  'lib/sandbox/evaluation/**/*.test.ts',
  'components/**/*.test.ts',
  'e2e/chaos/*.test.ts',
]

export default defineConfig({
  test: {
    environment: 'node',
    // Most tests wait for a sandbox or a database of their own, so more of them than cores run at a time.
    maxWorkers: 4,
    // Files share a worker, for loading the SDK and the embedded database takes longer than most of them.
    isolate: false,
    globalSetup: './e2e/support/seed.ts',
    // Tests speak to AWS endpoints of their own; the developer's credentials and settings must not leak into them.
    env: {
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      // Sandboxes and threads of the analysis start by the dozen; compiled once, each takes a fourth of the time.
      NODE_COMPILE_CACHE: '.cache/compiled',
    },
    // Nothing is timed here: a limit only ends what hangs, also where the computer has other work to do.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'pure', include: pure } },
      {
        extends: true,
        test: {
          name: 'with surroundings',
          setupFiles: './e2e/support/environment.ts',
          globalSetup: './e2e/support/postgres.ts',
          include: ['lib/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...pure],
        },
      },
    ],
  },
})
