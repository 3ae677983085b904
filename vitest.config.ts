import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    // Most tests wait for a sandbox or a database of their own, so more of them than cores run at a time.
    maxWorkers: 4,
    include: ['lib/**/*.test.ts', 'components/**/*.test.ts'],
    globalSetup: './e2e/support/seed.ts',
    // Tests speak to AWS endpoints of their own; the developer's credentials and settings must not leak into them.
    env: { AWS_EC2_METADATA_DISABLED: 'true', AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' },
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
